import { type ClusterObjects, objectKey } from '../../cluster/objects'
import type { KubeObject } from '../../model/meta'
import { deepField, fieldOf, type Place, placesOf, textOf } from './walk'

/** A reference to an object, and where it is. */
export interface Reference {
  readonly kind: string
  readonly apiVersion: string
  /** Empty for kinds without a namespace. */
  readonly namespace: string
  readonly name: string
  /** Path of the field that names it. */
  readonly path: string
  readonly namedBy: KubeObject
  /** What the field is in: a `workloadRef`, a `virtualService` with its routes. */
  readonly parent: unknown
}

interface NameField {
  readonly kind: string
  readonly apiVersion: string
  readonly at: string
}

const canary = 'spec.strategy.canary'
const routing = `${canary}.trafficRouting`

const fieldsOf = (kind: string, apiVersion: string, ...at: readonly string[]): readonly NameField[] =>
  at.map((field) => ({ kind, apiVersion, at: field }))

/**
 * The fields in which a Rollout refers to other objects. Analysis templates are handled separately, because their kind
 * depends on a flag.
 */
const rolloutFields: readonly NameField[] = [
  ...fieldsOf(
    'Service',
    'v1',
    'spec.strategy.blueGreen.activeService',
    'spec.strategy.blueGreen.previewService',
    `${canary}.stableService`,
    `${canary}.canaryService`,
    `${canary}.pingPong.pingService`,
    `${canary}.pingPong.pongService`,
    `${routing}.alb.rootService`,
    `${routing}.smi.rootService`,
  ),
  ...fieldsOf(
    'Ingress',
    'networking.k8s.io/v1',
    `${routing}.nginx.stableIngress`,
    `${routing}.nginx.stableIngresses[]`,
    `${routing}.alb.ingress`,
    `${routing}.alb.ingresses[]`,
  ),
  ...fieldsOf(
    'VirtualService',
    'networking.istio.io/v1',
    `${routing}.istio.virtualService.name`,
    `${routing}.istio.virtualServices[].name`,
  ),
  ...fieldsOf('DestinationRule', 'networking.istio.io/v1', `${routing}.istio.destinationRule.name`),
  ...fieldsOf('Mapping', 'getambassador.io/v2', `${routing}.ambassador.mappings[]`),
  ...fieldsOf('VirtualService', 'appmesh.k8s.aws/v1beta2', `${routing}.appMesh.virtualService.name`),
  ...fieldsOf(
    'VirtualNode',
    'appmesh.k8s.aws/v1beta2',
    `${routing}.appMesh.virtualNodeGroup.canaryVirtualNodeRef.name`,
    `${routing}.appMesh.virtualNodeGroup.stableVirtualNodeRef.name`,
  ),
  ...fieldsOf('TraefikService', 'traefik.io/v1alpha1', `${routing}.traefik.weightedTraefikServiceName`),
  ...fieldsOf('ApisixRoute', 'apisix.apache.org/v2', `${routing}.apisix.route.name`),
]

/** The fields with analyses of a Rollout, each with its templates. */
const analysisFields: readonly string[] = [
  'spec.strategy.blueGreen.prePromotionAnalysis',
  'spec.strategy.blueGreen.postPromotionAnalysis',
  `${canary}.steps[].analysis`,
  `${canary}.analysis`,
]

const experimentAnalyses = `${canary}.steps[].experiment.analyses[]`

/**
 * Templates that belong together: the metrics of one run. `rules` has the dryRun and measurementRetention of the
 * analysis.
 */
export interface AnalysisTemplates {
  readonly references: readonly Reference[]
  readonly rules: unknown
}

/** The workload that the Rollout names; undefined if it has its own template, or the kind is not supported. */
export function workloadReference(rollout: KubeObject): Reference | undefined {
  // This is asked in every second, and most Rollouts have none.
  if (deepField(rollout, 'spec', 'workloadRef') === undefined) return undefined
  const [place] = placesOf(rollout, 'spec.workloadRef.name')
  const kind = textOf(fieldOf(place?.parent, 'kind'))
  const apiVersion = textOf(fieldOf(place?.parent, 'apiVersion'))
  const isWorkload = kind === 'PodTemplate' ? apiVersion === 'v1' : isSet(kind) && apiVersion.startsWith('apps/')
  return place && isWorkload ? reference(rollout, place, kind, apiVersion) : undefined
}

const isSet = (kind: string): boolean => kind === 'Deployment' || kind === 'ReplicaSet'

/** Services and what routers need, in the order of the documentation of the fields. */
export const rolloutReferences = (rollout: KubeObject): readonly Reference[] =>
  rolloutFields.flatMap(({ kind, apiVersion, at }) =>
    placesOf(rollout, at).flatMap((place) => reference(rollout, place, kind, apiVersion) ?? []),
  )

/** The analyses of a Rollout with their templates, including templates of templates. */
export function analysesOf(rollout: KubeObject, objects: ClusterObjects): readonly AnalysisTemplates[] {
  const own = analysisFields
    .flatMap((field) => placesOf(rollout, field))
    .map(({ path, value }) => ({ references: templatesBelow(rollout, value, `${path}.templates`), rules: value }))
  const ofExperiments = placesOf(rollout, `${experimentAnalyses}.templateName`).map((place) => ({
    references: templateReference(rollout, place),
    rules: place.parent,
  }))
  return [...own, ...ofExperiments].map(({ references, rules }) => ({
    references: withNested(references, objects, rollout.metadata.namespace ?? ''),
    rules,
  }))
}

const templatesBelow = (namedBy: KubeObject, value: unknown, path: string): readonly Reference[] =>
  placesOf(value, 'templates[].templateName').flatMap((place) =>
    templateReference(namedBy, { ...place, path: `${path}${place.path.slice('templates'.length)}` }),
  )

function templateReference(namedBy: KubeObject, place: Place): readonly Reference[] {
  const isCluster = fieldOf(place.parent, 'clusterScope') === true
  const kind = isCluster ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate'
  const found = reference(namedBy, place, kind, 'argoproj.io/v1alpha1')
  return found ? [isCluster ? { ...found, namespace: '' } : found] : []
}

/** Each once, because templates may refer to each other in a circle. */
function withNested(
  references: readonly Reference[],
  objects: ClusterObjects,
  namespace: string,
): readonly Reference[] {
  const all = [...references]
  const met = new Set<string>()
  for (let at = 0; at < all.length; at++) {
    const one = all[at] as Reference
    const key = keyOf(one)
    if (met.has(key)) continue
    met.add(key)
    const template = objects[key]
    if (!template) continue
    const below = templatesBelow(template, template.spec, 'spec.templates')
    all.push(...below.map((nested) => inNamespaceOf(nested, namespace)))
  }
  const first = new Map<string, Reference>()
  for (const one of all) if (!first.has(keyOf(one))) first.set(keyOf(one), one)
  return [...first.values()]
}

/** Templates are always looked up in the namespace of the run. */
const inNamespaceOf = (one: Reference, namespace: string): Reference =>
  one.kind === 'ClusterAnalysisTemplate' ? one : { ...one, namespace }

export const keyOf = ({ kind, namespace, name }: Reference): string => objectKey(kind, namespace, name)

/** Istio and App Mesh take `name.namespace` as well. */
function reference(namedBy: KubeObject, place: Place, kind: string, apiVersion: string): Reference | undefined {
  const text = textOf(place.value)
  if (text === '') return undefined
  const dot = kind === 'VirtualService' ? text.indexOf('.') : -1
  return {
    kind,
    apiVersion,
    namespace: dot < 0 ? (namedBy.metadata.namespace ?? '') : text.slice(dot + 1),
    name: dot < 0 ? text : text.slice(0, dot),
    path: place.path,
    namedBy,
    parent: place.parent,
  }
}
