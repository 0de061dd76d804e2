import type { AnalysisRun, AnalysisRunSpec, AnalysisRunStatus } from '../model/analysis'
import { analysisSpecShape } from '../model/analysisRuns/metricShape'
import { throughTypes } from '../model/analysisRuns/typed'
import { isJsonObject } from '../model/json'

/**
 * The run itself where its lists are lists of objects; else what the controller's types would have kept of it. Objects
 * that went through an API server or through input/ always are as they should be.
 */
export function wellFormedRun(run: AnalysisRun): AnalysisRun {
  const { metadata, spec, status } = run
  const isFine = isJsonObject(metadata) && isFineSpec(spec) && (status === undefined || isFineStatus(status))
  if (isFine) return run
  return {
    ...run,
    metadata: isJsonObject(metadata) ? metadata : { name: '' },
    spec: isFineSpec(spec) ? spec : mendedSpec(spec),
    status: isFineStatus(status) ? status : mendedStatus(status),
  }
}

const isListOfObjects = (list: unknown): boolean =>
  list === undefined || list === null || (Array.isArray(list) && list.every(isJsonObject))

const isFineSpec = (spec: AnalysisRunSpec): boolean =>
  isJsonObject(spec) &&
  isListOfObjects(spec.metrics) &&
  isListOfObjects(spec.args) &&
  isListOfObjects(spec.dryRun) &&
  isListOfObjects(spec.measurementRetention)

/** Of measurements only the last one is ever read. */
function isFineStatus(status: AnalysisRunStatus | undefined): boolean {
  if (!isJsonObject(status)) return false
  const results: unknown = status.metricResults
  if (!isListOfObjects(results)) return false
  return (status.metricResults ?? []).every(({ measurements }) => {
    if (measurements === undefined || measurements === null) return true
    return Array.isArray(measurements) && (measurements.length === 0 || isJsonObject(measurements.at(-1)))
  })
}

function mendedSpec(spec: AnalysisRunSpec): AnalysisRunSpec {
  const given: Partial<AnalysisRunSpec> = isJsonObject(spec) ? spec : {}
  const lists = throughTypes<AnalysisRunSpec>(analysisSpecShape, given)
  const { terminate, ttlStrategy } = given
  return {
    ...lists,
    ...(terminate === true ? { terminate } : {}),
    ...(isJsonObject(ttlStrategy) ? { ttlStrategy } : {}),
  }
}

function mendedStatus(status: AnalysisRunStatus | undefined): AnalysisRunStatus | undefined {
  if (!isJsonObject(status)) return undefined
  const results: readonly unknown[] = Array.isArray(status.metricResults) ? status.metricResults : []
  const metricResults = results.filter(isJsonObject).map((result) => {
    const measurements: readonly unknown[] = Array.isArray(result.measurements) ? result.measurements : []
    return { ...result, measurements: measurements.filter(isJsonObject) }
  })
  return { ...status, metricResults: metricResults as unknown as AnalysisRunStatus['metricResults'] }
}
