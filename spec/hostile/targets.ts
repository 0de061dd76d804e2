import type { adapterContract, RolloutMonitor, strategyModel } from '../../src/check/index'
import type { Host } from '../../src/host/index'
import type { MemoryCluster, ObjectStore } from '../../src/memory/index'
import { metricConditions } from '../../src/metrics/index'
import { publishedEntries } from '../../tsup.config'
import { fc } from '../properties/fc'
import { deepFreeze } from '../properties/recorded'
import type { Random } from './random'
import { samples } from './samples'
import { oddOne, spoilt } from './spoil'

/** One published function under attack. */
export interface Target {
  readonly entry: string
  readonly name: string
  readonly inputOf: (random: Random) => readonly unknown[]
  /** Sound inputs. */
  readonly sound: readonly (readonly unknown[])[]
  /** It has no parameters. */
  readonly takesNothing: boolean
  /** Calls it with an input; what comes back is what it came to. */
  readonly call: (input: readonly unknown[]) => unknown
}

type Fn = (...input: readonly unknown[]) => unknown

/** Every function that an entry of the package publishes, or the module at a path from the root. */
export async function targetsOf(entry: string): Promise<readonly Target[]> {
  const source = publishedEntries[entry] ?? entry
  const published = (await import(new URL(`../../${source}`, import.meta.url).href)) as Readonly<
    Record<string, unknown>
  >
  return Object.entries(published)
    .filter(([, value]) => typeof value === 'function')
    .map(([name, value]) => ({
      entry,
      name,
      inputOf: inputsOf(name),
      sound: samples[name] ?? [],
      takesNothing: (value as Fn).length === 0 && (samples[name] ?? []).every((input) => input.length === 0),
      call: callOf(name, value as Fn),
    }))
}

/** Functions that would be attacked with odd values alone, which most refuse at the first look. */
export const withoutSample = (names: readonly string[]): readonly string[] =>
  names.filter((name) => !Object.hasOwn(samples, name))

function inputsOf(name: string): Target['inputOf'] {
  const sound = deepFreeze(samples[name] ?? [])
  return (random) => {
    if (sound.length === 0 || random.below(50) === 0)
      return Array.from({ length: random.below(4) }, () => oddOne(random))
    const input = random.pick(sound)
    const at = random.below(input.length)
    return input.map((one, index) => (index === at || random.below(6) === 0 ? spoilt(one, random) : one))
  }
}

/** Functions of hosts and composers get sound ports; what the ports answer is hostile. */
const callers: Readonly<Record<string, (fn: Fn, input: readonly unknown[]) => unknown>> = {
  reconcileOnce: (fn, [observed, answer, failure]) => fn(ports(observed, answer, failure)),
  drive: (fn, [observed, answer, failure]) => {
    let hasRun = false
    return fn({ ...ports(observed, answer, failure), wait: async () => {} }, () => {
      const isEnough = hasRun
      hasRun = true
      return isEnough
    })
  },
  // A story of ten years takes as long as its host allows: `maxReconciles` is the bound.
  runSimulation: (fn, [story, ...others]) => fn(withFewReconciles(story), ...others),
  simulate: (fn, [story, ...others]) =>
    fn(typeof story === 'object' && story !== null ? shortened(story) : story, ...others),
  outlook: (fn, [observed, events, options]) => fn(observed, events, shortened(options ?? {})),
  explain: (fn, [observed, options]) => fn(observed, shortened(options ?? {})),
  availableCommands: (fn, [observed, options]) => fn(observed, shortened(options ?? {})),
  replayAnalysis: (fn, [template, series, options]) => fn(template, series, bounded(options, 'mostMeasurements', 50)),
  checkEveryWay: (fn, [manifests, options]) =>
    fn(manifests, { ...bounded(options, 'mostStates', 3), depth: 1, maxReconciles: 100 }),
  replayScenario: (fn, [manifests, scenario, options]) =>
    fn(manifests, scenario, bounded(options, 'maxReconciles', 100)),
  sweep: (fn, [make, options]) => fn(make, withOneRun(options)),
  sweepSimulation: (fn, [story, options]) => fn(withFewReconciles(story), withOneRun(options)),
  sweepPart: (fn, [story, options]) => fn(withFewReconciles(story), withOneRun(options)),
  tryStrategy: (fn, [manifests, options]) => fn(manifests, withOneRun(options)),
  // It fails tests by what it throws: anything but its own message is a casualty.
  checkStrategy: (fn, [manifests, options]) => {
    try {
      return fn(manifests, withOneRun(options))
    } catch (error) {
      if (error instanceof Error && error.constructor === Error) return error.message
      throw error
    }
  },
  // Files are written only where somebody names a folder.
  checkAndSave: (fn, [manifests, options]) => {
    try {
      return fn(manifests, { ...(withOneRun(options) as object), saveTo: undefined })
    } catch (error) {
      if (error instanceof Error && error.constructor === Error) return error.message
      throw error
    }
  },
  measureWithFetch: (fn, [context, operation, answer]) => fn(withConditions(context), operation, host(answer)),
  measureAnalysisRun: (fn, [run, answer]) => fn(run, host(answer)),
  notifyWithFetch: (fn, [notification, options, reply]) =>
    fn(notification, { ...(options as object), fetch: fetchOf(reply) }),
  ...Object.fromEntries(
    [
      'rollouts',
      'invalidRollouts',
      'rolloutEdits',
      'worlds',
      'metricSeries',
      'commandSequences',
      'updateSchedules',
    ].map((name) => [
      name,
      (fn: Fn, input: readonly unknown[]) => fc.sample(fn(...input) as never, { numRuns: 1, seed: 1 }),
    ]),
  ),
  // Functions are told by their names; a world is told by what can be read of it.
  strategyModel: (fn, input) => {
    const { commands, setup, issues } = fn(...input) as ReturnType<typeof strategyModel>
    return { issues, commands: commands.length, begins: setup().real.world.state }
  },
  scheduledPort: (fn, [scheduler, port, methods]) => Object.keys(fn(scheduler, port, methods) as object),
  adapterContract: async (fn, [subject]) => {
    const [check] = fn(() => subject) as ReturnType<typeof adapterContract>
    // A check says what is wrong by what it rejects with.
    return check
      ?.run()
      .catch((error: unknown) =>
        error instanceof Error && error.constructor === Error ? error.message : Promise.reject(error),
      )
  },
  monitorRollout: (fn, [ref, invariants, sighting, now]) => {
    const monitor = fn(ref, invariants) as RolloutMonitor
    monitor.see(sighting as never)
    return monitor.judge(now as never, sighting as never)
  },
  // What it gives are two functions.
  metricConditionsOf: (fn, [controller, found, metric, now, expression]) => {
    const { evaluate, evaluateTime } = fn(controller) as typeof metricConditions
    return [evaluate(found as never, metric as never, now as string), evaluateTime(expression as string, now as string)]
  },
  sendWithFetch: (fn, [request, reply]) => fn(request, { fetch: fetchOf(reply) }),
  // Like every fetch it rejects with an error of the platform. The address does not answer, and nothing is connected to.
  insecureFetch: async (fn, [url, options]) => {
    const given = typeof options === 'object' && options !== null ? options : {}
    const address = typeof url === 'string' ? 'https://127.0.0.1:1/' : url
    try {
      return await fn(address, { ...given, signal: AbortSignal.abort() })
    } catch (error) {
      if (error instanceof Error) return error.name
      throw error
    }
  },
  startExchange: (fn, [context, ...others]) => fn(withConditions(context), ...others),
  continueExchange: (fn, [context, ...others]) => fn(withConditions(context), ...others),
  request: (fn, [context, ...others]) => fn(withConditions(context), ...others),
  interpret: (fn, [context, ...others]) => fn(withConditions(context), ...others),
  createHost: async (fn, [object, list, failure]) => {
    const cluster = {
      get: () => object,
      list: () => list,
      apply: () => failure,
      writeStatus: () => undefined,
      watch: (see: Fn) => {
        see({ ref: { kind: 'Rollout', namespace: 'shop', name: 'web' }, object })
        return () => {}
      },
    }
    return workedOnce(fn({ cluster, clock: stoppedClock }) as Host)
  },
  memoryHost: async (fn, [objects]) => workedOnce(fn(objects, { clock: stoppedClock }) as Host),
  memoryCluster: (fn, [object, change, counts]) => {
    const cluster = fn({ clock: stoppedClock }) as MemoryCluster
    cluster.applyObject(object as never)
    cluster.applyObject(object as never)
    cluster.putObject(object as never)
    const failure = cluster.apply(change as never)
    cluster.reportPods(object as never, counts as never)
    cluster.removeObject(object as never)
    return [failure, cluster.objects()]
  },
  objectStore: (fn, [ref, object, wanted]) => {
    const store = fn() as ObjectStore
    store.put(ref as never, object as never)
    const found = [
      store.get(ref as never),
      store.list('ReplicaSet', 'shop'),
      store.list('ReplicaSet', 'shop', wanted as never),
    ]
    store.remove(ref as never)
    return [found, store.all(), store.ownedBy('u1', 'shop')]
  },
  applied: (fn, [objects, change]) => fn(objects, change, { now: '2030-01-01T00:00:00Z', uidOf: () => 'u' }),
}

/** Nothing that has to wait is ever due. */
const stoppedClock = { now: () => 1_900_000_000_000, after: () => () => {} }

async function workedOnce(host: Host): Promise<unknown> {
  const stop = new AbortController()
  const running = host.run(stop.signal)
  await host.idle()
  stop.abort()
  await running
  return host.metrics()[0]
}

function callOf(name: string, fn: Fn): Target['call'] {
  const caller = callers[name]
  return (input) => (caller ? caller(fn, input) : fn(...input))
}

const withFewReconciles = (story: unknown): unknown => {
  if (typeof story !== 'object' || story === null) return story
  const { spec } = story as { readonly spec?: unknown }
  return typeof spec === 'object' && spec !== null ? { ...story, spec: shortened(spec) } : story
}

/** Options that are none count as empty ones. */
const shortened = (options: unknown): unknown => ({
  ...(typeof options === 'object' && options !== null ? options : {}),
  maxReconciles: 12,
})

/** At most so much of what an option asks for. */
const bounded = (options: unknown, field: string, most: number): object => {
  const given = (typeof options === 'object' && options !== null ? options : {}) as Readonly<Record<string, unknown>>
  const value = given[field]
  return { ...given, [field]: value === undefined || (typeof value === 'number' && value > most) ? most : value }
}

const oneRun = { runs: 1, maxReconciles: 100, mostShrinks: 0 }

/** The runs cost what they are asked to cost. */
const withOneRun = (options: unknown): unknown =>
  typeof options === 'object' && options !== null ? { ...options, ...oneRun } : oneRun

const withConditions = (context: unknown): unknown =>
  typeof context === 'object' && context !== null ? { ...context, ...metricConditions } : { ...metricConditions }

const ports = (observed: unknown, answer: unknown, failure: unknown) => ({
  observe: async () => observed,
  apply: async () => failure,
  persistStatus: async () => {},
  emit: async () => {},
  answer: async () => answer,
})

function host(answer: unknown) {
  const now = (): string => '2030-01-01T00:00:00Z'
  const data = typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : answer
  return {
    now,
    wait: async () => {},
    answer: async () => answer,
    readSecret: async () => data,
    fetch: fetchOf(answer),
    log: () => {},
  }
}

/** What a server says. The reply has the form of the platform's, as `fetch` gives no other. */
function fetchOf(reply: unknown) {
  const {
    status = 200,
    statusText = '',
    body = '',
  } = (typeof reply === 'object' && reply !== null ? reply : {}) as Record<string, unknown>
  return async () => {
    const chunks = [new TextEncoder().encode(typeof body === 'string' ? body : '')]
    return {
      status: Number.isInteger(status) ? status : 200,
      statusText: typeof statusText === 'string' ? statusText : '',
      headers: { forEach: () => {} },
      body: {
        getReader: () => ({
          read: async () => (chunks.length > 0 ? { done: false, value: chunks.pop() } : { done: true }),
          cancel: async () => {},
        }),
      },
    }
  }
}
