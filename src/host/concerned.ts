import type { ObjectRef } from '../model/decision'
import { givenList, givenObject } from '../model/given'
import { isJsonObject, isWalkableList } from '../model/json'
import type { KubeObject } from '../model/meta'
import type { Sighting } from './ports'
import { isReconciledKind } from './queue/keys'

/** Says which objects have to be looked at when one of the cluster changes. */
export interface Concerns {
  /** Takes note of the object, and names those whose decision may depend on it. */
  readonly concernedBy: (sighting: Sighting) => readonly ObjectRef[]
}

/**
 * - Rollouts, AnalysisRuns, Experiments and Services concern themselves.
 * - An owned object concerns the Rollouts and Experiments that own it.
 * - Any other object (Service, template, workload, resource of a router) concerns the Rollouts that mention its name.
 * - A Rollout that is gone concerns what it mentioned: its Services must be freed.
 */
export function concerns(): Concerns {
  /** `namespace/name` as mentioned -> the Rollouts that do. */
  const mentionedBy = new Map<string, Map<string, ObjectRef>>()
  /** By Rollout. */
  const mentions = new Map<string, { readonly spec: unknown; readonly names: ReadonlySet<string> }>()

  const forget = (rollout: string): ReadonlySet<string> => {
    const names = mentions.get(rollout)?.names ?? new Set<string>()
    mentions.delete(rollout)
    for (const name of names) {
      const rollouts = mentionedBy.get(name)
      rollouts?.delete(rollout)
      if (rollouts?.size === 0) mentionedBy.delete(name)
    }
    return names
  }
  const note = (ref: ObjectRef, object: KubeObject): void => {
    const rollout = placeOf(ref)
    if (mentions.get(rollout)?.spec === object.spec) return
    forget(rollout)
    const names = namesIn(object.spec, ref.namespace)
    mentions.set(rollout, { spec: object.spec, names })
    for (const name of names) {
      const rollouts = mentionedBy.get(name) ?? new Map<string, ObjectRef>()
      mentionedBy.set(name, rollouts.set(rollout, ref))
    }
  }
  const mentioning = (ref: ObjectRef): readonly ObjectRef[] => [...(mentionedBy.get(placeOf(ref))?.values() ?? [])]
  return {
    concernedBy({ ref, object }) {
      const found = isReconciledKind(ref.kind) ? [ref] : []
      if (ref.kind === 'Rollout') {
        if (object) note(ref, object)
        else found.push(...[...forget(placeOf(ref))].map(serviceAt))
        return found
      }
      const owners = givenList<Partial<ObjectRef>>(object?.metadata?.ownerReferences).filter(isOwner)
      found.push(...owners.map(({ kind, name }) => ({ kind, namespace: ref.namespace, name })))
      return owners.length > 0 ? found : [...found, ...mentioning(ref)]
    },
  }
}

const ownerKinds: ReadonlySet<unknown> = new Set(['Rollout', 'Experiment'])

const isOwner = (owner: unknown): owner is ObjectRef => ownerKinds.has(givenObject(owner).kind)

const placeOf = ({ namespace, name }: ObjectRef): string => `${namespace}/${name}`

function serviceAt(place: string): ObjectRef {
  const slash = place.indexOf('/')
  return { kind: 'Service', namespace: place.slice(0, slash), name: place.slice(slash + 1) }
}

/** No spec mentions more. */
const mostTexts = 10_000

/**
 * Every text of the strategy and of `workloadRef` may be the name of an object: in the Rollout's namespace, in that of
 * `name.namespace` or `namespace/name`, or of the cluster.
 */
function namesIn(spec: unknown, namespace: string): ReadonlySet<string> {
  const names = new Set<string>()
  const open: unknown[] = isJsonObject(spec) ? [spec.strategy, spec.workloadRef] : []
  for (let at = 0; at < open.length; at++) {
    const value = open[at]
    if (typeof value === 'string') for (const place of placesOf(value, namespace)) names.add(place)
    const inner = isWalkableList(value) ? value : isJsonObject(value) ? Object.values(value) : []
    // What contains itself has no end.
    open.push(...inner.slice(0, mostTexts - open.length))
  }
  return names
}

/** Names of objects are no longer than this. */
const longestName = 253

function placesOf(text: string, namespace: string): readonly string[] {
  if (text.length === 0 || text.length > 2 * longestName) return []
  const [first = '', second] = text.split('/', 2)
  if (second !== undefined) return [`${first}/${second}`]
  const dot = text.indexOf('.')
  const inOther = dot < 0 ? [] : [`${text.slice(dot + 1)}/${text.slice(0, dot)}`]
  return [`${namespace}/${text}`, `/${text}`, ...inOther]
}
