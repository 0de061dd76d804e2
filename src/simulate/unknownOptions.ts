import { nearest } from '../input/nearest'
import type { Issue } from '../model/issue'
import { isJsonObject } from '../model/json'
import type { PodModel } from './podGroup'
import type { RouterModel } from './router'
import type { SimulationInput } from './simulation'
import type { WorldEvent } from './worldEvent'

/** Every name of a type, so that none is forgotten in a table. */
const namesOf = <T>(names: Readonly<Record<keyof T, true>>): readonly string[] => Object.keys(names)

const inputNames = namesOf<Required<SimulationInput>>({
  manifests: true,
  missing: true,
  name: true,
  events: true,
  untilSeconds: true,
  startAt: true,
  pods: true,
  router: true,
  plugins: true,
  models: true,
  trace: true,
  series: true,
  options: true,
  everySecond: true,
  wholeSeconds: true,
  keepsOrphans: true,
  maxReconciles: true,
})

const eventNames = namesOf<Required<WorldEvent>>({
  atSeconds: true,
  whenPaused: true,
  whenHealthy: true,
  image: true,
  container: true,
  apply: true,
  replicas: true,
  workloadReplicas: true,
  command: true,
  toRevision: true,
  specPatch: true,
  losePods: true,
  loseNodes: true,
  crashAfterChanges: true,
  staleSeconds: true,
  lostEventSeconds: true,
  repeatSeconds: true,
  clockStepSeconds: true,
  otherWrite: true,
  upgradeTo: true,
  autoscaleSeconds: true,
})

const podNames = namesOf<Required<PodModel>>({
  readyAfterSeconds: true,
  neverReadyImages: true,
  failAfterSeconds: true,
  startEverySeconds: true,
  mostReady: true,
  refusedImages: true,
})

const routerNames = namesOf<Required<RouterModel>>({
  lagSeconds: true,
  verifies: true,
  lies: true,
  refuses: true,
  partial: true,
})

/** Unknown options: a typing error in the name would otherwise be ignored silently. */
export function unknownOptions(input: SimulationInput): readonly Issue[] {
  const events = input.events ?? []
  return [
    ...unknownNames(input, '', inputNames),
    ...unknownNames(input.pods, 'pods.', podNames),
    ...unknownNames(input.router, 'router.', routerNames),
    ...events.flatMap((event, index) => unknownNames(event, `events[${index}].`, eventNames)),
  ]
}

function unknownNames(value: unknown, path: string, known: readonly string[]): readonly Issue[] {
  if (!isJsonObject(value)) return []
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known)
      const hint = meant === undefined ? `known are ${known.join(', ')}` : `did you mean ${meant}?`
      return { code: 'unknown-option', path: path + name, message: `there is no such option: ${hint}` }
    })
}
