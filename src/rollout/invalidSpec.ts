import { conditionOf, withoutCondition } from './conditionList'
import { patchConditions } from './pausedConditions'
import { serviceNamed } from './serviceSwitch'
import { firstBrokenRule } from './specRules'
import type { Problem, Turn } from './turn'

/** The first reason why the Rollout cannot be reconciled; nothing else happens while there is one (behaviour 2). */
export function firstInvalidity(turn: Turn): Problem | undefined {
  const broken = firstBrokenRule(turn.rollout)
  if (broken) return broken
  const { canary, blueGreen } = turn.rollout.spec.strategy ?? {}
  const references: [path: string, name: string | undefined][] = blueGreen
    ? [
        ['spec.strategy.blueGreen.activeService', blueGreen.activeService],
        ['spec.strategy.blueGreen.previewService', blueGreen.previewService],
      ]
    : [
        ['spec.strategy.canary.stableService', canary?.stableService],
        ['spec.strategy.canary.canaryService', canary?.canaryService],
        ['spec.strategy.canary.pingPong.pingService', canary?.pingPong?.pingService],
        ['spec.strategy.canary.pingPong.pongService', canary?.pingPong?.pongService],
      ]
  for (const [path, name] of references) {
    if (!name || serviceNamed(turn, name)) continue
    return { error: `${path}: Invalid value: "${name}": service "${name}" not found`, code: 'invalid-reference', path }
  }
  return undefined
}

/** Notes in the status why the Rollout is invalid, and since when. */
export function noteInvalidSpec(turn: Turn, reason: string): void {
  const { before } = turn
  const message = `The Rollout "${turn.name}" is invalid: ${reason}`
  const noted = conditionOf(before.conditions, 'InvalidSpec')
  const observed = (before.observedGeneration ?? '') === String(turn.rollout.metadata.generation ?? 0)
  if (observed && noted?.message === message) return
  const from =
    noted && noted.message !== message ? withoutCondition(before.conditions, 'InvalidSpec') : (before.conditions ?? [])
  patchConditions(turn, from, [{ type: 'InvalidSpec', status: 'True', reason: 'InvalidSpec', message }])
}
