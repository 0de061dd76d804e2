import { mender } from '../kube/types/mend'
import type { Shape } from '../kube/types/shape'
import type { AnalysisRun, Measurement, MetricResult } from '../model/analysis'
import { metricTypes } from './metricTypes'
import type { AnalysisRunObservation } from './observation'

// The fields that the reducer reads, in the notation of kube/types/shape.ts; `?` marks fields that may be absent.

const types: Shape['types'] = {
  ...metricTypes,
  Observation: 'now:string analysisRun:AnalysisRun options?:*Options answers?:*Answers',
  Options: 'controller?:string hideSecrets?:bool',
  Answers: 'replies?:map[]Reply failures?:map[]Failure',
  Reply: 'measurement?:*Measurement metadata?:map[]string providerError?:*string data?:map[]rawJSON error?:*string',
  Failure: 'message:string reason?:string',
  AnalysisRun: 'metadata:Meta spec:Spec status?:*Status',
  Meta: 'name:string namespace?:string deletionTimestamp?:*time',
  Spec: 'metrics?:[]Metric args?:[]Argument terminate?:bool dryRun?:[]DryRun measurementRetention?:[]Retention ttlStrategy?:*TimeToLive',
  TimeToLive: 'secondsAfterCompletion?:*int32 secondsAfterFailure?:*int32 secondsAfterSuccess?:*int32',
  Status:
    'phase?:string message?:string metricResults?:[]Result startedAt?:*time completedAt?:*time runSummary?:Summary dryRunSummary?:*Summary',
  Result:
    'name:string phase?:string measurements?:[]unread message?:string count?:int32 successful?:int32 failed?:int32 inconclusive?:int32 error?:int32 consecutiveError?:int32 consecutiveSuccess?:int32 dryRun?:bool metadata?:map[]string',
  Summary: 'count?:int32 successful?:int32 failed?:int32 inconclusive?:int32 error?:int32',
  Measurement:
    'phase:string message?:string startedAt?:*time finishedAt?:*time value?:string metadata?:map[]string resumeAt?:*time',
}

const mendObservation = mender<AnalysisRunObservation>(
  { root: 'Observation', types },
  { remembered: ['AnalysisRun', 'Metric'] },
)
const mendMeasurement = mender<Measurement>({ root: 'Measurement', types }, { remembered: ['Measurement'] })

/** The observation itself if it is well-formed; otherwise as the controller's tolerant decoder would read it. */
export function wellFormed(observation: unknown): AnalysisRunObservation {
  const observed = mendObservation(observation)
  const analysisRun = withReadableMeasurements(observed.analysisRun)
  return analysisRun === observed.analysisRun ? observed : { ...observed, analysisRun }
}

/** Only the last measurement of a metric is read. */
function withReadableMeasurements(run: AnalysisRun): AnalysisRun {
  const results = run.status?.metricResults ?? []
  if (!run.status || results.every((result) => mendedLast(result) === result)) return run
  return { ...run, status: { ...run.status, metricResults: results.map(mendedLast) } }
}

function mendedLast(result: MetricResult): MetricResult {
  const last = result.measurements?.at(-1)
  if (!result.measurements || result.measurements.length === 0) return result
  const mended = mendMeasurement(last)
  return mended === last ? result : { ...result, measurements: [...result.measurements.slice(0, -1), mended] }
}
