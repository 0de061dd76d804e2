import type { SweepPart } from '../../scenario/sweep/part'
import { sweepPart } from '../../scenario/sweep/sweepSimulation'
import type { ScenarioOfFile } from '../scenarioFiles'

/** What a worker thread is started with. */
export type Swept = Pick<ScenarioOfFile, 'simulation' | 'files'>

/** Some runs. */
export interface Batch {
  readonly firstSeed: number
  readonly runs: number
}

export const makePart = ({ simulation, files }: Swept, batch: Batch): SweepPart =>
  sweepPart(simulation, { files, ...batch })
