import type { EngineEvent } from '../model/decision'
import { isJsonObject, type JsonObject } from '../model/json'
import type { KubeObject } from '../model/meta'
import { parseTime } from '../model/time'

const textIn = (object: JsonObject, field: string): string => {
  const value = object[field]
  return typeof value === 'string' ? value : ''
}

/** When an event was last seen; events of both API versions. */
const seenAt = (event: JsonObject): number =>
  Math.max(...['lastTimestamp', 'eventTime', 'firstTimestamp'].map((field) => parseTime(textIn(event, field)) ?? 0))

/** An Event of `v1` or `events.k8s.io/v1` as a decision tells it; undefined if it names no object. */
function engineEvent(event: JsonObject): EngineEvent | undefined {
  const object = event.involvedObject ?? event.regarding
  if (!isJsonObject(object) || textIn(object, 'name') === '') return undefined
  return {
    object: {
      kind: textIn(object, 'kind'),
      namespace: textIn(object, 'namespace') || 'default',
      name: textIn(object, 'name'),
    },
    type: textIn(event, 'type') === 'Warning' ? 'Warning' : 'Normal',
    reason: textIn(event, 'reason'),
    message: textIn(event, 'message') || textIn(event, 'note'),
  }
}

/** The Events of a dump from the oldest to the youngest, without those that an earlier dump had with the same count. */
export function newEvents(after: readonly KubeObject[], before: readonly KubeObject[]): readonly EngineEvent[] {
  const known = new Set(eventsOf(before).map(identityOf))
  return eventsOf(after)
    .filter((event) => !known.has(identityOf(event)))
    .sort((one, other) => seenAt(one) - seenAt(other))
    .flatMap((event) => engineEvent(event) ?? [])
}

const eventsOf = (objects: readonly KubeObject[]): readonly JsonObject[] =>
  objects.filter(({ kind }) => kind === 'Event') as unknown as readonly JsonObject[]

/** Kubernetes counts an event that comes again in the object that is there. */
const identityOf = ({ metadata, count, lastTimestamp, series }: JsonObject): string => {
  const { namespace, name } = isJsonObject(metadata) ? metadata : {}
  return JSON.stringify([namespace, name, count, lastTimestamp, series])
}
