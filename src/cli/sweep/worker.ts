import { workerData } from 'node:worker_threads'
import type { SweepPart } from '../../scenario/sweep/part'
import { sweepPart } from '../../scenario/sweep/sweepSimulation'
import type { ScenarioOfFile } from '../scenarioFiles'

// A program of its own: every worker thread of `sweep` loads it once. piscina passes what all runs share as
// workerData, behind its own.

/** What the worker is started with. */
export type Swept = Pick<ScenarioOfFile, 'simulation' | 'files'>

/** Some runs. */
export interface Batch {
  readonly firstSeed: number
  readonly runs: number
}

export const makePart = ({ simulation, files }: Swept, batch: Batch): SweepPart =>
  sweepPart(simulation, { files, ...batch })

/** What piscina calls. */
export const runBatch = (batch: Batch): SweepPart => makePart(dataOf(workerData), batch)

/** piscina hands its workers a pair: its own data, and what the pool was made with. */
const dataOf = (data: unknown): Swept => (Array.isArray(data) ? (data[1] as Swept) : (data as Swept))
