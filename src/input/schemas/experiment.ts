import * as z from 'zod/mini'
import { argument, dryRun, measurementRetention, phase, phaseOrNone, runMetadata } from './analysis'
import { closed, flag, int32, list, optional, text, time } from './common'
import { condition, labelSelector, objectMeta, typeMeta } from './meta'
import { podTemplate } from './workload'

const template = closed({
  name: text,
  replicas: optional(int32),
  minReadySeconds: optional(int32),
  selector: labelSelector,
  template: podTemplate,
  service: optional(closed({ name: optional(text) })),
})

const analysis = closed({
  name: text,
  templateName: text,
  clusterScope: optional(flag),
  args: optional(list(argument)),
  requiredForCompletion: optional(flag),
})

const templateStatus = closed({
  name: text,
  replicas: int32,
  updatedReplicas: int32,
  readyReplicas: int32,
  availableReplicas: int32,
  collisionCount: optional(int32),
  status: optional(z.enum(['', 'Progressing', 'Running', 'Successful', 'Failed', 'Error'])),
  message: optional(text),
  lastTransitionTime: optional(time),
  serviceName: optional(text),
  podTemplateHash: optional(text),
})

const status = closed({
  phase: optional(phase),
  message: optional(text),
  templateStatuses: optional(list(templateStatus)),
  availableAt: optional(time),
  conditions: optional(list(condition)),
  analysisRuns: optional(list(closed({ name: text, analysisRun: text, phase: phaseOrNone, message: optional(text) }))),
})

export const experiment = closed({
  ...typeMeta,
  metadata: objectMeta,
  spec: closed({
    templates: list(template),
    duration: optional(text),
    progressDeadlineSeconds: optional(int32),
    terminate: optional(flag),
    analyses: optional(list(analysis)),
    scaleDownDelaySeconds: optional(int32),
    dryRun: optional(dryRun),
    measurementRetention: optional(measurementRetention),
    analysisRunMetadata: optional(runMetadata),
  }),
  status: optional(status),
})
