/** Mutants that nothing can tell from the original, and why. Named as `npm run mutants` names them. */
export const excused: readonly { readonly file: string; readonly name: string; readonly why: string }[] = [
  {
    file: 'src/rollout/desired/atDesiredCounts.ts',
    name: 'thresholdCovers: (available / desired) * 100 >= threshold.value - 1e-10 -> (available / desired) * 100 > threshold.value - 1e-10',
    why: 'no share of whole pods is exactly the threshold less a tenth of a billionth',
  },
  {
    file: 'src/rollout/scale/scale.ts',
    name: 'scaleTo: from < replicas -> from <= replicas',
    why: 'equal sizes have returned before',
  },
  {
    file: 'src/rollout/scale/scale.ts',
    name: 'needsNote: replicas === 0 && deadlineTextOf(set) !== undefined -> replicas === 0 || deadlineTextOf(set) !== undefined',
    why: 'noting again without a change is no change: deadlines of ReplicaSets that want no pods are removed before anything is scaled',
  },
  {
    file: 'src/rollout/scale/scale.ts',
    name: 'needsNote: replicas === 0 -> replicas !== 0',
    why: 'noting again without a change is no change: deadlines of ReplicaSets that want no pods are removed before anything is scaled',
  },
  {
    file: 'src/rollout/scale/scale.ts',
    name: 'needsNote: deadlineTextOf(set) !== undefined -> deadlineTextOf(set) === undefined',
    why: 'noting again without a change is no change: deadlines of ReplicaSets that want no pods are removed before anything is scaled',
  },
  {
    file: 'src/rollout/scale/scaleCanary.ts',
    name: 'endsRoundOfOldSets: available > wanted -> available >= wanted',
    why: 'equal counts are passed over before',
  },
  {
    file: 'src/rollout/scale/scaleCanary.ts',
    name: 'dropUnavailablePods: wanted - available -> wanted + available',
    why: 'it is only asked whether any were dropped: both are more than 0 here',
  },
  {
    file: 'src/rollout/scale/scaleCanary.ts',
    name: 'drainOthers: wanted - target -> wanted + target',
    why: 'what is left of `spare` matters only if it is more than 0, and a target above 0 uses all of it up',
  },
  {
    file: 'src/rollout/scale/scaleCanary.ts',
    name: 'drainOthers: wanted - target -> wanted + target (2)',
    why: 'what is left of `spare` matters only if it is more than 0, and a target above 0 uses all of it up',
  },
  {
    file: 'src/rollout/desired/canaryWeight.ts',
    name: 'desiredWeightOf: steps.length - 1 -> steps.length + 1',
    why: 'there are no steps there, and those that are not there are passed over',
  },
  {
    file: 'src/rollout/traffic/trafficWeight.ts',
    name: 'weightOfRetreat: !isDynamic(facts) || !fresh || !stable -> !isDynamic(facts) || !fresh && !stable',
    why: 'without a stable ReplicaSet nobody is told a weight, and the new one was created before',
  },
  {
    file: 'src/rollout/defaults.ts',
    name: 'scaleDownDelayRevisionLimitOf: 2 ** 31 - 1 -> 2 ** 31 + 1',
    why: 'both are more than there are ReplicaSets',
  },
  {
    file: 'src/rollout/desired/canaryCounts.ts',
    name: 'grow: room -= added -> room += added',
    why: 'where stable grows, it alone is scaled: the size of the canary is worked out anew in the next reconcile',
  },
  {
    file: 'src/rollout/desired/canaryCounts.ts',
    name: 'approximateWeight: floor !== 0 || zeroIsFine -> floor !== 0 && zeroIsFine (2)',
    why: 'of one pod more in all the lower split is never the nearest',
  },
  {
    file: 'src/rollout/desired/canaryCounts.ts',
    name: 'approximateWeight: weight === maxWeight || weight === 0 -> weight === maxWeight && weight === 0',
    why: 'nothing and everything are hit exactly by a split that is among the options anyway',
  },
  {
    file: 'src/rollout/desired/canaryCounts.ts',
    name: 'shrink: wantedPods(stable) > target.stable -> wantedPods(stable) >= target.stable',
    why: 'at the target both give the target',
  },
  {
    file: 'src/rollout/desired/canaryCounts.ts',
    name: 'grow: room > 0 -> room >= 0',
    why: 'no room adds no pods',
  },
  {
    file: 'src/rollout/desired/canaryCounts.ts',
    name: 'grow: room > 0 -> room >= 0 (2)',
    why: 'no room adds no pods',
  },
  {
    file: 'src/rollout/desired/canaryCounts.ts',
    name: 'grow: stablePods < target.stable -> stablePods <= target.stable',
    why: 'at the target no pods are missing',
  },
  {
    file: 'src/rollout/desired/canaryCounts.ts',
    name: 'grow: canaryPods < target.canary -> canaryPods <= target.canary',
    why: 'at the target no pods are missing',
  },
  {
    file: 'src/rollout/desired/canaryCounts.ts',
    name: 'drainable: wanted < available -> wanted <= available',
    why: 'equal counts are the same count',
  },
]
