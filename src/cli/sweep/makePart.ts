import { beginningReader } from '../../scenario/beginning'
import type { SweepPart } from '../../scenario/sweep/part'
import { partOfSweep } from '../../scenario/sweep/sweepSimulation'
import type { ScenarioOfFile } from '../scenarioFiles'

/** What a worker thread is started with. */
export type Swept = Pick<ScenarioOfFile, 'simulation' | 'files'>

/** Some runs. */
export interface Batch {
  readonly firstSeed: number
  readonly runs: number
}

/** Makes the parts of a sweep in one thread: the first version is installed once for all of them. */
export function partMaker({ simulation, files = {} }: Swept): (batch: Batch) => SweepPart {
  const reader = beginningReader()
  return (batch) => partOfSweep(simulation, { files, ...batch }, reader)
}
