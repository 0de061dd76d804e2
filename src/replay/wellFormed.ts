import { metricTypes } from '../analysis/metricTypes'
import { mender } from '../kube/types/mend'
import type { Shape } from '../kube/types/shape'
import type { AnalysisRun } from '../model/analysis'
import { isJsonObject, isWalkableList } from '../model/json'
import type { Series, SeriesItem } from '../model/series'
import type { RunParts } from './prepareRun'

// The fields of templates that a replay reads, in the notation of kube/types/shape.ts; `?` marks fields that may be
// absent.

const types: Shape['types'] = {
  ...metricTypes,
  Request: 'templates:[]Template library:[]Template args:[]Argument dryRun:[]DryRun measurementRetention:[]Retention',
  Template: 'kind?:string metadata:Meta spec:Spec',
  Meta: 'name:string namespace?:string',
  Spec: 'metrics?:[]Metric args?:[]Argument dryRun?:[]DryRun measurementRetention?:[]Retention templates?:[]Reference',
  Reference: 'templateName?:string clusterScope?:bool',
}

/** Templates and arguments as they are where they are well-formed; malformed parts count as missing. */
export const wellFormedRequest = mender<RunParts>({ root: 'Request', types })

/** An AnalysisRun as far as its recorded measurements are read. */
export const wellFormedRun = mender<AnalysisRun>({
  root: 'Run',
  types: {
    Run: 'status?:*Status',
    Status: 'metricResults?:[]Result',
    Result: 'name:string measurements?:[]Measurement count?:int64 error?:int64',
    Measurement: 'phase:string value?:string message?:string',
  },
})

/** Lists by metric; what is not a list, or has no end, is an empty one. */
export function wellFormedSeries(series: Series): Series {
  if (!isJsonObject(series)) return {}
  const entries = Object.entries(series)
  if (entries.every(([, items]) => isWalkableList(items))) return series
  return Object.fromEntries(
    entries.map(([name, items]): [string, readonly SeriesItem[]] => [name, isWalkableList(items) ? items : []]),
  )
}
