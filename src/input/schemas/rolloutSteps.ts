import * as z from 'zod/mini'
import { dryRun, measurementRetention, runArgument, runMetadata, templateRefs } from './analysis'
import { anything, closed, flag, int32, intOrText, list, optional, text } from './common'
import { labelSelector, podMetadata } from './meta'

const analysisFields = {
  templates: optional(templateRefs),
  args: optional(list(runArgument)),
  dryRun: optional(dryRun),
  measurementRetention: optional(measurementRetention),
  analysisRunMetadata: optional(runMetadata),
}

export const rolloutAnalysis = closed(analysisFields)
export const backgroundAnalysis = closed({ ...analysisFields, startingStep: optional(int32) })

const experimentTemplate = closed({
  name: text,
  specRef: text,
  replicas: optional(int32),
  metadata: optional(podMetadata),
  selector: optional(labelSelector),
  weight: optional(int32),
  service: optional(closed({ name: optional(text) })),
})

const experimentAnalysis = closed({
  name: text,
  templateName: text,
  clusterScope: optional(flag),
  args: optional(list(runArgument)),
  requiredForCompletion: optional(flag),
})

const experiment = closed({
  templates: list(experimentTemplate),
  duration: optional(text),
  analyses: optional(list(experimentAnalysis)),
  dryRun: optional(dryRun),
  analysisRunMetadata: optional(runMetadata),
  scaleDownDelaySeconds: optional(int32),
})

const stringMatch = closed({ exact: optional(text), prefix: optional(text), regex: optional(text) })

const setHeaderRoute = closed({
  name: optional(text),
  match: optional(list(closed({ headerName: text, headerValue: stringMatch }))),
})

const mirrorMatch = closed({
  method: optional(stringMatch),
  path: optional(stringMatch),
  headers: optional(z.record(z.string(), stringMatch)),
})

/** Behaviour 1.3, CanaryStep. That a step has exactly one member is a rule of validation, not of the shape. */
export const canaryStep = closed({
  setWeight: optional(int32),
  pause: optional(closed({ duration: optional(intOrText) })),
  experiment: optional(experiment),
  analysis: optional(rolloutAnalysis),
  setCanaryScale: optional(
    closed({ weight: optional(int32), replicas: optional(int32), matchTrafficWeight: optional(flag) }),
  ),
  setHeaderRoute: optional(setHeaderRoute),
  setMirrorRoute: optional(closed({ name: text, match: optional(list(mirrorMatch)), percentage: optional(int32) })),
  plugin: optional(closed({ name: text, config: optional(anything) })),
})
