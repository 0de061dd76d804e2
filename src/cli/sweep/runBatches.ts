import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import { joined, type SweepPart } from '../../scenario/sweep/part'
import { type Batch, makePart, type Swept } from './worker'

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
  let part = work.before
  for (const batch of batchesOf(work, 1)) {
    part = joined(part, makePart(work.swept, batch))
    if (!work.noted(part)) break
  }
  return part
}

/** The worker's file is beside this one, as source or as built. */
function workerFile(): string {
  const beside = ['./worker.ts', './sweep/worker.js', './worker.js'].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  )
  return beside.find(existsSync) ?? ''
}

/**
 * In worker threads. Each takes the next batch when it has done one, so that few batches are on their way however
 * many there are; parts are joined in the order of their seeds, so that what was noted last has no gap. Rejects where
 * a worker dies.
 */
export async function runInWorkers(work: Work, workers: number): Promise<SweepPart> {
  const pool = new Piscina({
    filename: workerFile(),
    name: 'runBatch',
    workerData: work.swept,
    minThreads: workers,
    maxThreads: workers,
  })
  const batches = batchesOf(work, workers)
  const waiting = new Map<number, SweepPart>()
  let part = work.before
  let isGoing = true
  const take = async (): Promise<void> => {
    for (let next = batches.next(); !next.done && isGoing; next = batches.next()) {
      const { firstSeed } = next.value
      waiting.set(firstSeed, await (pool.run(next.value) as Promise<SweepPart>))
      const seedNow = (): number => work.firstSeed + part.runs
      for (let own = waiting.get(seedNow()); own && isGoing; own = waiting.get(seedNow())) {
        waiting.delete(seedNow())
        part = joined(part, own)
        isGoing = work.noted(part)
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: workers }, take))
    return part
  } finally {
    await pool.destroy()
  }
}
