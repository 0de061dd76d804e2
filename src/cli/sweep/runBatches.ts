import { joined, type SweepPart } from '../../scenario/sweep/part'
import { inWorkers } from '../workers/inWorkers'
import { type Batch, partMaker, type Swept } from './makePart'

/** A sweep that is to be done, or to be gone on with. */
export interface Work {
  readonly swept: Swept
  readonly firstSeed: number
  readonly runs: number
  /** Runs that were done before. */
  readonly before: SweepPart
  /** After each batch: all runs so far, without a gap. False ends the sweep. */
  readonly noted: (part: SweepPart) => boolean
}

const mostInBatch = 20

/** The batches that are left, one after the other. */
function* batchesOf({ firstSeed, runs, before }: Work, workers: number): Generator<Batch> {
  const size = Math.max(1, Math.min(mostInBatch, Math.ceil((runs - before.runs) / (workers * 4))))
  for (let done = before.runs; done < runs; done += size)
    yield { firstSeed: firstSeed + done, runs: Math.min(size, runs - done) }
}

/** In this thread. */
export function runHere(work: Work): SweepPart {
  const makePart = partMaker(work.swept)
  let part = work.before
  for (const batch of batchesOf(work, 1)) {
    part = joined(part, makePart(batch))
    if (!work.noted(part)) break
  }
  return part
}

/** In worker threads; parts are joined in the order of their seeds. Rejects where a worker dies. */
export async function runInWorkers(work: Work, workers: number): Promise<SweepPart> {
  let part = work.before
  await inWorkers<Batch, SweepPart>(
    { name: 'runBatch', data: work.swept },
    workers,
    batchesOf(work, workers),
    (own) => {
      part = joined(part, own)
      return work.noted(part)
    },
  )
  return part
}
