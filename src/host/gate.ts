import type { Awaitable, EventSink, HostPorts } from './ports'

/** Lets writes through while this host may write. */
export interface Gate {
  readonly open: () => void
  readonly close: () => void
  /** The ports, with writes that reject while the gate is closed. */
  readonly guarded: (ports: HostPorts) => HostPorts
}

/** Another host may have taken over: what is under way here must not write any more. */
export function gate(): Gate {
  const state = { isOpen: false }
  const closed = (): Promise<never> => Promise.reject(new Error('this host has stopped, or lost its lease'))
  const passing =
    <Arguments extends unknown[], Result>(write: (...given: Arguments) => Awaitable<Result>) =>
    async (...given: Arguments): Promise<Result> =>
      state.isOpen ? write(...given) : closed()
  return {
    open: () => {
      state.isOpen = true
    },
    close: () => {
      state.isOpen = false
    },
    guarded: ({ cluster, traffic, events, stepPlugins, ...others }) => ({
      ...others,
      cluster: {
        get: (kind, namespace, name) => cluster.get(kind, namespace, name),
        list: (kind, namespace, wanted) => cluster.list(kind, namespace, wanted),
        watch: (see) => cluster.watch(see),
        apply: passing((change) => cluster.apply(change)),
        writeStatus: passing((write) => cluster.writeStatus(write)),
      },
      ...(traffic && {
        traffic: {
          apply: passing((change, rollout) => traffic.apply(change, rollout)),
          ...(traffic.verifyWeight && { verifyWeight: (ask, rollout) => traffic.verifyWeight?.(ask, rollout) ?? {} }),
          ...(traffic.registeredTargets && {
            registeredTargets: (ask, rollout) => traffic.registeredTargets?.(ask, rollout) ?? {},
          }),
        },
      }),
      ...(stepPlugins && { stepPlugins: { call: passing((ask, rollout) => stepPlugins.call(ask, rollout)) } }),
      ...(events && {
        events: guardedEvents(
          events,
          passing((event) => events.emit(event)),
        ),
      }),
    }),
  }
}

const guardedEvents = (events: EventSink, emit: EventSink['emit']): EventSink => ({
  emit,
  ...(events.outboxOf && { outboxOf: events.outboxOf }),
})
