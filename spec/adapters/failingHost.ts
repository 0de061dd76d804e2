import type { LoopPorts } from '../../src/adapters/index'
import type { Change } from '../../src/model/change'
import type { EngineEvent, Failure } from '../../src/model/decision'
import type { KubeObject } from '../../src/model/meta'
import { formatTime, parseTime } from '../../src/model/time'
import { applied, applyStatus, type ClusterObjects, keysOf, observeRollout } from '../../src/simulate/index'
import type { PodGroups } from '../../src/simulate/podGroup'
import { runPods } from '../../src/simulate/pods'

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

export const template = (image: string) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image }] },
})

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

export const newWorld = (objects: ClusterObjects): World => ({
  objects,
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

/** Everybody else: pods, and the controllers of analyses and Experiments, all of which succeed. */
function settle(world: World): void {
  const pods = runPods(world.objects, world.pods, {}, world.second)
  world.objects = pods.objects
  world.pods = pods.groups
  const judged = [...keysOf(world.objects, 'AnalysisRun', 'shop'), ...keysOf(world.objects, 'Experiment', 'shop')]
  for (const key of judged) {
    const { metadata, spec, status } = world.objects[key] as KubeObject
    // One that runs in the background goes on until the Rollout ends it.
    const isOver = (status as { phase?: string } | undefined)?.phase === 'Successful'
    const age = start + world.second - (parseTime(metadata.creationTimestamp) ?? 0)
    const isEnded = (spec as { terminate?: boolean }).terminate === true || !isBackground(metadata)
    if (!isOver && isEnded && age >= analysisSeconds)
      world.objects = applyStatus(world.objects, key, { phase: 'Successful' })
  }
}

const isBackground = ({ labels }: KubeObject['metadata']): boolean => labels?.['rollout-type'] === 'Background'

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

/** When the process of the host dies: before or after its k-th write to the world. */
export interface PlannedDeath {
  readonly write: number
  readonly when: 'before' | 'after'
}

/** What a process leaves behind. */
export interface Grave {
  writes: number
  isDead: boolean
  /** The file of the outbox. */
  stored: readonly EngineEvent[]
}

export class Died extends Error {}

/**
 * Ports of one process that dies at a write: from then on nothing of it reaches the world, whatever it tries. Another process with
 * ports of its own, and the same world and outbox, goes on.
 */
export function mortalPorts(ports: LoopPorts, grave: Grave, death: PlannedDeath | undefined): LoopPorts {
  grave.isDead = false
  const alive = (): void => {
    if (grave.isDead) throw new Died('the process is dead')
  }
  const write = async <T>(work: () => Promise<T>): Promise<T> => {
    alive()
    const isLast = ++grave.writes === death?.write
    if (isLast && death.when === 'before') grave.isDead = true
    alive()
    const result = await work()
    grave.isDead = isLast
    alive()
    return result
  }
  const read = async <T>(work: () => Promise<T>): Promise<T> => {
    alive()
    return work()
  }
  return {
    observe: () => read(ports.observe),
    answer: (ask) => read(() => ports.answer(ask)),
    apply: (change) => write(() => ports.apply(change)),
    persistStatus: (status, before) => write(() => ports.persistStatus(status, before)),
    emit: (event) => write(() => ports.emit(event)),
    outbox: {
      read: () => read(async () => grave.stored),
      write: (events) =>
        write(async () => {
          grave.stored = JSON.parse(JSON.stringify(events))
        }),
    },
    wait: ports.wait,
    onError: (error) => {
      if (grave.isDead) throw error
      ports.onError?.(error)
    },
  }
}
