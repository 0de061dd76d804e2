import type { FieldPath } from '../../input/places'
import { maxWeightOf, replicasOf } from '../../rollout/defaults'
import { stepsOf } from '../../rollout/facts/steps'
import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const canaryScaleBelowWeight = rolloutRule(
  {
    id: 'canary-scale-below-weight',
    severity: 'warning',
    summary: 'a weight for which the canary has too few pods',
    why: '`setCanaryScale` holds until the next one. A later `setWeight` then sends the canary more traffic than its share of the pods, up to all traffic to a single pod.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/3501',
  },
  function* (rollout) {
    if (!rollout.spec.strategy?.canary?.trafficRouting) return
    const [replicas, whole] = [replicasOf(rollout), maxWeightOf(rollout)]
    let pods: number | undefined
    for (const [index, { setCanaryScale: scale, setWeight }] of stepsOf(rollout).entries()) {
      if (scale) {
        const share = scale.weight === undefined ? undefined : Math.ceil((replicas * scale.weight) / 100)
        pods = scale.matchTrafficWeight ? undefined : (scale.replicas ?? share)
      }
      if (setWeight === undefined || pods === undefined || pods === 0) continue
      const needed = Math.ceil((replicas * setWeight) / whole)
      // A pod more or less is rounding, and a pilot of one pod takes a small share.
      if (needed < 2 * pods || needed - pods < 2) continue
      const path: FieldPath = [...canaryPath, 'steps', index, 'setWeight']
      const message = `${setWeight} of ${whole} parts of the traffic go to ${pods} of ${replicas} pods: setCanaryScale {matchTrafficWeight: true} first`
      yield { path, message }
      return
    }
  },
)
