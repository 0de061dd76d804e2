import * as z from 'zod/mini'
import { phase } from './analysis'
import { anything, closed, flag, int32, int64, list, optional, text, time } from './common'
import { condition } from './meta'

const runReference = closed({ name: text, status: optional(phase), message: optional(text) })

const weightDestination = closed({
  weight: int32,
  serviceName: optional(text),
  podTemplateHash: optional(text),
})

const stepPluginStatus = closed({
  index: int32,
  name: text,
  operation: z.enum(['Run', 'Terminate', 'Abort']),
  phase: optional(z.enum(['Running', 'Successful', 'Failed', 'Error'])),
  message: optional(text),
  startedAt: optional(time),
  updatedAt: optional(time),
  finishedAt: optional(time),
  backoff: optional(text),
  executions: optional(int32),
  disabled: optional(flag),
  status: optional(anything),
})

const canary = closed({
  currentStepAnalysisRunStatus: optional(runReference),
  currentBackgroundAnalysisRunStatus: optional(runReference),
  currentExperiment: optional(text),
  weights: optional(
    closed({
      canary: weightDestination,
      stable: weightDestination,
      additional: optional(list(weightDestination)),
      verified: optional(flag),
    }),
  ),
  stablePingPong: optional(z.enum(['ping', 'pong'])),
  stepPluginStatuses: optional(list(stepPluginStatus)),
})

const blueGreen = closed({
  previewSelector: optional(text),
  activeSelector: optional(text),
  scaleUpPreviewCheckPoint: optional(flag),
  prePromotionAnalysisRunStatus: optional(runReference),
  postPromotionAnalysisRunStatus: optional(runReference),
})

const resource = closed({ name: text, arn: text, fullName: optional(text) })

const alb = closed({
  loadBalancer: optional(resource),
  canaryTargetGroup: optional(resource),
  stableTargetGroup: optional(resource),
  ingress: optional(text),
})

const duration = closed({
  rolloutStartedAt: optional(time),
  manualPauseStartedAt: optional(time),
  totalManualPauseDurationSeconds: optional(int64),
  finishedAt: optional(time),
  completionStatus: optional(
    z.enum(['Promoted', 'FastPromoted', 'Aborted', 'Superseded', 'RolledBack', 'FastRolledBack']),
  ),
})

const pauseCondition = closed({
  reason: z.enum(['InconclusiveAnalysisRun', 'InconclusiveExperiment', 'CanaryPauseStep', 'BlueGreenPause']),
  startTime: time,
})

/** Behaviour 1.4. */
export const rolloutStatus = closed({
  abort: optional(flag),
  abortedAt: optional(time),
  pauseConditions: optional(list(pauseCondition)),
  controllerPause: optional(flag),
  currentPodHash: optional(text),
  currentStepHash: optional(text),
  currentStepIndex: optional(int32),
  replicas: optional(int32),
  updatedReplicas: optional(int32),
  readyReplicas: optional(int32),
  availableReplicas: optional(int32),
  HPAReplicas: optional(int32),
  collisionCount: optional(int32),
  observedGeneration: optional(text),
  workloadObservedGeneration: optional(text),
  conditions: optional(list(condition)),
  canary: optional(canary),
  blueGreen: optional(blueGreen),
  selector: optional(text),
  stableRS: optional(text),
  restartedAt: optional(time),
  promoteFull: optional(flag),
  phase: optional(z.enum(['Healthy', 'Degraded', 'Progressing', 'Paused'])),
  message: optional(text),
  alb: optional(alb),
  albs: optional(list(alb)),
  duration: optional(duration),
})
