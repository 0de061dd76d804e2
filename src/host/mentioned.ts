import { isJsonObject, isWalkableList } from '../model/json'

/** No spec mentions more. */
const mostTexts = 10_000

/**
 * Every text of the strategy and of `workloadRef` may be the name of an object: in the Rollout's namespace, in that of
 * `name.namespace` or `namespace/name`, or of the cluster. As `namespace/name`.
 */
export function mentionedPlaces(spec: unknown, namespace: string): ReadonlySet<string> {
  const places = new Set<string>()
  for (const text of isJsonObject(spec) ? textsIn([spec.strategy, spec.workloadRef]) : []) {
    for (const place of placesOf(text, namespace)) places.add(place)
  }
  return places
}

/** Names of objects of its own namespace that an object mentions. Its status names runs and ReplicaSets. */
export function mentionedNames(
  { spec, status }: { readonly spec?: unknown; readonly status?: unknown },
  namespace: string,
): ReadonlySet<string> {
  const names = new Set(isJsonObject(status) ? textsIn(statusParts.map((part) => status[part])) : [])
  const start = `${namespace}/`
  for (const place of mentionedPlaces(spec, namespace))
    if (place.startsWith(start)) names.add(place.slice(start.length))
  return names
}

/** Of Rollouts and of Experiments. */
const statusParts = ['canary', 'blueGreen', 'analysisRuns'] as const

function textsIn(values: readonly unknown[]): readonly string[] {
  const open = [...values]
  const texts: string[] = []
  for (let at = 0; at < open.length; at++) {
    const value = open[at]
    if (typeof value === 'string') texts.push(value)
    const inner = isWalkableList(value) ? value : isJsonObject(value) ? Object.values(value) : []
    // What contains itself has no end.
    if (inner.length > 0) open.push(...inner.slice(0, mostTexts - open.length))
  }
  return texts
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
