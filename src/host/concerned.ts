import type { ObjectRef } from '../model/decision'
import { givenList, givenObject } from '../model/given'
import type { KubeObject } from '../model/meta'
import { mentionedPlaces } from './mentioned'
import type { Sighting } from './ports'
import { isReconciledKind } from './queue/keys'

/** Says which objects have to be looked at when one of the cluster changes. */
export interface Concerns {
  /** Takes note of the object, and names those whose decision may depend on it. */
  readonly concernedBy: (sighting: Sighting) => readonly ObjectRef[]
  /** Rollouts that mention the name of this object, as far as they were seen. */
  readonly mentioning: (ref: ObjectRef) => readonly ObjectRef[]
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
    const names = mentionedPlaces(object.spec, ref.namespace)
    mentions.set(rollout, { spec: object.spec, names })
    for (const name of names) {
      const rollouts = mentionedBy.get(name) ?? new Map<string, ObjectRef>()
      mentionedBy.set(name, rollouts.set(rollout, ref))
    }
  }
  const mentioning = (ref: ObjectRef): readonly ObjectRef[] => [...(mentionedBy.get(placeOf(ref))?.values() ?? [])]
  return {
    mentioning,
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
