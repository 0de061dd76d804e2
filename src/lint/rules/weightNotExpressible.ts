import type { FieldPath } from '../../input/places'
import { maxSurgeOf, replicasOf } from '../../rollout/defaults'
import { approximateWeight } from '../../rollout/desired/canaryCounts'
import { stepsOf } from '../../rollout/facts/steps'
import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

/** Closer than that a share of pods passes for the weight. */
const tolerance = 10

export const weightNotExpressible = rolloutRule(
  {
    id: 'weight-not-expressible',
    severity: 'warning',
    summary: 'a weight that the number of pods cannot express',
    why: 'Without a traffic router the share of pods is the weight. With few pods the nearest split can be far from what the steps say.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/2281',
  },
  function* (rollout) {
    const canary = rollout.spec.strategy?.canary
    if (!canary || canary.trafficRouting || rollout.spec.workloadRef || rollout.spec.replicas === undefined) return
    const replicas = replicasOf(rollout)
    const weights = stepsOf(rollout).flatMap(({ setWeight }, index) =>
      setWeight === undefined ? [] : [{ setWeight, index }],
    )
    const real = weights.map(({ setWeight }) => {
      const { canary: pods, stable } = approximateWeight(replicas, setWeight, 100, maxSurgeOf(rollout))
      return { pods, all: pods + stable, percent: pods + stable === 0 ? 0 : Math.round((100 * pods) / (pods + stable)) }
    })
    const worst = weights.findIndex(({ setWeight }, at) => Math.abs((real[at]?.percent ?? 0) - setWeight) > tolerance)
    const first = weights[worst]
    if (replicas === 0 || !first) return
    const table = weights.map(
      ({ setWeight }, at) => `${setWeight} % is ${real[at]?.pods} of ${real[at]?.all} pods, ${real[at]?.percent} %`,
    )
    const path: FieldPath = [...canaryPath, 'steps', first.index, 'setWeight']
    yield {
      path,
      message: `${replicas === 1 ? '1 replica' : `${replicas} replicas`} cannot express the weights: ${table.join('; ')}`,
    }
  },
)
