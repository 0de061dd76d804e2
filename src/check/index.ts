export { knownInvariants } from './catalog'
export { type CheckReport, checkStrategy, tryStrategy } from './check'
export { always, before, eventually, monotone, never, type Predicate, until, within } from './combinators'
export type { Coverage } from './coverage'
export {
  checkEveryWay,
  type ExhaustiveCounterexample,
  type ExhaustiveOptions,
  type ExhaustiveReport,
} from './exhaustive'
export { type Ranges, rollouts } from './generate/rollouts'
export type { Invariant, Monitor, RunContext } from './invariant'
export type { CheckOptions } from './options'
export { type Counterexample, type ReplayReport, replayScenario } from './replay'
export type { Scenario } from './scenario'
export type { PodCounts, RevisionState, RunState, StrategyState } from './state'
