import { ownValue } from '../../model/json'
import {
  experimentTemplateNameAnnotation,
  podTemplateHashLabel,
  scaleDownDeadlineAnnotation,
} from '../../model/labelKeys'
import type { Rollout } from '../../model/rollout'
import type { Pod, PodTemplate, ReplicaSet } from '../../model/workload'
import { replicaSetIcon } from '../icons'
import type { ContainerView, ReplicaSetView } from '../rolloutView'
import { byName, isOwnedBy, revisionOf, viewMetaOf } from './meta'
import { podViewsOf } from './pods'

type Roles = Pick<ReplicaSetView, 'stable' | 'canary' | 'active' | 'preview' | 'ping' | 'pong'>

const noRoles: Roles = { stable: false, canary: false, active: false, preview: false, ping: false, pong: false }

interface Owner {
  readonly uid: string | undefined
  /** Gives its ReplicaSets their roles; an Experiment's have none. */
  readonly rollout?: Rollout
}

/** The ReplicaSets of a Rollout or an Experiment, the newest revision first. */
export function replicaSetViewsOf(
  { uid, rollout }: Owner,
  replicaSets: readonly ReplicaSet[],
  pods: readonly Pod[],
): readonly ReplicaSetView[] {
  return replicaSets
    .filter(({ metadata }) => isOwnedBy(uid, metadata))
    .map((set) => replicaSetView(set, rollout, pods))
    .sort((left, right) => right.revision - left.revision || byName(left.objectMeta, right.objectMeta))
}

function replicaSetView(set: ReplicaSet, rollout: Rollout | undefined, pods: readonly Pod[]): ReplicaSetView {
  const { annotations } = set.metadata
  const status = healthOf(set)
  const images = containersOf(set.spec.template)
  return {
    objectMeta: viewMetaOf(set.metadata),
    status,
    icon: replicaSetIcon(status),
    revision: revisionOf(set.metadata),
    ...(rollout ? rolesOf(ownValue(set.metadata.labels, podTemplateHashLabel) ?? '', rollout) : noRoles),
    replicas: set.status?.replicas ?? 0,
    available: set.status?.availableReplicas ?? 0,
    template: ownValue(annotations, experimentTemplateNameAnnotation) ?? '',
    scaleDownDeadline: ownValue(annotations, scaleDownDeadlineAnnotation) ?? '',
    images: images.containers.map(({ image }) => image),
    initContainerImages: images.initContainers.map(({ image }) => image),
    pods: podViewsOf(set.metadata.uid, pods),
  }
}

function healthOf({ metadata, spec, status = {} }: ReplicaSet): string {
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) return 'Progressing'
  const failure = (status.conditions ?? []).find(({ type }) => type === 'ReplicaFailure')
  if (failure?.status === 'True') return 'ReplicaFailure'
  if (spec.replicas !== undefined && (status.availableReplicas ?? 0) < spec.replicas) return 'Progressing'
  return spec.replicas === 0 ? 'ScaledDown' : 'Healthy'
}

/** As upstream, a missing hash equals one that is not written yet. */
function rolesOf(hash: string, { spec, status = {} }: Rollout): Roles {
  const { canary, blueGreen } = spec.strategy ?? {}
  const stable = (canary || blueGreen) !== undefined && hash === (status.stableRS ?? '')
  const isCanary = canary !== undefined && !stable && hash === (status.currentPodHash ?? '')
  const active = blueGreen !== undefined && hash === (status.blueGreen?.activeSelector ?? '')
  const preview = blueGreen !== undefined && !active && hash === (status.blueGreen?.previewSelector ?? '')
  const swaps = canary?.pingPong !== undefined && (stable || isCanary)
  const ping = swaps && stable === (status.canary?.stablePingPong === 'ping')
  return { stable, canary: isCanary, active, preview, ping, pong: swaps && !ping }
}

interface Containers {
  readonly containers: readonly ContainerView[]
  readonly initContainers: readonly ContainerView[]
}

interface PodSpecFacts {
  readonly containers?: readonly { readonly name: string; readonly image?: string }[]
  readonly initContainers?: readonly { readonly name: string; readonly image?: string }[]
}

/** Names and images of a pod template. */
export function containersOf(template: PodTemplate | undefined): Containers {
  const { containers = [], initContainers = [] } = (template?.spec ?? {}) as PodSpecFacts
  const view = ({ name, image = '' }: { readonly name: string; readonly image?: string }): ContainerView => ({
    name,
    image,
  })
  return { containers: containers.map(view), initContainers: initContainers.map(view) }
}
