import { stepsOf } from '../../rollout/facts/steps'
import type { Invariant } from '../invariant'
import { mostWeightOf } from '../shares'
import type { StrategyState } from '../state'
import { isDecision, type Step, watching } from './steps'

export const weightDomain: Invariant = {
  id: 'S3',
  sentence: 'every weight is between 0 and the most, and together they are the most',
  threads: ['AR#3470', 'AR#4424'],
  start: watching((step) => {
    const { now } = step
    if (!isDecision(step) || !now.rollout) return undefined
    const most = mostWeightOf(now.rollout)
    for (const change of now.changes) {
      if (change.kind !== 'setWeight') continue
      const others = change.destinations.map(({ weight }) => weight)
      const sum = others.reduce((total, weight) => total + weight, change.weight)
      const wrong = [change.weight, ...others].find((weight) => !(weight >= 0 && weight <= most))
      if (wrong !== undefined) return `the router is told ${wrong} of ${most}`
      if (sum > most) return `the router is told ${sum} of ${most} for others than stable`
    }
    return recordedWeights(now, most)
  }),
}

function recordedWeights({ rollout }: StrategyState, most: number): string | undefined {
  const { weights } = rollout?.status?.canary ?? {}
  if (!weights) return undefined
  const all = [weights.canary, weights.stable, ...(weights.additional ?? [])].map(({ weight }) => weight)
  const sum = all.reduce((total, weight) => total + weight, 0)
  const isWrong = sum !== most || all.some((weight) => weight < 0)
  return isWrong ? `the status has the weights ${all.join(', ')} of ${most}` : undefined
}

/** More than rounding to whole pods makes of a plan that the pods can carry out. */
const mostPointsOff = 15

/** At the pause after a setWeight, with every pod there. */
function shareOff({ now }: Step): string | undefined {
  const { rollout, routed, updating, aborted, phase, revisions, weight, stepIndex } = now
  if (!rollout?.spec.strategy?.canary || routed || !updating || aborted || phase !== 'Paused') return undefined
  if (rollout.spec.paused || revisions.some(({ available, wanted }) => available !== wanted)) return undefined
  const done = stepsOf(rollout).slice(0, stepIndex ?? 0)
  const planned = done.reverse().find(({ setWeight }) => setWeight !== undefined)?.setWeight
  if (planned === undefined || Math.abs(weight.canary - planned) <= mostPointsOff) return undefined
  const { canary, total } = now.pods
  if (total.available === 0) return undefined
  return `the plan says ${planned} %, and ${canary.available} of ${total.available} pods are ${Math.round(weight.canary)} %`
}

export const weightWithoutRouter: Invariant = {
  id: 'S10',
  sentence: 'without a router, the pods give the canary about the share of its setWeight',
  threads: ['AR#2281', 'AR#1707', 'AR#1726'],
  start: watching((step) => (isDecision(step) ? shareOff(step) : undefined)),
}
