import { isRouted } from '../defaults'
import { isAborted } from '../pause/pauseLedger'
import { newSet, stableSet } from '../pods/replicaSets'
import { isFullyPromoted } from '../status/health'
import { dynamicRollbackHash } from '../traffic/dynamicRollback'
import { type Flow, isProblem, type Turn } from '../turn'
import { ensureServiceSelects } from './serviceSwitch'

export interface RoleServices {
  readonly stable: string
  readonly canary: string
}

/** Which Service plays which role; ping-pong alternates two (behaviour 3.9). */
export function roleServicesOf(turn: Turn, pingPongPreferred: boolean): RoleServices {
  const canary = turn.rollout.spec.strategy?.canary
  const named = { stable: canary?.stableService ?? '', canary: canary?.canaryService ?? '' }
  if (!canary?.pingPong || !(pingPongPreferred || (named.stable === '' && named.canary === ''))) return named
  const { pingService, pongService } = canary.pingPong
  return turn.before.canary?.stablePingPong === 'ping'
    ? { stable: pingService, canary: pongService }
    : { stable: pongService, canary: pingService }
}

/** Only the Service that plays the canary is reconciled, the first time too (AR#5006). */
export function reconcilePingPongService(turn: Turn): Flow {
  if (!turn.rollout.spec.strategy?.canary?.pingPong || isFullyPromoted(turn.before)) return 'continue'
  return ensureServiceSelects(turn, roleServicesOf(turn, true).canary, newSet(turn), false)
}

export function reconcileCanaryServices(turn: Turn): Flow {
  const canary = turn.rollout.spec.strategy?.canary
  const stable = ensureServiceSelects(turn, canary?.stableService, stableSet(turn), true)
  if (isProblem(stable)) return stable
  if (isAborted(turn) && !isRouted(turn.rollout)) {
    return ensureServiceSelects(turn, canary?.canaryService, stableSet(turn), true)
  }
  if (dynamicRollbackHash(turn) !== undefined) return 'continue'
  return ensureServiceSelects(turn, canary?.canaryService, newSet(turn), true)
}
