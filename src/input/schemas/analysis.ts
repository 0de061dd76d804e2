import * as z from 'zod/mini'
import { closed, flag, int32, intOrText, list, optional, text, textMap, time } from './common'
import { objectMeta, podMetadata, typeMeta } from './meta'
import { provider } from './providers'

export const phase = z.enum(['', 'Pending', 'Running', 'Successful', 'Failed', 'Error', 'Inconclusive'])

/** A phase that a status does not say yet is the empty one, as in Go. */
export const phaseOrNone = z._default(phase, '')

const fieldRef = closed({ fieldPath: text })

/** An argument of a template, run or experiment. */
export const argument = closed({
  name: text,
  value: optional(z.nullable(text)),
  valueFrom: optional(
    closed({ secretKeyRef: optional(closed({ name: text, key: text })), fieldRef: optional(fieldRef) }),
  ),
})

/** An argument as a Rollout gives it. */
export const runArgument = closed({
  name: text,
  value: optional(text),
  valueFrom: optional(closed({ podTemplateHashValue: optional(text), fieldRef: optional(fieldRef) })),
})

export const dryRun = list(closed({ metricName: text }))
export const measurementRetention = list(closed({ metricName: text, limit: int32 }))
export const templateRefs = list(closed({ templateName: optional(text), clusterScope: optional(flag) }))
export const runMetadata = podMetadata

const metric = closed({
  name: text,
  interval: optional(text),
  initialDelay: optional(text),
  count: optional(intOrText),
  successCondition: optional(text),
  failureCondition: optional(text),
  failureLimit: optional(intOrText),
  inconclusiveLimit: optional(intOrText),
  consecutiveErrorLimit: optional(intOrText),
  consecutiveSuccessLimit: optional(intOrText),
  provider,
})

export const analysisTemplate = closed({
  ...typeMeta,
  metadata: objectMeta,
  spec: closed({
    metrics: optional(list(metric)),
    args: optional(list(argument)),
    dryRun: optional(dryRun),
    measurementRetention: optional(measurementRetention),
    templates: optional(templateRefs),
  }),
})

const measurement = closed({
  phase: phaseOrNone,
  message: optional(text),
  startedAt: optional(time),
  finishedAt: optional(time),
  value: optional(text),
  metadata: optional(textMap),
  resumeAt: optional(time),
})

const metricResult = closed({
  name: text,
  phase: phaseOrNone,
  measurements: optional(list(measurement)),
  message: optional(text),
  count: optional(int32),
  successful: optional(int32),
  failed: optional(int32),
  inconclusive: optional(int32),
  error: optional(int32),
  consecutiveError: optional(int32),
  consecutiveSuccess: optional(int32),
  dryRun: optional(flag),
  metadata: optional(textMap),
})

const runSummary = closed({
  count: optional(int32),
  successful: optional(int32),
  failed: optional(int32),
  inconclusive: optional(int32),
  error: optional(int32),
})

export const analysisRun = closed({
  ...typeMeta,
  metadata: objectMeta,
  spec: closed({
    metrics: list(metric),
    args: optional(list(argument)),
    terminate: optional(flag),
    dryRun: optional(dryRun),
    measurementRetention: optional(measurementRetention),
    ttlStrategy: optional(
      closed({
        secondsAfterCompletion: optional(int32),
        secondsAfterFailure: optional(int32),
        secondsAfterSuccess: optional(int32),
      }),
    ),
  }),
  status: optional(
    closed({
      phase: phaseOrNone,
      message: optional(text),
      metricResults: optional(list(metricResult)),
      startedAt: optional(time),
      completedAt: optional(time),
      runSummary: optional(runSummary),
      dryRunSummary: optional(runSummary),
    }),
  ),
})
