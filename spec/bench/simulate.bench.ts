import { simulate } from '../../src/simulate/index'
import { readCases, vectorsFolder } from '../conformance/vectors'
import type { Figure } from './bench'

/** How fast the simulator decides, on the recorded stories of basic canaries. */
export async function bench(): Promise<readonly Figure[]> {
  const inputs = readCases(vectorsFolder, 'simulation')
    .filter(({ tags }) => tags.includes('canary-basic'))
    .map(({ given }) => ({
      manifests: given.manifests,
      name: given.rollout ?? given.name,
      events: given.events,
      untilSeconds: given.untilSeconds,
      pods: { readyAfterSeconds: given.readyAfterSeconds, neverReadyImages: given.neverReadyImages },
    }))
  for (const input of inputs) simulate(input)
  const before = process.hrtime.bigint()
  let reconciles = 0
  for (const input of inputs) reconciles += simulate(input).reconciles
  const seconds = Number(process.hrtime.bigint() - before) / 1e9
  return [
    { name: `simulated reconciles, ${inputs.length} canaries`, value: reconciles / seconds, unit: 'decisions/s' },
    { name: 'one simulated canary, mean', value: (1000 * seconds) / inputs.length, unit: 'ms' },
  ]
}
