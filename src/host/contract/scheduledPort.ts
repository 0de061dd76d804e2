import { givenObject, givenTexts } from '../../model/given'

/** What of a scheduler of fast-check is used. */
export interface PortScheduler {
  /** Resolves when it is the task's turn. */
  readonly schedule: <T>(task: Promise<T>, label?: string) => Promise<T>
}

/**
 * A port of a host whose calls arrive, and are answered, in the order that `fc.scheduler` chooses: two hosts, a user
 * and a slow API server between them. Only the named methods are delayed; they have to return promises. An adapter
 * that is right only while nobody comes between its reads and its writes fails in one of the orders, and fast-check
 * prints it.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { scheduledPort } from 'rollout-engine/check'
 * const store = { count: 0, read: async () => store.count, write: async (count: number) => { store.count = count } }
 * const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
 *   store.count = 0
 *   const { read, write } = scheduledPort(scheduler, store, ['read', 'write'])
 *   const add = async () => write((await read()) + 1)
 *   await scheduler.waitFor(Promise.all([add(), add()]))
 *   return store.count === 2
 * })
 * const { failed } = await fc.check(property, { seed: 1 })
 * failed // => true
 */
export function scheduledPort<Port extends object>(
  scheduler: PortScheduler,
  port: Port,
  methods: readonly (keyof Port & string)[],
): Port {
  const delayed = givenTexts(methods).flatMap((name) => {
    const method = givenObject<Readonly<Record<string, unknown>>>(port)[name]
    return typeof method === 'function' ? [[name, delayedCall(scheduler, port, name, method)]] : []
  })
  return { ...port, ...Object.fromEntries(delayed) }
}

type Method = (...values: readonly unknown[]) => unknown

function delayedCall(scheduler: PortScheduler, port: object, name: string, method: unknown): Method {
  return async (...values) => {
    await scheduler.schedule(Promise.resolve(), `${name} arrives`)
    try {
      return await (method as Method).apply(port, [...values])
    } finally {
      await scheduler.schedule(Promise.resolve(), `${name} is answered`)
    }
  }
}
