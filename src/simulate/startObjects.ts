import { type ClusterObjects, objectKey } from '../cluster/objects'
import type { Issue } from '../model/issue'
import { isWalkableList } from '../model/json'
import type { KubeObject } from '../model/meta'
import { sameJson } from '../model/sameJson'

export interface StartObjects {
  readonly objects: ClusterObjects
  /** The given manifests that no API server has completed yet: the state of the last `kubectl apply`. */
  readonly applied: ReadonlyMap<string, KubeObject>
  /**
   * Key of the Rollout that is simulated, or of the Experiment that stands alone; undefined if there is none, or
   * several.
   */
  readonly key?: string
  readonly issues: readonly Issue[]
}

const isArgoRollout = ({ kind, apiVersion }: KubeObject): boolean =>
  kind === 'Rollout' && (typeof apiVersion !== 'string' || apiVersion.startsWith('argoproj.io/'))

const twice = (kind: string, name: string, index: number): Issue => ({
  code: 'duplicate-object',
  path: `manifests[${index}]`,
  message: `${kind} ${name} stands twice among the manifests: the last one counts, as kubectl apply takes it`,
  severity: 'warning',
})

/** The namespace for manifests without one: the Rollout's, so that they can be found. */
function namespaceOfRollout(manifests: readonly KubeObject[], name: string | undefined): string {
  const rollout = manifests.find(
    (one) =>
      (one?.kind === 'Rollout' || one?.kind === 'Experiment') &&
      (name === undefined || one.metadata?.name === name) &&
      one.metadata?.namespace,
  )
  const namespace: unknown = rollout?.metadata.namespace
  return typeof namespace === 'string' ? namespace : 'default'
}

const clusterScoped: ReadonlySet<string> = new Set(['ClusterAnalysisTemplate', 'Namespace'])

export interface Placed {
  readonly key: string
  readonly object: KubeObject
}

/**
 * A manifest with the fields that an API server adds: namespace, UID, time, generation; undefined for what is not an
 * object.
 */
export function placeManifest(
  manifest: KubeObject | undefined,
  ownNamespace: string,
  { uid, now }: { readonly uid: string; readonly now: string },
): Placed | undefined {
  const kind = manifest?.kind
  if (!manifest || typeof kind !== 'string' || typeof manifest.metadata?.name !== 'string') return undefined
  const namespace = clusterScoped.has(kind) ? '' : manifest.metadata.namespace || ownNamespace
  const metadata = { uid, creationTimestamp: now, generation: 1, ...manifest.metadata, namespace }
  const object = {
    ...withCrdDefaults(manifest),
    metadata: { ...metadata, creationTimestamp: metadata.creationTimestamp ?? now },
  }
  return { key: objectKey(kind, namespace, manifest.metadata.name), object }
}

/** Adds manifests to a modelled cluster, with the fields that an API server adds: namespace, UID, time, generation. */
export function startObjects(manifests: readonly KubeObject[], name: string | undefined, now: string): StartObjects {
  const objects: Record<string, KubeObject> = {}
  const given = new Map<string, KubeObject>()
  const rollouts = new Set<string>()
  const experiments = new Set<string>()
  const left: Issue[] = []
  const ownNamespace = namespaceOfRollout(manifests, name)
  for (const [index, manifest] of manifests.entries()) {
    const placed = placeManifest(manifest, ownNamespace, { uid: `given-${index + 1}`, now })
    if (!placed) {
      const message = 'expected an object with kind and metadata.name: it was left out'
      left.push({ code: 'no-object', path: `manifests[${index}]`, message })
      continue
    }
    const { key, object } = placed
    const before = given.get(key)
    if (before && !sameJson(before, manifest)) left.push(twice(object.kind ?? '', manifest.metadata.name, index))
    given.set(key, manifest)
    objects[key] = object
    if (object.kind === 'Experiment' && (name === undefined || manifest.metadata.name === name)) experiments.add(key)
    if (isArgoRollout(manifest) && (name === undefined || manifest.metadata.name === name)) rollouts.add(key)
  }
  const applied = new Map([...given].filter(([, { metadata }]) => metadata.uid === undefined))
  // An Experiment is simulated by itself only if there is no Rollout, which would own it.
  const [first, second] = rollouts.size > 0 ? rollouts : experiments
  if (first !== undefined && second === undefined) {
    if ((objects[first]?.spec ?? null) !== null) return { objects, applied, key: first, issues: left }
    return {
      objects,
      applied,
      issues: [...left, { code: 'no-spec', path: 'spec', message: `the ${objects[first]?.kind} has no spec` }],
    }
  }
  const message =
    first === undefined
      ? `there is no Rollout${name === undefined ? '' : ` called ${name}`} among the manifests`
      : `there are several ${rollouts.size > 0 ? 'Rollouts' : 'Experiments'} (${[...(rollouts.size > 0 ? rollouts : experiments)].join(', ')}): say which one by its name`
  return { objects, applied, issues: [...left, { code: 'which-rollout', path: 'kind', message }] }
}

/** The Rollout CRD's own default: ports without a protocol are TCP. It is part of the pod template hash. */
function withCrdDefaults(manifest: KubeObject): KubeObject {
  if (manifest.kind !== 'Rollout') return manifest
  const { template } = (manifest.spec ?? {}) as { template?: { spec?: { containers?: unknown } } }
  const containers = template?.spec?.containers
  if (!isWalkableList(containers)) return manifest
  const defaulted = containers.map(withPortProtocols)
  if (defaulted.every((container, index) => container === containers[index])) return manifest
  const spec = {
    ...(manifest.spec as object),
    template: { ...template, spec: { ...template?.spec, containers: defaulted } },
  }
  return { ...manifest, spec }
}

function withPortProtocols(container: unknown): unknown {
  const { ports } = (container ?? {}) as { ports?: unknown }
  if (!isWalkableList(ports) || ports.every((port) => (port as { protocol?: unknown } | null)?.protocol !== undefined))
    return container
  return { ...(container as object), ports: ports.map((port) => ({ protocol: 'TCP', ...(port as object) })) }
}
