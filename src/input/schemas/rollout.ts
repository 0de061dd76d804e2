import { closed, flag, int32, intOrText, list, optional, text, time } from './common'
import { labelSelector, objectMeta, podMetadata, typeMeta } from './meta'
import { rolloutStatus } from './rolloutStatus'
import { backgroundAnalysis, canaryStep, rolloutAnalysis } from './rolloutSteps'
import { trafficRouting } from './trafficRouting'
import { podTemplate } from './workload'

const antiAffinity = closed({
  preferredDuringSchedulingIgnoredDuringExecution: optional(closed({ weight: int32 })),
  requiredDuringSchedulingIgnoredDuringExecution: optional(closed({})),
})

const blueGreen = closed({
  activeService: text,
  previewService: optional(text),
  previewReplicaCount: optional(int32),
  autoPromotionEnabled: optional(flag),
  autoPromotionSeconds: optional(int32),
  maxUnavailable: optional(intOrText),
  scaleDownDelaySeconds: optional(int32),
  scaleDownDelayRevisionLimit: optional(int32),
  prePromotionAnalysis: optional(rolloutAnalysis),
  postPromotionAnalysis: optional(rolloutAnalysis),
  antiAffinity: optional(antiAffinity),
  previewMetadata: optional(podMetadata),
  activeMetadata: optional(podMetadata),
  abortScaleDownDelaySeconds: optional(int32),
})

const canary = closed({
  canaryService: optional(text),
  stableService: optional(text),
  steps: optional(list(canaryStep)),
  trafficRouting: optional(trafficRouting),
  maxUnavailable: optional(intOrText),
  maxSurge: optional(intOrText),
  analysis: optional(backgroundAnalysis),
  antiAffinity: optional(antiAffinity),
  canaryMetadata: optional(podMetadata),
  stableMetadata: optional(podMetadata),
  scaleDownDelaySeconds: optional(int32),
  scaleDownDelayRevisionLimit: optional(int32),
  abortScaleDownDelaySeconds: optional(int32),
  dynamicStableScale: optional(flag),
  pingPong: optional(closed({ pingService: text, pongService: text })),
  minPodsPerReplicaSet: optional(int32),
  replicaProgressThreshold: optional(closed({ type: text, value: int32 })),
})

const workloadRef = closed({
  apiVersion: optional(text),
  kind: optional(text),
  name: optional(text),
  scaleDown: optional(text),
})

/** Behaviour 1.3. What the custom resource definition requires is required; all further rules are validation's. */
export const rollout = closed({
  ...typeMeta,
  metadata: objectMeta,
  spec: closed({
    replicas: optional(int32),
    selector: optional(labelSelector),
    template: optional(podTemplate),
    workloadRef: optional(workloadRef),
    minReadySeconds: optional(int32),
    rollbackWindow: optional(closed({ revisions: optional(int32) })),
    strategy: optional(closed({ canary: optional(canary), blueGreen: optional(blueGreen) })),
    revisionHistoryLimit: optional(int32),
    paused: optional(flag),
    progressDeadlineSeconds: optional(int32),
    progressDeadlineAbort: optional(flag),
    restartAt: optional(time),
    analysis: optional(
      closed({ successfulRunHistoryLimit: optional(int32), unsuccessfulRunHistoryLimit: optional(int32) }),
    ),
  }),
  status: optional(rolloutStatus),
})
