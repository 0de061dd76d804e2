/** Published entry `./scenario`: stories about Rollouts as files, and what is expected of them. */
export { simulationSchema } from '../input/readSimulations'
export { type Draw, drawOf } from '../simulate/draw'
export { type ComparedNumber, compareRuns, type RunComparison } from '../upgrade/compareRuns'
export { type ScenarioBuilder, type ScenarioWorld, scenario } from './builder'
export { type FoundWith, simulationOf } from './counterexample'
export type { NamedFiles } from './deeds'
export type {
  Expectation,
  ScenarioEvent,
  ScenarioTime,
  Simulation,
  SimulationSpec,
  Variation,
} from './document'
export type { ManifestSource, ScenarioDeed, ScenarioLoad, ScenarioOnCall, ScenarioParts } from './parts'
export { filesOf, readSimulation, type SimulationOfText } from './readSimulation'
export { type ExpectationReport, runSimulation, type SimulationReport } from './runSimulation'
export type { Counts, Estimate } from './sweep/estimate'
export type { ExpectationPart, NumberPart, SweepPart } from './sweep/part'
export type { BrokenShare, Distribution, SweepReport } from './sweep/report'
export { sweep } from './sweep/sweep'
export { joinParts, reportSweep, type SweepOptions, sweepPart, sweepSimulation } from './sweep/sweepSimulation'
export { drawSimulation } from './sweep/vary'
