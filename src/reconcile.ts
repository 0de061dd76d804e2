/**
 * The engine on one screen: what goes in, what comes out.
 *
 *   observation (data) -> reconcile (pure) -> decision (data)
 *
 * While `decision.asks` is not empty, answer them and reduce again with the same clock; then apply `changes` in order,
 * persist `status`, emit `events`, and look again after `requeueAfterSeconds`. `adapters/drive` does this loop.
 *
 * Argo Rollouts has three state machines, and so has the engine; they never call each other. The Rollout's decision creates
 * AnalysisRuns and Experiments, theirs go on in later reconciles of their own, and what they come to is observed next time.
 */
export { reconcileAnalysisRun } from './analysis/reconcileAnalysisRun'
export { reconcileExperiment } from './experiment/reconcileExperiment'
export { reconcileRollout } from './rollout/reconcileRollout'
export { reconcileService } from './rollout/services/serviceCleanup'
