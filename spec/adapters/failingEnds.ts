import type { Change } from '../../src/model/change'
import type { EngineEvent } from '../../src/model/decision'
import type { Condition, KubeObject } from '../../src/model/meta'

// What must be the same at the end of two lives, however long they took.

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([key, member]) => [key, sorted(member)] as const)
  return Object.fromEntries(members.sort(([left], [right]) => (left < right ? -1 : 1)))
}

const withoutTimes = (value: unknown): string =>
  JSON.stringify(sorted(value)).replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, 'TIME')

/** The order of conditions says in which order they changed last: a lost answer may swap two of them. */
function withSortedConditions(object: KubeObject): unknown {
  const { conditions, ...status } = (object.status ?? {}) as { readonly conditions?: readonly Condition[] }
  if (!conditions) return object
  const sorted = [...conditions].sort((left, right) => (left.type < right.type ? -1 : 1))
  return { ...object, status: { ...status, conditions: sorted } }
}

/** A line for each object, and one for the last weight that the router was told; without what counts writes. */
export function endOf(objects: readonly KubeObject[], weight: number | undefined): readonly string[] {
  const nameOf = ({ kind, metadata }: KubeObject): string => `${kind} ${metadata.name}`
  const withoutUids = (text: string): string =>
    objects.reduce((all, object) => all.replaceAll(`"${object.metadata.uid}"`, `"UID of ${nameOf(object)}"`), text)
  const lines = objects.map((object) => {
    const { resourceVersion: _version, generation: _generation, ...metadata } = object.metadata
    const text = withoutTimes(withSortedConditions({ ...object, metadata } as KubeObject))
    return `${nameOf(object)}: ${withoutUids(text)}`
  })
  return [...lines.sort(), `weight ${weight}`]
}

/** Which phase a run had before depends on when somebody looked. */
const eventText = ({ reason, message }: EngineEvent): string => `${reason}: ${message.replace(/ Previous: '\w*'$/, '')}`

/** A run may have gone on before somebody looked. */
const tellsPassingPhase = (text: string): boolean => /(?:Status New: '| -> )(?:Pending|Running)'?$/.test(text)

/** Each event once: it may be emitted more often. */
export const told = (events: readonly EngineEvent[]): readonly string[] =>
  [...new Set(events.map(eventText))].filter((text) => !tellsPassingPhase(text)).sort()

const countsOf = (changes: readonly Change[], repeats: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const change of changes) {
    if ('router' in change || repeats.includes(change.kind)) continue
    const text = withoutTimes(change)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return counts
}

/**
 * Changes that were carried out more often than in a life in which nothing fails. `repeats`: kinds that every reconcile makes anew,
 * as the controller does.
 */
export function appliedTwice(
  changes: readonly Change[],
  usually: readonly Change[],
  repeats: readonly string[] = [],
): readonly string[] {
  const usual = countsOf(usually, repeats)
  return [...countsOf(changes, repeats)]
    .filter(([change, count]) => count > (usual.get(change) ?? 1))
    .map(([change]) => change)
}
