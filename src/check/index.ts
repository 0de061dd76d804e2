export { knownInvariants } from './catalog'
export {
  type CheckOptions,
  type CheckReport,
  type Counterexample,
  checkStrategy,
  replayScenario,
  tryStrategy,
} from './check'
export { always, before, eventually, monotone, never, type Predicate, until, within } from './combinators'
export type { Coverage } from './coverage'
export { type FactsFound, findFacts, type StrategyFacts } from './facts'
export { scenarios } from './generate/scenarios'
export type { Invariant, Monitor, RunContext } from './invariant'
export type { Scenario } from './scenario'
export type { PodCounts, RevisionState, RunState, StrategyState } from './state'
