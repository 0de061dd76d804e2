import type { RolloutObservation } from '../../src/rollout/observation'
import { observeRollout } from '../../src/simulate/observe'
import { walkTrace } from '../conformance/trace'
import { readCases, vectorsFolder } from '../conformance/vectors'
import type { Figure } from './bench'
import { type Shipped, withShipped } from './shipped'

/** What one reconcile costs, as a multiple of `structuredClone` of its own observation, on the recorded steps. */
export async function bench(): Promise<readonly Figure[]> {
  return withShipped(({ core }) => families.flatMap((family) => figuresOf(core, family)))
}

const families = ['canary-basic', 'canary-routed', 'canary-analysis', 'blue-green']

function figuresOf({ reconcileRollout }: Shipped['core'], family: string): readonly Figure[] {
  const observations = observationsOf(family, 2000)
  for (const observation of observations) ratioOf(reconcileRollout, observation)
  const ratios = observations.map((one) => ratioOf(reconcileRollout, one)).sort((left, right) => left - right)
  const at = (share: number): number =>
    ratios[Math.min(ratios.length - 1, Math.floor(share * ratios.length))] ?? Number.NaN
  return [
    {
      name: `${family}: reconcile / structuredClone, median of ${ratios.length}`,
      value: at(0.5),
      unit: 'x',
      most: 1,
    },
    { name: `${family}: reconcile / structuredClone, p99`, value: at(0.99), unit: 'x' },
  ]
}

function observationsOf(family: string, most: number): RolloutObservation[] {
  const found: RolloutObservation[] = []
  for (const testCase of readCases(vectorsFolder, family)) {
    walkTrace(testCase, ({ objects, key, now }) => {
      if (found.length < most) found.push(observeRollout(objects, key, now))
    })
  }
  return found
}

/** Fresh objects each time, as a host that reads from an API has: nothing is recognised by identity. */
function ratioOf(reconcileRollout: Reconcile, observation: RolloutObservation): number {
  const clone = fastest(() => structuredClone(observation))
  const copies = Array.from({ length: runs }, () => structuredClone(observation))
  let next = 0
  const reconcile = fastest(() => reconcileRollout(copies[next++ % runs] ?? observation))
  return reconcile / clone
}

type Reconcile = Shipped['core']['reconcileRollout']

const runs = 5

function fastest(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run++) {
    const before = process.hrtime.bigint()
    work()
    best = Math.min(best, Number(process.hrtime.bigint() - before))
  }
  return best
}
