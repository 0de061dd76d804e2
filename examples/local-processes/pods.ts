import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ReplicaSet } from 'rollout-engine'
import type { PodCounts, Scale } from 'rollout-engine/memory'
import { hasEnded, startChild, stopChild } from './children'

const program = fileURLToPath(new URL('pod.mjs', import.meta.url))

/** A process that serves requests. */
export interface Pod {
  readonly hash: string
  readonly version: string
  readonly port: number
}

export interface Pods {
  /** For `memoryHost`: starts and stops processes until there are so many. */
  readonly scale: Scale
  /** Those that can be asked. */
  readonly serving: () => readonly Pod[]
  readonly stop: () => Promise<void>
}

/** What `processPods` tells. */
export interface PodWatch {
  /** How many processes a ReplicaSet has. */
  readonly counted: (replicaSet: string, counts: PodCounts) => void
  /** Other pods serve than before. A pod is not told to go before this is done. */
  readonly moved: () => Promise<void>
}

interface Running {
  readonly child: ChildProcess
  readonly pod: { readonly hash: string; readonly version: string; port?: number }
  isLeaving: boolean
}

interface Crew {
  readonly set: ReplicaSet
  wanted: number
  readonly running: Set<Running>
}

const restartMilliseconds = 200

/** One Node process for each pod of a ReplicaSet. One that dies by itself is replaced. */
export function processPods({ counted, moved }: PodWatch): Pods {
  const crews = new Map<string, Crew>()
  const state = { isStopped: false }
  const tell = ({ set, running }: Crew): void => {
    const staying = [...running].filter(({ isLeaving }) => !isLeaving)
    counted(set.metadata.name, {
      replicas: staying.length,
      ready: staying.filter(({ pod }) => pod.port !== undefined).length,
    })
  }
  const start = (crew: Crew): void => {
    const one = startPod(crew.set)
    crew.running.add(one)
    const { stdout } = one.child
    if (stdout) {
      createInterface({ input: stdout }).once('line', (line) => {
        one.pod.port = Number(line)
        tell(crew)
        void moved()
      })
    }
    one.child.once('exit', () => {
      crew.running.delete(one)
      tell(crew)
      if (one.isLeaving || state.isStopped) return
      void moved()
      setTimeout(() => settle(crew), restartMilliseconds)
    })
  }
  const leave = async (one: Running): Promise<void> => {
    one.isLeaving = true
    await moved()
    await stopChild(one.child)
  }
  const settle = (crew: Crew): void => {
    if (state.isStopped) return
    const staying = [...crew.running].filter(({ isLeaving }) => !isLeaving)
    for (let more = staying.length; more < crew.wanted; more++) start(crew)
    for (const one of staying.slice(crew.wanted)) void leave(one)
    tell(crew)
  }
  return {
    scale(set, replicas) {
      const { name } = set.metadata
      const crew = crews.get(name) ?? { set, wanted: 0, running: new Set() }
      crews.set(name, crew)
      crew.wanted = replicas
      settle(crew)
    },
    serving: () =>
      [...crews.values()].flatMap(({ running }) =>
        [...running].flatMap(({ pod, isLeaving, child }) => {
          const { port, ...others } = pod
          return port === undefined || isLeaving || hasEnded(child) ? [] : [{ ...others, port }]
        }),
      ),
    async stop() {
      state.isStopped = true
      const all = [...crews.values()].flatMap(({ running }) => [...running])
      await Promise.all(all.map(({ child }) => stopChild(child)))
    },
  }
}

interface Container {
  readonly image?: string
  readonly env?: readonly { readonly name: string; readonly value: string }[]
}

/** The image says which version of the program it is; the container's environment becomes the process's. */
function startPod({ metadata, spec }: ReplicaSet): Running {
  const [container] = (spec.template?.spec?.containers ?? []) as unknown as readonly Container[]
  const version = container?.image?.split(':')[1] ?? ''
  const given = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]))
  const env = { ...process.env, ...given, VERSION: version }
  const child = startChild(process.execPath, [program], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const hash = metadata.labels?.['rollouts-pod-template-hash'] ?? ''
  return { child, pod: { hash, version }, isLeaving: false }
}
