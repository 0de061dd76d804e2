import type { IntOrString } from '../../model/meta'
import type { Rollout } from '../../model/rollout'
import type { Invariant } from '../invariant'
import { isRouted } from '../shares'
import type { StrategyState } from '../state'
import { isDecision, type Step, watching } from './steps'

/** A canary without a router: the only strategy whose maxSurge and maxUnavailable bind all of its pods. */
const boundedCanary = ({ rollout }: StrategyState): Rollout | undefined =>
  rollout?.spec.strategy?.canary && !isRouted(rollout) ? rollout : undefined

function podsOf(value: IntOrString | undefined, replicas: number, round: (pods: number) => number): number {
  if (typeof value === 'number') return value
  const percent = Number(String(value ?? '25%').replace('%', ''))
  return Number.isFinite(percent) ? round((percent / 100) * replicas) : 0
}

interface Bounds {
  readonly floor: number
  readonly ceiling: number
}

function boundsOf(rollout: Rollout, replicas: number): Bounds {
  const { maxSurge, maxUnavailable } = rollout.spec.strategy?.canary ?? {}
  const surge = podsOf(maxSurge, replicas, Math.ceil)
  const unavailable = podsOf(maxUnavailable, replicas, Math.floor)
  // With both zero nothing could change, so the controller removes one pod.
  return { floor: replicas - (surge === 0 && unavailable === 0 ? 1 : unavailable), ceiling: replicas + surge }
}

const serving = ({ revisions }: StrategyState): number =>
  revisions.reduce((sum, { available, wanted }) => sum + Math.min(available, wanted), 0)

function leavesBounds({ before, now }: Step): string | undefined {
  const rollout = boundedCanary(now)
  if (!rollout || !before || before.replicas !== now.replicas) return undefined
  const { floor, ceiling } = boundsOf(rollout, now.replicas)
  const [had, has] = [serving(before), serving(now)]
  if (had >= floor && has < floor)
    return `${has} pods are left that serve, and ${floor} is the least that maxUnavailable allows`
  const { wanted } = now.pods.total
  if (wanted <= ceiling || wanted <= before.pods.total.wanted) return undefined
  return `${wanted} pods are wanted, and ${ceiling} is the most that maxSurge allows`
}

/** A surge that the spec declares although a router shifts the traffic, so that the controller does not use it. */
function exceedsDeclaredSurge({ before, now }: Step): string | undefined {
  const { maxSurge } = now.rollout?.spec.strategy?.canary ?? {}
  if (maxSurge === undefined || !now.routed || !before || before.replicas !== now.replicas) return undefined
  const ceiling = now.replicas + podsOf(maxSurge, now.replicas, Math.ceil)
  const { wanted } = now.pods.total
  if (!now.updating || wanted <= Math.max(ceiling, now.replicas + 1, before.pods.total.wanted)) return undefined
  return `${wanted} pods are wanted, and the declared maxSurge ${maxSurge} allows ${ceiling}: with a router it has no effect`
}

export const capacityBounds: Invariant = {
  id: 'S4',
  sentence: 'a canary keeps within maxSurge and maxUnavailable, with a router within a maxSurge that the spec declares',
  threads: ['AR#139', 'AR#777', 'AR#3284', 'AR#3397', 'AR#1707', 'AR#1966'],
  start: watching((step) => (isDecision(step) ? (leavesBounds(step) ?? exceedsDeclaredSurge(step)) : undefined)),
}
