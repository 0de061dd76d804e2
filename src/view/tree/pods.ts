import type { Pod } from '../../model/workload'
import { podIcon } from '../icons'
import type { PodView } from '../rolloutView'
import { byCreation, byName, isOwnedBy, viewMetaOf } from './meta'

// The text of kubectl's STATUS column for a pod.

interface Terminated {
  readonly exitCode?: number
  readonly signal?: number
  readonly reason?: string
}

interface ContainerStatus {
  readonly name: string
  readonly ready?: boolean
  readonly restartCount?: number
  readonly started?: boolean
  readonly state?: {
    readonly waiting?: { readonly reason?: string }
    readonly running?: object
    readonly terminated?: Terminated
  }
}

interface PodFacts {
  readonly spec?: { readonly containers?: readonly object[]; readonly initContainers?: readonly InitContainer[] }
  readonly status?: {
    readonly phase?: string
    readonly reason?: string
    readonly initContainerStatuses?: readonly ContainerStatus[]
    readonly containerStatuses?: readonly ContainerStatus[]
  }
}

interface InitContainer {
  readonly name: string
  readonly restartPolicy?: string
}

/** The pods of a ReplicaSet, the oldest first. */
export const podViewsOf = (replicaSetUid: string | undefined, pods: readonly Pod[]): readonly PodView[] =>
  pods
    .filter(({ metadata }) => isOwnedBy(replicaSetUid, metadata))
    .map(podView)
    .sort((left, right) => byCreation(left.objectMeta, right.objectMeta) || byName(left.objectMeta, right.objectMeta))

function podView(pod: Pod): PodView {
  const facts = pod as unknown as PodFacts
  const { status = {}, spec = {} } = facts
  const starting = initialization(facts)
  const containers = starting ? undefined : runningContainers(facts)
  const reason = starting?.reason ?? containers?.reason ?? (status.reason || status.phase || '')
  const shown = pod.metadata.deletionTimestamp ? leavingReason(status.reason) : reason
  return {
    objectMeta: viewMetaOf(pod.metadata),
    status: shown,
    icon: podIcon(shown),
    ready: `${containers?.ready ?? 0}/${(spec.containers ?? []).length}`,
    restarts: starting?.restarts ?? containers?.restarts ?? 0,
  }
}

const leavingReason = (reason: string | undefined): string => (reason === 'NodeLost' ? 'Unknown' : 'Terminating')

const exitReason = ({ reason, signal, exitCode }: Terminated): string =>
  reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode ?? 0}`)

interface Initialization {
  readonly reason: string
  readonly restarts: number
}

/** The first init container that is not done holds the pod back; undefined once none does. */
function initialization({ spec = {}, status = {} }: PodFacts): Initialization | undefined {
  const initContainers = spec.initContainers ?? []
  const sidecars = new Set(
    initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name),
  )
  let restarts = 0
  for (const [index, container] of (status.initContainerStatuses ?? []).entries()) {
    const { state = {}, name, started, ready } = container
    restarts += container.restartCount ?? 0
    if (state.terminated) {
      if ((state.terminated.exitCode ?? 0) === 0) continue
      return { reason: `Init:${exitReason(state.terminated)}`, restarts }
    }
    if (sidecars.has(name) && started) {
      if (ready) continue
      return undefined
    }
    const waiting = state.waiting?.reason
    const reason = waiting && waiting !== 'PodInitializing' ? waiting : `${index}/${initContainers.length}`
    return { reason: `Init:${reason}`, restarts }
  }
  return undefined
}

interface Running {
  readonly reason?: string
  readonly ready: number
  readonly restarts: number
}

/** The first container with a reason wins, so they are read from the last to the first. */
function runningContainers({ status = {} }: PodFacts): Running {
  const containers = status.containerStatuses ?? []
  let reason: string | undefined
  let ready = 0
  let restarts = 0
  for (const container of [...containers].reverse()) {
    const { state = {} } = container
    restarts += container.restartCount ?? 0
    if (state.waiting?.reason) reason = state.waiting.reason
    else if (state.terminated) reason = exitReason(state.terminated)
    else if (container.ready && state.running) ready++
  }
  const said = reason ?? (status.reason || status.phase)
  return { reason: said === 'Completed' && ready > 0 ? 'Running' : (said ?? ''), ready, restarts }
}
