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
export { type Disturbance, disturbances, scenarios } from './generate/scenarios'
export { type Invariant, type Judge, judge, type Monitor, type RunContext, type Violation } from './invariant'
export { type Run, runScenario, type Scenario } from './scenario'
export { type PodCounts, type RevisionState, type RunState, type StrategyState, stateOf } from './state'
