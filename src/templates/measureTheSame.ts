import { analysisSpecShape } from '../kube/types/analysisShape'
import { printShape } from '../kube/types/printShape'
import type { AnalysisRunSpec } from '../model/analysis'

/**
 * Whether two runs measure the same: metrics, args, dryRun and measurementRetention are equal as the controller prints
 * them. `terminate` and `ttlStrategy` do not count, a count of 3 and of "3" differ (behaviour 4.2).
 */
export const measureTheSame = (left: AnalysisRunSpec, right: AnalysisRunSpec): boolean =>
  left === right || printShape(analysisSpecShape, left) === printShape(analysisSpecShape, right)
