/**
 * The engine on one screen: what goes in, what comes out.
 *
 *   observation (data) -> reconcile (pure) -> decision (data)
 *
 * While `decision.asks` is not empty, answer them and reduce again with the same clock; then apply `changes` in order,
 * persist `status`, emit `events`, and check again after `requeueAfterSeconds`. `adapters/drive` does this loop.
 *
 * Argo Rollouts has three state machines, and so has the engine; they never call each other. The Rollout's decision
 * creates AnalysisRuns and Experiments; these are reconciled separately, and their results are observed later.
 * `reconcileAnalysisRun` has an entry of its own, `rollout-engine/analysis`: it needs the condition language and a
 * regular-expression engine, and hosts that only decide about Rollouts should not load them.
 */
export { reconcileExperiment } from './experiment/reconcileExperiment'
export { reconcileRollout } from './rollout/reconcileRollout'
export { reconcileService } from './rollout/services/serviceCleanup'
