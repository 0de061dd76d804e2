import { type ClusterObjects, listObjects } from '../cluster/objects'
import { nearest } from '../input/nearest'
import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import { deepField, fieldOf, itemsOf, textOf, textsAt } from './assume/walk'
import { containersOf, imagesOf } from './images'
import type { SimulationInput } from './simulation'
import { templateHolderKey, templateOf } from './workloads'
import type { WorldEvent } from './worldEvent'

/**
 * Images and containers of the input that match nothing, and updates without a necessary container name: probably
 * typing errors.
 */
export function slipsOf(input: SimulationInput, objects: ClusterObjects, key: string): readonly Issue[] {
  const events = input.events ?? []
  const specs = podSpecsOf(objects, key)
  const updates = events.flatMap(({ image }) => image ?? [])
  const images = [...new Set([...specs.flatMap(imagesOf), ...updates])].filter((image) => image !== '')
  const names = [...new Set(specs.flatMap(containersOf).map((one) => textOf(fieldOf(one, 'name'))))]
  const plugins = pluginNames(objects[key])
  return [
    ...Object.keys(input.plugins ?? {}).flatMap((name) =>
      plugins.includes(name)
        ? []
        : [unknown('plugin-unused', `plugins[${JSON.stringify(name)}]`, `no plugin is called ${name}`, name, plugins)],
    ),
    ...namedImages(input.pods ?? {}).flatMap(({ path, image }) =>
      images.includes(image)
        ? []
        : [unknown('image-unused', path, `no container has the image ${image}`, image, images)],
    ),
    ...events.flatMap((event, index) => containerSlip(event, index, names, mainContainers(objects, key))),
  ]
}

/** Of steps and of traffic routing. */
const pluginNames = (rollout: KubeObject | undefined): readonly string[] => [
  ...textsAt(rollout?.spec, 'strategy.canary.steps[].plugin.name'),
  ...Object.keys(deepField(rollout?.spec, 'strategy', 'canary', 'trafficRouting', 'plugins') ?? {}),
]

interface NamedImage {
  readonly path: string
  readonly image: string
}

const namedImages = ({
  neverReadyImages = [],
  failAfterSeconds = {},
  mostReady = {},
  refusedImages = [],
}: NonNullable<SimulationInput['pods']>): readonly NamedImage[] => [
  ...neverReadyImages.map((image, index) => ({ path: `pods.neverReadyImages[${index}]`, image })),
  ...Object.keys(failAfterSeconds).map((image) => ({ path: `pods.failAfterSeconds[${JSON.stringify(image)}]`, image })),
  ...Object.keys(mostReady).map((image) => ({ path: `pods.mostReady[${JSON.stringify(image)}]`, image })),
  ...refusedImages.map((image, index) => ({ path: `pods.refusedImages[${index}]`, image })),
]

function containerSlip(
  { image, container }: WorldEvent,
  index: number,
  names: readonly string[],
  main: readonly string[],
): readonly Issue[] {
  const path = `events[${index}].container`
  if (image === undefined || names.length === 0) return []
  if (container !== undefined) {
    if (container === '*' || names.includes(container)) return []
    return [unknown('container-unknown', path, `no container is called ${container}`, container, names)]
  }
  if (main.length < 2) return []
  const message = `the pod has the containers ${main.join(', ')}: say whose image it is, such as ${main[0]}=${image}`
  return [{ code: 'container-unclear', path, message, severity: 'warning' }]
}

function unknown(code: string, path: string, message: string, name: string, known: readonly string[]): Issue {
  const meant = nearest(name, known)
  const hint =
    meant === undefined
      ? known.length > 0
        ? `there are ${known.join(', ')}`
        : 'there is none'
      : `did you mean ${meant}?`
  return { code, path, message: `${message}: ${hint}` }
}

const mainContainers = (objects: ClusterObjects, key: string): readonly string[] => {
  const template = templateOf(objects[templateHolderKey(objects, key)])
  // Containers of one name are invalid, but not ambiguous.
  return [...new Set(itemsOf(deepField(template, 'spec', 'containers')).map((one) => textOf(fieldOf(one, 'name'))))]
}

/** Images of the Rollout's template, its Experiments, and every existing ReplicaSet. */
function podSpecsOf(objects: ClusterObjects, key: string): readonly unknown[] {
  const rollout = objects[key] as KubeObject
  const steps = itemsOf(deepField(rollout.spec, 'strategy', 'canary', 'steps'))
  const namespace = rollout.metadata.namespace ?? ''
  const experiments = [
    ...steps.map((step) => fieldOf(step, 'experiment')),
    ...listObjects(objects, 'Experiment', namespace).map(({ spec }) => spec),
  ]
  const templates = experiments.flatMap((one) => itemsOf(fieldOf(one, 'templates')))
  return [
    deepField(templateOf(objects[templateHolderKey(objects, key)]), 'spec'),
    ...templates.map((one) => deepField(one, 'template', 'spec')),
    ...listObjects(objects, 'ReplicaSet', namespace).map(({ spec }) => deepField(spec, 'template', 'spec')),
  ]
}
