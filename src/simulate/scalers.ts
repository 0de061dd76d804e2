import type { ClusterObjects } from '../cluster/objects'
import { givenList } from '../model/given'
import type { Issue } from '../model/issue'
import { isJsonObject } from '../model/json'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import { fieldOf } from './assume/walk'
import type { Model } from './models/model'
import type { SimulationInput } from './simulation'

const howTo =
  'a load lets it scale: --load and --requests-per-pod, spec.load and spec.autoscaler of a Simulation, or the model autoscaler'

/** Objects that scale the Rollout where nobody models them, and what models leave out: nothing of it is silent. */
export function scalerIssues(input: SimulationInput, given: ClusterObjects, key: string): readonly Issue[] {
  const rollout = given[key] as KubeObject
  const objects = inNamespace(given, rollout.metadata.namespace)
  const models = givenList<Model>(input.models).filter((model) => isJsonObject(model))
  const doubts = models.flatMap((model) => model.doubts?.({ objects, rollout: asKind('Rollout', rollout) }) ?? [])
  const isModelled =
    models.some(({ name }) => name === 'autoscaler') ||
    (input.events ?? []).some(({ autoscaleSeconds }) => autoscaleSeconds !== undefined)
  const idle = Object.values(objects).filter(
    (object) => scales(object, rollout) && !(isModelled && object.kind === 'HorizontalPodAutoscaler'),
  )
  // One that is applied again is said once, as it will be.
  const byName = new Map(idle.reverse().map((object) => [`${object.kind} ${object.metadata.name}`, object]))
  return [...[...byName.values()].map(idleScaler), ...doubts.map(doubt)]
}

/** Manifests that are applied later may have no namespace yet: they get that of the Rollout. */
const inNamespace = (objects: ClusterObjects, namespace: string | undefined): ClusterObjects =>
  Object.fromEntries(
    Object.entries(objects).map(([key, object]) => {
      const isPlaced = namespace === undefined || object.metadata.namespace !== undefined
      return [key, isPlaced ? object : { ...object, metadata: { ...object.metadata, namespace } }]
    }),
  )

const scalers: ReadonlySet<string | undefined> = new Set(['HorizontalPodAutoscaler', 'ScaledObject'])

function scales({ kind, metadata, spec }: KubeObject, rollout: KubeObject): boolean {
  const target = fieldOf(spec, 'scaleTargetRef')
  const { name, namespace } = rollout.metadata
  const isItsTarget = fieldOf(target, 'kind') === 'Rollout' && fieldOf(target, 'name') === name
  return scalers.has(kind) && metadata.namespace === namespace && isItsTarget
}

const idleScaler = ({ kind, metadata, spec }: KubeObject): Issue => {
  const [least, most] = ['min', 'max'].map(
    (end) => fieldOf(spec, `${end}Replicas`) ?? fieldOf(spec, `${end}ReplicaCount`),
  )
  const range = most === undefined ? '' : ` (${least ?? (kind === 'ScaledObject' ? 0 : 1)} to ${most} pods)`
  const how = kind === 'ScaledObject' ? 'ScaledObjects are not modelled' : howTo
  return warning(
    'scaler-idle',
    `${kind} ${metadata.name}${range} does nothing here: spec.replicas stays as it is; ${how}`,
  )
}

const doubt = (sentence: string): Issue => warning('model-doubt', sentence)

const warning = (code: string, message: string): Issue => ({
  code,
  path: 'spec.replicas',
  message,
  severity: 'warning',
})
