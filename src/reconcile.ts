/**
 * The engine on one screen: what goes in, what comes out.
 *
 *   observation (data) -> reconcile (pure) -> decision (data)
 *
 * While `decision.asks` is not empty, answer them and reduce again with the same clock; then apply `changes` in order,
 * persist `status`, emit `events`, and look again after `requeueAfterSeconds`. `adapters/drive` does this loop.
 */
export { reconcileRollout } from './rollout/reconcileRollout'
export { reconcileService } from './rollout/services/serviceCleanup'
