import { type ControllerVersion, controllerVersions } from '../../src/model/controllerVersion'
import { podTemplateHashLabel } from '../../src/model/labelKeys'
import type { PodTemplate } from '../../src/model/workload'
import type { RolloutObservation } from '../../src/rollout/observation'
import type { Figure } from './bench'
import { fastest, sum } from './measure'
import { completeObservations } from './observations'
import { type Shipped, withShipped } from './shipped'

/**
 * What a reconcile costs under each version of the controller, as a multiple of what it costs under `main`. Only observations
 * on which all versions decide the same are taken, for versions that decide otherwise do other work. Every reconcile is
 * timed by itself, the versions in turn, and of each the fastest of many rounds counts: what else the machine does cannot
 * slow down all of them.
 */
export async function bench(): Promise<readonly Figure[]> {
  const observations = families.flatMap((family) => completeObservations(family, observationsPerFamily))
  return withShipped(({ core }) => {
    const shared = observations.map((observation) => asSeenByAll(core, observation)).filter(isDecidedAlike(core))
    const costs = shared.map((seen) => costsOf(core, seen))
    const total = (version: ControllerVersion): number => sum(costs.map((cost) => cost[version]))
    const others = controllerVersions.filter((version) => version !== 'main')
    return others.map((version) => ({
      name: `a reconcile as ${version} / as main, ${shared.length} observations, fastest of ${rounds}`,
      value: total(version) / total('main'),
      unit: 'x',
      most: 1.05,
    }))
  })
}

const families = ['canary-basic', 'canary-routed', 'blue-green']
const observationsPerFamily = 120
const rounds = 60

type Core = Shipped['core']
type OfVersions<T> = Record<ControllerVersion, T>

const ofVersions = <T>(of: (version: ControllerVersion) => T): OfVersions<T> =>
  Object.fromEntries(controllerVersions.map((version) => [version, of(version)])) as OfVersions<T>

const asSeenByAll = (core: Core, observation: RolloutObservation): OfVersions<RolloutObservation> =>
  ofVersions((version) => asSeenBy(core, observation, version))

/** Recorded with main, with the hashes that this version gives to the same templates and steps. */
function asSeenBy(core: Core, observation: RolloutObservation, controller: ControllerVersion): RolloutObservation {
  const text = [...renamings(core, observation, controller)].reduce(
    (whole, [before, after]) => whole.replaceAll(before, after),
    JSON.stringify(observation),
  )
  return { ...(JSON.parse(text) as RolloutObservation), options: { ...observation.options, controller } }
}

function* renamings(
  { podTemplateHash, stepHash }: Core,
  { rollout, replicaSets = [] }: RolloutObservation,
  controller: ControllerVersion,
): Generator<readonly [string, string]> {
  for (const template of [rollout.spec.template, ...replicaSets.map(({ spec }) => unlabelled(spec.template))])
    yield [podTemplateHash(template, undefined, 'main'), podTemplateHash(template, undefined, controller)]
  const steps = rollout.spec.strategy?.canary?.steps
  if (steps) yield [stepHash(steps, 'main'), stepHash(steps, controller)]
}

function unlabelled(template: PodTemplate | undefined): PodTemplate {
  const { [podTemplateHashLabel]: _, ...labels } = template?.metadata?.labels ?? {}
  return { ...template, metadata: { ...template?.metadata, labels } }
}

/** The same changes of the same objects, events and questions; but for `status.duration`, which only main has. */
const isDecidedAlike =
  ({ reconcileRollout }: Core) =>
  (seen: OfVersions<RolloutObservation>): boolean => {
    const decided = controllerVersions.map((version) => {
      const { changes, events, asks } = reconcileRollout(seen[version])
      return JSON.stringify({ changes, events, asks }, (key, value: unknown) => {
        if (key === 'duration') return undefined
        return typeof value === 'string' ? value.replace(hashes, '<hash>') : value
      })
    })
    return new Set(decided).size === 1
  }

const hashes = /\b[bcdfghjklmnpqrstvwxz2456789]{8,10}\b/g

/** Nanoseconds. Each call gets objects that nobody saw before, as a host has that reads from an API. */
function costsOf({ reconcileRollout }: Core, seen: OfVersions<RolloutObservation>): OfVersions<number> {
  const costs = ofVersions(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < rounds; round++) {
    for (const place of controllerVersions.keys()) {
      const version = controllerVersions[(place + round) % controllerVersions.length] ?? 'main'
      const copy = structuredClone(seen[version])
      costs[version] = Math.min(
        costs[version],
        fastest(1, () => reconcileRollout(copy)),
      )
    }
  }
  return costs
}
