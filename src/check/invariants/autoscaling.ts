import type { Invariant } from '../invariant'
import type { StrategyState } from '../state'

/** The number of pods that the controller reports to autoscalers. */
const reportedPods = ({ rollout }: StrategyState): number | undefined => rollout?.status?.HPAReplicas

export const boundedReplicas: Invariant = {
  id: 'L8',
  sentence: 'an autoscaler with a constant load does not take pods of the update for needed ones',
  threads: ['AR#2857', 'AR#3849', 'AR#4369', 'AR#4847', 'AR#1415'],
  start: () => {
    let needed: number | undefined
    let before: StrategyState | undefined
    return {
      next: (now) => {
        const [reported, wanted] = [before && reportedPods(before), now.event?.replicas]
        before = now
        if (now.event?.autoscaleSeconds !== undefined) needed = now.replicas
        if (needed === undefined || wanted === undefined) return undefined
        if (now.by === 'model' && wanted === reported && wanted > needed)
          return `the load needs ${needed} pods, and spec.replicas becomes ${wanted}: as many as stable and canary have together`
        // Somebody else scales: what the load needs is not known any more.
        if (now.by !== 'model') needed = undefined
        return undefined
      },
    }
  },
}
