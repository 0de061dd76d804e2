import { isRouted } from '../defaults'
import { dynamicRollbackHash } from '../desired/dynamicRollback'
import { type Flow, isProblem } from '../turn/flow'
import { isAborted } from '../turn/pauses'
import type { Turn } from '../turn/turn'
import { ensureServiceSelects } from './serviceSwitch'

export function reconcileCanaryServices(turn: Turn): Flow {
  const canary = turn.facts.rollout.spec.strategy?.canary
  const stable = ensureServiceSelects(turn, canary?.stableService, turn.facts.stableSet, true)
  if (isProblem(stable)) return stable
  if (isAborted(turn) && !isRouted(turn.facts.rollout)) {
    return ensureServiceSelects(turn, canary?.canaryService, turn.facts.stableSet, true)
  }
  if (dynamicRollbackHash(turn.facts) !== undefined) return 'continue'
  return ensureServiceSelects(turn, canary?.canaryService, turn.facts.newSet, true)
}
