import type { EngineEvent, ObjectRef } from '../../model/decision'
import type { Rollout } from '../../model/rollout'
import { sameJson } from '../../model/sameJson'
import type { Sighting } from '../ports'
import { benchOf, notForThese, type Promised, replicaSetIn, rolloutName, setName, shownValue } from './subject'

const eventOf = (object: ObjectRef, message: string): EngineEvent => ({
  object,
  type: 'Normal',
  reason: 'RolloutUpdated',
  message,
})

/** What outlives the process. */
const restartChecks: readonly Promised[] = [
  {
    id: 'restart-objects',
    promise: 'after a restart get, list and watch have everything that was written before',
    find: async ({ subject, cluster, namespace }) => {
      if (!subject.restart) return notForThese
      await cluster.apply({ kind: 'createReplicaSet', replicaSet: replicaSetIn(namespace) })
      const again = benchOf(await subject.restart())
      if (!(await again.get())) return 'get does not have it'
      const listed = await again.cluster.list('ReplicaSet', namespace)
      if (!listed?.some(({ metadata }) => metadata.name === setName)) return 'list does not have it'
      const seen: Sighting[] = []
      const stop = again.cluster.watch((sighting) => void seen.push(sighting))
      await again.subject.seen?.()
      stop()
      return seen.some(({ ref }) => ref.name === setName) ? undefined : 'watch does not tell it'
    },
  },
  {
    id: 'restart-events',
    promise: 'events that wait in the outbox are there after a restart',
    find: async ({ subject, namespace }) => {
      const ref = { kind: 'Rollout', namespace, name: rolloutName }
      const outbox = subject.ports.events?.outboxOf?.(ref)
      if (!outbox || !subject.restart) return notForThese
      const events = [eventOf(ref, 'one'), eventOf(ref, 'two')]
      await outbox.write(events)
      const again = await subject.restart()
      const read = await again.ports.events?.outboxOf?.(ref)?.read()
      return sameJson(read, events) ? undefined : `the outbox has ${shownValue(read)}`
    },
  },
]

const eventChecks: readonly Promised[] = [
  {
    id: 'outbox-replaced',
    promise: 'a write of the outbox replaces what was there, and other objects have their own',
    find: async ({ subject, namespace }) => {
      const { outboxOf } = subject.ports.events ?? {}
      const ref = { kind: 'Rollout', namespace, name: rolloutName }
      const other = { ...ref, name: `${rolloutName}-2` }
      if (!outboxOf) return notForThese
      await outboxOf(ref).write([eventOf(ref, 'one'), eventOf(ref, 'two')])
      await outboxOf(other).write([])
      await outboxOf(ref).write([eventOf(ref, 'two')])
      const read = await outboxOf(ref).read()
      return sameJson(read, [eventOf(ref, 'two')]) ? undefined : `the outbox has ${shownValue(read)}`
    },
  },
  {
    id: 'event-again',
    promise: 'the same event may be emitted again with a higher count',
    find: async ({ subject, namespace }) => {
      const { events } = subject.ports
      if (!events) return notForThese
      const event = eventOf({ kind: 'Rollout', namespace, name: rolloutName }, 'again')
      for (const [count, lastSeen] of [
        [1, '2030-01-01T00:00:00Z'],
        [2, '2030-01-01T00:01:00Z'],
      ] as const)
        await events.emit({ ...event, count, firstSeen: '2030-01-01T00:00:00Z', lastSeen })
      return undefined
    },
  },
]

const trafficChecks: readonly Promised[] = [
  {
    id: 'weight-twice',
    promise: 'the same weight may be set twice',
    find: async ({ subject: { routed, ports } }) => {
      if (!routed || !ports.traffic) return notForThese
      for (let time = 0; time < 2; time++) {
        const failure = await ports.traffic.apply(
          { kind: 'setWeight', router: routerOf(routed), weight: 30, destinations: [] },
          routed,
        )
        if (failure) return `it was refused: ${failure.message}`
      }
      return undefined
    },
  },
  {
    id: 'weight-not-verified',
    promise: 'verifyWeight does not say yes to a weight that was not set',
    find: async ({ subject: { routed, ports, seen } }) => {
      if (!routed || !ports.traffic?.verifyWeight) return notForThese
      const router = routerOf(routed)
      await ports.traffic.apply({ kind: 'setWeight', router, weight: 30, destinations: [] }, routed)
      await seen?.()
      const { verified } = await ports.traffic.verifyWeight(
        { kind: 'verifyWeight', key: 'verifyWeight', router, weight: 70, destinations: [] },
        routed,
      )
      return verified === true ? 'it says yes to 70 after 30 was set' : undefined
    },
  },
]

/** The field of `trafficRouting` that names the router. */
const routerOf = ({ spec }: Rollout): string => Object.keys(spec.strategy?.canary?.trafficRouting ?? {})[0] ?? ''

/** Restarts, events and routers. */
export const otherChecks: readonly Promised[] = [...restartChecks, ...eventChecks, ...trafficChecks]
