import type { ObjectMeta } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { FamilyName } from './families'
import type { Sample } from './series'

export type NamedSample = readonly [family: FamilyName, sample: Sample]

export const labelsOf = ({ namespace, name }: ObjectMeta): Sample['labels'] => ({ namespace: namespace ?? '', name })

/** This vocabulary has nothing to do with `status.phase` (behaviour 9.4). */
const phaseOfReason: Readonly<Record<string, string>> = {
  NewReplicaSetAvailable: 'Completed',
  RolloutPaused: 'Paused',
  ReplicaSetCreateError: 'Error',
  ProgressDeadlineExceeded: 'Timeout',
  RolloutAborted: 'Abort',
}

/** InvalidSpec has no series of its own. */
const deprecatedPhases = ['Completed', 'Progressing', 'Paused', 'Timeout', 'Error', 'Abort']

export function rolloutSamples({ metadata, spec, status = {} }: Rollout): readonly NamedSample[] {
  const labels = labelsOf(metadata)
  const { replicas = 0, availableReplicas = 0, updatedReplicas = 0 } = status
  const phase = phaseOf(status.conditions ?? [])
  const strategy = spec.strategy?.blueGreen ? 'blueGreen' : spec.strategy?.canary ? 'canary' : 'none'
  return [
    ['rollout_info', { labels: { ...labels, strategy, traffic_router: routerOf(spec, strategy), phase }, value: 1 }],
    ['rollout_info_replicas_available', { labels, value: availableReplicas }],
    ['rollout_info_replicas_unavailable', { labels, value: replicas - availableReplicas }],
    ['rollout_info_replicas_desired', { labels, value: spec.replicas ?? 1 }],
    ['rollout_info_replicas_updated', { labels, value: updatedReplicas }],
    ...deprecatedPhases.map(
      (one): NamedSample => [
        'rollout_phase',
        { labels: { ...labels, strategy, phase: one }, value: Number(one === phase) },
      ],
    ),
  ]
}

function phaseOf(conditions: readonly { readonly type: string; readonly reason?: string }[]): string {
  if (conditions.some(({ type }) => type === 'InvalidSpec')) return 'InvalidSpec'
  const { reason = '' } = conditions.find(({ type }) => type === 'Progressing') ?? {}
  return Object.hasOwn(phaseOfReason, reason) ? (phaseOfReason[reason] ?? '') : 'Progressing'
}

/** If there are several routers, the last one of this list counts; others are not listed. */
const routers = [
  ['alb', 'ALB'],
  ['ambassador', 'Ambassador'],
  ['istio', 'Istio'],
  ['nginx', 'Nginx'],
  ['smi', 'SMI'],
  ['appMesh', 'AppMesh'],
] as const

function routerOf({ strategy }: Rollout['spec'], kind: string): string {
  const routing = strategy?.canary?.trafficRouting
  if (kind !== 'canary' || !routing) return ''
  const named = routers.filter(([field]) => routing[field] !== undefined && routing[field] !== null)
  return named.at(-1)?.[1] ?? ''
}
