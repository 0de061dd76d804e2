import type { AnalysisPhase, AnalysisRun } from './analysis'

/** From best to worst; phases that are not listed rank as the best (behaviour 4.5.2). */
const bestToWorst: readonly string[] = ['Successful', 'Running', 'Pending', 'Inconclusive', 'Error', 'Failed']

/** Final phases: a measurement, metric or run in one of them does not change any more. */
export const isCompletedPhase = (phase: string | undefined): boolean =>
  phase === 'Successful' || phase === 'Failed' || phase === 'Error' || phase === 'Inconclusive'

const rank = (phase: string): number => Math.max(0, bestToWorst.indexOf(phase))

/** Is `next` strictly worse than `current`? `isWorsePhase('Error', 'Failed') === true`. */
export const isWorsePhase = (current: string, next: string): boolean => rank(next) > rank(current)

/** The worse of two phases, the first if they are equal (behaviour 4.5). */
export const worstPhase = (left: AnalysisPhase, right: AnalysisPhase): AnalysisPhase =>
  isWorsePhase(left, right) ? right : left

/**
 * Whether the run is ending: because it was terminated, or because a metric that counts has failed. Dry-run metrics
 * never end a run (behaviour 4.4).
 */
export function isRunTerminating(run: Pick<AnalysisRun, 'spec' | 'status'>): boolean {
  if (run.spec.terminate === true) return true
  return (run.status?.metricResults ?? []).some(
    ({ dryRun, phase }) => dryRun !== true && (phase === 'Failed' || phase === 'Error' || phase === 'Inconclusive'),
  )
}
