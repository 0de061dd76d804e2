import { analysisProblem, missingTemplateProblem } from '../analysis/analysisProblem'
import { patchConditions } from '../pause/pausedConditions'
import { missingServiceProblem, serviceProblem } from '../services/serviceReferences'
import { conditionOf, withoutCondition } from '../status/conditionList'
import type { Problem, Turn } from '../turn'
import { firstBrokenRule } from './specRules'

/** The first reason why the Rollout cannot be reconciled; nothing else happens while there is one (behaviour 2). */
export const firstInvalidity = (turn: Turn): Problem | undefined =>
  firstBrokenRule(turn.rollout) ??
  missingServiceProblem(turn) ??
  missingTemplateProblem(turn) ??
  serviceProblem(turn) ??
  analysisProblem(turn)

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
