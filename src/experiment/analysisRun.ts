import type { ExperimentAnalysis } from '../model/experiment'
import type { Turn } from './turn'
export function createAnalysisRun(_turn: Turn, _analysis: ExperimentAnalysis): { name: string } | { error: string } {
  return { error: 'not yet' }
}
