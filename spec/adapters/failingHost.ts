import type { LoopPorts } from '../../src/adapters/index'
import type { AnalysisRun } from '../../src/model/analysis'
import type { Change } from '../../src/model/change'
import type { EngineEvent, Failure } from '../../src/model/decision'
import type { KubeObject } from '../../src/model/meta'
import { formatTime, parseTime } from '../../src/model/time'
import { applied, applyStatus, type ClusterObjects, keysOf, observeRollout } from '../../src/simulate/index'
import { type PodGroups, runPods } from '../../src/simulate/pods'

// A host whose world is a modelled cluster under a virtual clock. One call of one of its ports can fail.

export type PortName = 'observe' | 'apply' | 'persistStatus' | 'emit' | 'answer'

/** `lost`: the work was done, and only the answer was lost. */
export type FailureMode = 'undone' | 'lost'

export interface PlannedFailure {
  readonly port: PortName
  /** The first call is 1. */
  readonly call: number
  readonly mode: FailureMode
}

export const rolloutKey = 'rollouts/shop/web'
const start = parseTime('2030-01-01T00:00:00Z') as number

const service = (name: string): KubeObject => ({
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: 'web' } },
})

const template = (image: string) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image }] },
})

/** A routed canary with an analysis and an experiment among its steps. */
const startObjects: ClusterObjects = {
  [rolloutKey]: {
    kind: 'Rollout',
    metadata: { name: 'web', namespace: 'shop', uid: 'u1', generation: 1 },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'web' } },
      template: template('web:1'),
      strategy: {
        canary: {
          canaryService: 'c',
          stableService: 's',
          trafficRouting: { smi: {} },
          steps: [
            { setWeight: 20 },
            { analysis: { templates: [{ templateName: 'check' }] } },
            { pause: { duration: '30s' } },
            { setWeight: 60 },
          ],
        },
      },
    },
  },
  'services/shop/c': service('c'),
  'services/shop/s': service('s'),
  'analysistemplates/shop/check': {
    kind: 'AnalysisTemplate',
    metadata: { name: 'check', namespace: 'shop' },
    spec: { metrics: [{ name: 'ok', provider: { web: { url: 'http://shop.example/ok' } } }] },
  },
}

export interface World {
  objects: ClusterObjects
  second: number
  pods: PodGroups
  readonly calls: Record<PortName, number>
  readonly events: EngineEvent[]
  readonly changes: Change[]
  /** The last weight that the router was told. */
  weight: number | undefined
  readonly errors: unknown[]
}

export const newWorld = (): World => ({
  objects: startObjects,
  second: 0,
  pods: {},
  calls: { observe: 0, apply: 0, persistStatus: 0, emit: 0, answer: 0 },
  events: [],
  changes: [],
  weight: undefined,
  errors: [],
})

const nowOf = ({ second }: World): string => formatTime(start + second)

/**
 * How long an analysis takes. One that is over before the Rollout could note it down is started again, as by the controller: a
 * finished run of the same name counts for another update.
 */
const analysisSeconds = 20

/** Everybody else: pods, and the analyses, which succeed. */
function settle(world: World): void {
  const pods = runPods(world.objects, world.pods, {}, world.second)
  world.objects = pods.objects
  world.pods = pods.groups
  for (const key of keysOf(world.objects, 'AnalysisRun', 'shop')) {
    const run = world.objects[key] as unknown as AnalysisRun
    const age = start + world.second - (parseTime(run.metadata.creationTimestamp) ?? 0)
    if (run.status?.phase !== 'Successful' && age >= analysisSeconds)
      world.objects = applyStatus(world.objects, key, { phase: 'Successful' })
  }
}

/** `refuses`: changes that come back as a failure. */
export function portsOf(
  world: World,
  planned: PlannedFailure | undefined,
  refuses: (change: Change) => Failure | undefined = () => undefined,
): LoopPorts {
  const call = async <T>(port: PortName, work: () => T): Promise<T> => {
    const fails = ++world.calls[port] === planned?.call && planned.port === port
    if (fails && planned.mode === 'undone') throw new Error(`${port} is down`)
    const result = work()
    if (fails) throw new Error(`the answer of ${port} was lost`)
    return result
  }
  return {
    observe: () => call('observe', () => observeRollout(world.objects, rolloutKey, nowOf(world))),
    apply: (change) =>
      call('apply', () => {
        const failure = refuses(change)
        if (failure) return failure
        world.changes.push(change)
        if (change.kind === 'setWeight') world.weight = change.weight
        world.objects = applied(world.objects, change, { now: nowOf(world), uidOf: (key) => `uid-${key}` })
        return undefined
      }),
    persistStatus: (status) =>
      call('persistStatus', () => {
        world.objects = applyStatus(world.objects, rolloutKey, status)
      }),
    emit: (event) => call('emit', () => void world.events.push(event)),
    answer: (ask) =>
      call('answer', () =>
        ask.kind === 'verifyWeight' ? { verified: ask.weight === world.weight } : { phase: 'Successful' },
      ),
    wait: async (seconds) => {
      // Whatever the loop asks for: a change of pods or runs ends the wait.
      for (const end = world.second + Math.max(1, Math.ceil(seconds)); world.second < end; ) {
        const before = world.objects
        world.second++
        settle(world)
        if (world.objects !== before) return
      }
    },
    onError: (error) => void world.errors.push(error),
  }
}

export function setImage(world: World, image: string): void {
  const rollout = world.objects[rolloutKey] as KubeObject
  const spec = { ...(rollout.spec as object), template: template(image) }
  const metadata = { ...rollout.metadata, generation: (rollout.metadata.generation ?? 1) + 1 }
  world.objects = { ...world.objects, [rolloutKey]: { ...rollout, metadata, spec } }
}
