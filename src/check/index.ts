export { adapterContract, type ContractCheck } from '../host/contract/adapterContract'
export { type PortScheduler, scheduledPort } from '../host/contract/scheduledPort'
export type { ContractSubject } from '../host/contract/subject'
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
export { invalidRollouts } from './generate/invalidRollouts'
export type { Ranges } from './generate/ranges'
export { rolloutEdits } from './generate/rolloutEdits'
export { rollouts } from './generate/rollouts'
export {
  type ModelState,
  type StrategyCommand,
  type StrategyModel,
  strategyModel,
  type WatchedStrategy,
} from './generate/strategyModel'
export { commandSequences, type GeneratedWorld, metricSeries, updateSchedules, worlds } from './generate/worlds'
export type { Invariant, Monitor, RunContext } from './invariant'
export { type LiveDecision, type LiveViolation, monitorRollout, type RolloutMonitor } from './live'
export type { Livelock } from './livelock'
export type { CheckOptions } from './options'
export { type Counterexample, type ReplayReport, replayScenario } from './replay'
export type { Scenario } from './scenario'
export type { PodCounts, RevisionState, RunState, StrategyState } from './state'
