import { compareBytes } from '../../go/bytes'
import { goString } from '../../go/json/goJson'
import { type JsonNode, readJson } from '../../go/json/json'
import type { StringMap } from '../../model/meta'
import type { Failed } from '../routerCall'

/** The annotation in which Rollouts record their annotations of an Ingress: `{rollout: [keys]}`. */
const managedAnnotation = 'rollouts.argoproj.io/managed-alb-annotations'

type Annotations = { readonly annotations: StringMap } | Failed

/** Adds keys to those that the Rollout manages. */
export const manageKeys = (annotations: StringMap, rollout: string, keys: readonly string[]): Annotations =>
  changed(annotations, rollout, (managed) => [...managed, ...keys.filter((key) => !managed.includes(key))])

/** Removes keys from those that the Rollout manages. */
export const releaseKeys = (annotations: StringMap, rollout: string, keys: readonly string[]): Annotations =>
  changed(annotations, rollout, (managed) => managed.filter((key) => !keys.includes(key)))

function changed(
  annotations: StringMap,
  rollout: string,
  change: (managed: readonly string[]) => readonly string[],
): Annotations {
  const read = readManaged(annotations[managedAnnotation] ?? '')
  if ('failed' in read) return read
  const managed = new Map(read.managed)
  managed.set(rollout, change(managed.get(rollout) ?? []))
  return { annotations: { ...annotations, [managedAnnotation]: printManaged(managed) } }
}

type Managed = { readonly managed: ReadonlyMap<string, readonly string[]> } | Failed

/** Malformed text is refused in the wording of Go's decoder. A list that is null counts as empty. */
function readManaged(text: string): Managed {
  if (text === '') return { managed: new Map() }
  const read = readJson(text)
  if ('error' in read) return { failed: read.error }
  const { node } = read
  if (node.kind !== 'object') return { failed: wrongType(node, 'ingress.ManagedALBAnnotations') }
  const managed = new Map<string, readonly string[]>()
  for (const [rollout, list] of node.fields) {
    if (list.kind === 'null') {
      managed.set(rollout, [])
      continue
    }
    if (list.kind !== 'array') return { failed: wrongType(list, 'ingress.ManagedALBAnnotation') }
    const wrong = list.items.find((item) => item.kind !== 'string' && item.kind !== 'null')
    if (wrong) return { failed: wrongType(wrong, 'string') }
    managed.set(
      rollout,
      list.items.map((item) => (item.kind === 'string' ? item.value : '')),
    )
  }
  return { managed }
}

const wrongType = ({ kind }: JsonNode, type: string): string =>
  `json: cannot unmarshal ${kind} into Go value of type ${type}`

/** Rollouts in the order of their names. */
function printManaged(managed: ReadonlyMap<string, readonly string[]>): string {
  const entries = [...managed]
    .sort(([left], [right]) => compareBytes(left, right))
    .map(([rollout, keys]) => `${goString(rollout)}:[${keys.map(goString).join(',')}]`)
  return `{${entries.join(',')}}`
}
