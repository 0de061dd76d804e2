import type { HostPorts } from '../../src/host/index'
import type { MemoryCluster } from '../../src/memory/index'
import type { AnalysisPhase } from '../../src/model/analysis'
import type { Change } from '../../src/model/change'
import type { EngineEvent, ObjectRef } from '../../src/model/decision'

// Every port of a host. One call of one of them can fail, or be the last that the process makes.

export const portNames = [
  'get',
  'list',
  'apply',
  'writeStatus',
  'tellRouter',
  'verifyWeight',
  'measure',
  'readSecret',
  'stepPlugin',
  'emit',
  'readOutbox',
  'writeOutbox',
] as const

export type PortName = (typeof portNames)[number]

/** Ports that change something outside of the process. */
export const writing: ReadonlySet<PortName> = new Set([
  'apply',
  'writeStatus',
  'tellRouter',
  'stepPlugin',
  'emit',
  'writeOutbox',
])

/** What happens at the k-th call of a port, or at the k-th write of any port. The first is 1. */
export type Plan =
  | { readonly kind: 'smooth' }
  /** `lost`: the work was done, and only its answer was lost. */
  | { readonly kind: 'fails'; readonly port: PortName; readonly call: number; readonly work: 'undone' | 'lost' }
  | { readonly kind: 'dies'; readonly write: number; readonly when: 'before' | 'after' }

export interface World {
  readonly cluster: MemoryCluster
  readonly calls: Record<PortName, number>
  writes: number
  readonly events: EngineEvent[]
  readonly changes: Change[]
  readonly weights: number[]
  readonly outboxes: Map<string, readonly EngineEvent[]>
  readonly errors: unknown[]
}

export const newWorld = (cluster: MemoryCluster): World => ({
  cluster,
  calls: Object.fromEntries(portNames.map((name) => [name, 0])) as Record<PortName, number>,
  writes: 0,
  events: [],
  changes: [],
  weights: [],
  outboxes: new Map(),
  errors: [],
})

/** The life of one process. What is dead hears nothing any more, and nothing of it reaches the world. */
export interface Process {
  isDead: boolean
  readonly died: () => void
}

type Call = <T>(port: PortName, work: () => T | Promise<T>) => Promise<T>

function callsOf(world: World, plan: Plan, process: Process): Call {
  const never = new Promise<never>(() => {})
  const die = (): Promise<never> => {
    process.isDead = true
    process.died()
    return never
  }
  const failing: Call = async (port, work) => {
    const fails = ++world.calls[port] === (plan.kind === 'fails' && plan.port === port ? plan.call : 0)
    if (!fails) return work()
    if (plan.kind === 'fails' && plan.work === 'lost') await work()
    throw new Error(`503 of ${port}`)
  }
  return async (port, work) => {
    if (process.isDead) return never
    const isLast = writing.has(port) && ++world.writes === (plan.kind === 'dies' ? plan.write : 0)
    if (!isLast) return failing(port, work)
    if (plan.kind === 'dies' && plan.when === 'after') await work()
    return die()
  }
}

/** Routers, metrics, Secrets and plugins that do what they are told. Every measurement ends in the same phase. */
export function portsOf(
  world: World,
  plan: Plan,
  process: Process,
  measured: AnalysisPhase,
  now: () => string,
): Omit<HostPorts, 'clock'> {
  const call = callsOf(world, plan, process)
  const { cluster } = world
  return {
    cluster: {
      get: (kind, namespace, name) => call('get', () => cluster.get(kind, namespace, name)),
      list: (kind, namespace) => call('list', () => cluster.list(kind, namespace)),
      apply: (change) =>
        call('apply', () => {
          const failure = cluster.apply(change)
          if (!failure) world.changes.push(change)
          return failure
        }),
      writeStatus: (write) => call('writeStatus', () => cluster.writeStatus(write)),
      watch: (see) => cluster.watch((sighting) => !process.isDead && see(sighting)),
    },
    traffic: {
      apply: (change) =>
        call('tellRouter', () => {
          if (change.kind === 'setWeight') world.weights.push(change.weight)
          return undefined
        }),
      verifyWeight: ({ weight }) => call('verifyWeight', () => ({ verified: weight === world.weights.at(-1) })),
    },
    metrics: {
      measure: () =>
        call('measure', () => ({
          measurement: { phase: measured, value: '1', startedAt: now(), finishedAt: now() },
        })),
    },
    secrets: { read: () => call('readSecret', () => ({ token: 'hush-hush' })) },
    stepPlugins: { call: () => call('stepPlugin', () => ({ phase: 'Successful' })) },
    events: {
      emit: (event) => call('emit', () => void world.events.push(event)),
      outboxOf: (ref) => ({
        read: () => call('readOutbox', () => world.outboxes.get(keyOf(ref)) ?? []),
        write: (events) => call('writeOutbox', () => void world.outboxes.set(keyOf(ref), events)),
      }),
    },
  }
}

const keyOf = ({ kind, namespace, name }: ObjectRef): string => `${kind}/${namespace}/${name}`
