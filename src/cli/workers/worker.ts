import { workerData } from 'node:worker_threads'
import type { CheckReport } from '../../check/check'
import type { CheckPart } from '../../check/parts'
import type { SweepPart } from '../../scenario/sweep/part'
import type { Batch } from '../sweep/makePart'

// A program of its own: every worker thread of `sweep` and `check` loads it once. piscina calls one of its functions.

/** piscina hands its workers a pair: its own data, and what the pool was made with. */
const shared = (): never => (Array.isArray(workerData) ? workerData[1] : workerData) as never

/** Made when it is first asked for, and the same from then on. */
function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const sweepMaker = lazily(async () => (await import('../sweep/makePart')).partMaker(shared()))

/** Runs of a sweep. */
export const runBatch = async (batch: Batch): Promise<SweepPart> => (await sweepMaker())(batch)

/** Runs of a check. */
export const runPart = async (part: CheckPart): Promise<CheckReport> =>
  (await import('../check/tryPart')).tryPart(shared(), part)
