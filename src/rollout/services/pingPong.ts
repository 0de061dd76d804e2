import type { Facts } from '../facts/facts'
import { isFullyPromoted } from '../facts/health'
import type { Flow } from '../turn/flow'
import type { Turn } from '../turn/turn'
import { ensureServiceSelects } from './serviceSwitch'

// Ping-pong: two Services alternate as stable and canary (behaviour 3.9).

export interface RoleServices {
  readonly stable: string
  readonly canary: string
}

/** The Service of each role; ping-pong alternates two (behaviour 3.9). */
export function roleServicesOf(facts: Facts, pingPongPreferred: boolean): RoleServices {
  const canary = facts.rollout.spec.strategy?.canary
  const named = { stable: canary?.stableService ?? '', canary: canary?.canaryService ?? '' }
  if (!canary?.pingPong || !(pingPongPreferred || (named.stable === '' && named.canary === ''))) return named
  const { pingService, pongService } = canary.pingPong
  return facts.before.canary?.stablePingPong === 'ping'
    ? { stable: pingService, canary: pongService }
    : { stable: pongService, canary: pingService }
}

/** Only the canary's Service is reconciled, the first time too (AR#5006). */
export function reconcilePingPongService(turn: Turn): Flow {
  if (!turn.facts.rollout.spec.strategy?.canary?.pingPong || isFullyPromoted(turn.facts.before)) return 'continue'
  return ensureServiceSelects(turn, roleServicesOf(turn.facts, true).canary, turn.facts.newSet, false)
}

/** The swap: at the promotion the canary's Service becomes the stable one. */
export const stablePingPongAfterPromotion = ({ before }: Facts): 'ping' | 'pong' =>
  before.canary?.stablePingPong === 'ping' ? 'pong' : 'ping'
