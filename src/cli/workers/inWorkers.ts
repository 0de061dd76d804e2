import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'

/** Which function of worker.ts gets the batches, and what they share. */
export interface Program {
  readonly name: 'runBatch' | 'runPart'
  readonly data: unknown
}

/** The program of the threads is beside this file, as source or as built. */
function programFile(): string {
  const beside = ['./worker.ts', './workers/worker.js', './worker.js', './cli/workers/worker.js'].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  )
  return beside.find(existsSync) ?? ''
}

/**
 * Runs batches in worker threads. Each thread takes the next batch when it has done one, so that few batches are on
 * their way however many there are. `take` gets the results in the order of the batches, whatever came first, so that
 * what it has taken has no gap; false ends the work. Rejects where a worker dies.
 */
export async function inWorkers<Batch, Result>(
  { name, data }: Program,
  workers: number,
  batches: Iterator<Batch>,
  take: (result: Result) => boolean,
): Promise<void> {
  const pool = new Piscina({
    filename: programFile(),
    name,
    workerData: data,
    minThreads: workers,
    maxThreads: workers,
  })
  const waiting = new Map<number, Result>()
  let [begun, taken] = [0, 0]
  let isGoing = true
  const work = async (): Promise<void> => {
    for (let next = batches.next(); !next.done && isGoing; next = batches.next()) {
      const index = begun++
      waiting.set(index, (await pool.run(next.value)) as Result)
      for (let own = waiting.get(taken); own !== undefined && isGoing; own = waiting.get(taken)) {
        waiting.delete(taken++)
        isGoing = take(own)
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: workers }, work))
  } finally {
    await pool.destroy()
  }
}
