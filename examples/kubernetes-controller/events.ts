import type { EventSink, HostEvent } from 'rollout-engine/host'
import { type Api, ApiError } from './api'
import type { ObjectCache } from './cache'
import { resourceOf } from './resources'

/** Kubernetes events about objects, as `kubectl describe` shows them. The same event again raises its count. */
export function eventSink(api: Api, cache: ObjectCache, component: string): EventSink {
  return {
    async emit(event) {
      const { object: ref } = event
      const name = eventName(event)
      const path = `/api/v1/namespaces/${encodeURIComponent(ref.namespace || 'default')}/events`
      const body = {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name, namespace: ref.namespace || 'default' },
        involvedObject: { ...ref, apiVersion: resourceOf(ref.kind).apiVersion, uid: cache.get(ref)?.metadata.uid },
        reason: event.reason,
        message: event.message,
        type: event.type,
        source: { component },
        count: event.count,
        firstTimestamp: event.firstSeen,
        lastTimestamp: event.lastSeen,
      }
      try {
        await api.send({ method: 'POST', path, body })
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        if (error.code === 409) await api.send({ method: 'PATCH', path: `${path}/${name}`, body: seenAgain(event) })
        // A namespace that is being deleted takes no events any more: nobody would read them.
        else if (error.code !== 403 && error.code !== 404) throw error
      }
    },
  }
}

const seenAgain = ({ count, lastSeen }: HostEvent) => ({ count, lastTimestamp: lastSeen })

/** The same for the same event: emitted twice, it is one event. */
function eventName({ object: ref, reason, message, firstSeen }: HostEvent): string {
  const text = `${ref.kind} ${reason} ${message} ${firstSeen}`
  let hash = 0xcbf29ce484222325n
  for (const byte of Buffer.from(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return `${ref.name.slice(0, 200)}.${hash.toString(16).padStart(16, '0')}`
}
