import type { CheckReport } from '../../check/check'
import { type CheckPart, foundBy, joinedReport, partsOf, runsOfPart } from '../../check/parts'
import { inWorkers } from '../workers/inWorkers'
import { type Checked, tryPart } from './tryPart'

/** A check that is to be done, or to be gone on with. */
export interface CheckWork {
  readonly checked: Checked
  readonly whole: CheckPart
  /** Whole parts that were tried before. */
  readonly before: readonly CheckReport[]
  /** After each part: all whole parts so far. False ends the check. */
  readonly noted: (parts: readonly CheckReport[]) => boolean
}

/** How many parts are left to be tried. */
export const partsLeft = ({ whole, before }: Pick<CheckWork, 'whole' | 'before'>): number =>
  Math.max(0, partsOf(whole).length - before.length)

/** Takes reports in the order of their parts, and joins them. */
function collector({ whole, before, noted }: CheckWork) {
  const parts = partsOf(whole)
  const reports = [...before.slice(0, parts.length)]
  // A part begins with what is known by then. The whole report is the same however much that is; the parts that are
  // noted to go on from have more or fewer counterexamples.
  function* left(): Generator<CheckPart> {
    for (const part of parts.slice(reports.length)) yield { ...part, found: foundBy(reports) }
  }
  return {
    left,
    take: (report: CheckReport): boolean => {
      reports.push(report)
      const isWhole = parts[reports.length - 1]?.runs === runsOfPart
      return isWhole ? noted(reports) : true
    },
    report: (): CheckReport => {
      const [first, ...others] = reports
      return joinedReport(first as CheckReport, others)
    },
  }
}

/** In this thread. */
export function tryHere(work: CheckWork): CheckReport {
  const { left, take, report } = collector(work)
  for (const part of left()) if (!take(tryPart(work.checked, part))) break
  return report()
}

/** In worker threads: the same report, byte for byte. Rejects where a worker dies. */
export async function tryInWorkers(work: CheckWork, workers: number): Promise<CheckReport> {
  const { left, take, report } = collector(work)
  const program = { name: 'runPart', data: work.checked } as const
  await inWorkers<CheckPart, CheckReport>(program, Math.min(workers, partsLeft(work)), left(), take)
  return report()
}
