import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import { parseTime } from '../model/time'
import { type ClusterObjects, objectKey } from './cluster/state'

export interface StartObjects {
  readonly objects: ClusterObjects
  /** Key of the Rollout that is simulated; undefined where there is none, or no telling which. */
  readonly key?: string
  readonly issues: readonly Issue[]
}

const clusterScoped: ReadonlySet<string> = new Set(['ClusterAnalysisTemplate', 'Namespace'])

/** Puts manifests into a modelled cluster, with what an API server adds: namespace, UID, time, generation. */
export function startObjects(manifests: readonly KubeObject[], name: string | undefined, now: string): StartObjects {
  const objects: Record<string, KubeObject> = {}
  const rollouts = new Set<string>()
  const issues: Issue[] = []
  for (const [index, manifest] of manifests.entries()) {
    const kind = manifest?.kind
    if (typeof kind !== 'string' || typeof manifest.metadata?.name !== 'string') {
      const message = 'expected an object with kind and metadata.name: it was left out'
      issues.push({ code: 'no-object', path: `manifests[${index}]`, message })
      continue
    }
    const namespace = clusterScoped.has(kind) ? '' : (manifest.metadata.namespace ?? 'default')
    const key = objectKey(kind, namespace, manifest.metadata.name)
    objects[key] = asStored(manifest, namespace, index, now)
    if (kind === 'Rollout' && (name === undefined || manifest.metadata.name === name)) rollouts.add(key)
  }
  const [first, second] = rollouts
  if (first === undefined || second !== undefined)
    return { objects, issues: [...issues, whichOne([...rollouts], name)] }
  if ((objects[first]?.spec ?? null) !== null) return { objects, key: first, issues }
  const message = 'the Rollout has no spec'
  return { objects, issues: [...issues, { code: 'no-spec', path: 'spec', message }] }
}

function asStored(manifest: KubeObject, namespace: string, index: number, now: string): KubeObject {
  const { uid, creationTimestamp, generation } = manifest.metadata
  const metadata = {
    ...manifest.metadata,
    namespace,
    uid: uid ?? `given-${index + 1}`,
    creationTimestamp: creationTimestamp ?? now,
    generation: generation ?? 1,
  }
  return { ...manifest, metadata }
}

function whichOne(keys: readonly string[], name: string | undefined): Issue {
  const message =
    keys.length === 0
      ? `there is no Rollout${name === undefined ? '' : ` called ${name}`} among the manifests`
      : `there are several Rollouts (${keys.join(', ')}): say which one by its name`
  return { code: 'which-rollout', path: 'kind', message }
}

const defaultStart = '2030-01-01T00:00:00Z'
const defaultSeconds = 3600
/** Ten years. */
const mostSeconds = 315_360_000

/** When the simulation begins (seconds since 1970) and how long it lasts. */
export function readClock(
  startAt = defaultStart,
  untilSeconds = defaultSeconds,
): { readonly start: number; readonly untilSeconds: number; readonly issues: readonly Issue[] } {
  const issues: Issue[] = []
  const start = parseTime(startAt)
  if (start === undefined) {
    const message = `expected a time such as ${defaultStart}, got "${startAt}": ${defaultStart} was taken`
    issues.push({ code: 'wrong-time', path: 'startAt', message })
  }
  const isUsable = untilSeconds >= 0 && untilSeconds <= mostSeconds
  if (!isUsable) {
    const message = `expected seconds from 0 to ${mostSeconds}, got ${untilSeconds}`
    issues.push({ code: 'wrong-time', path: 'untilSeconds', message })
  }
  const seconds = isUsable ? untilSeconds : untilSeconds > mostSeconds ? mostSeconds : defaultSeconds
  return { start: Math.floor(start ?? parseTime(defaultStart) ?? 0), untilSeconds: seconds, issues }
}
