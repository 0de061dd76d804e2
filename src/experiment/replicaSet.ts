import { changedBy, type Edit, effectOf } from '../cluster/effects'
import { formatWithoutArguments } from '../go/goFormat'
import { goQuote } from '../go/goQuote'
import { podTemplateHash } from '../kube/hash/podTemplateHash'
import type { StringMapPatch } from '../model/change'
import type { ExperimentTemplate } from '../model/experiment'
import { podTemplateHashLabel, resyncSeconds, scaleDownDeadlineAnnotation } from '../model/labelKeys'
import type { LabelSelector, StringMap } from '../model/meta'
import { formatTime, parseTime } from '../model/time'
import type { PodTemplate, ReplicaSet } from '../model/workload'
import { ownerReferenceTo, templateAnnotations } from './owned'
import { ownReplicas, scaleDownDelaySeconds } from './phases'
import { change, emit, emitOf, requeueAfter, type Turn } from './turn'

/** An error of a template: the template gets this message and the status Error. */
export type Trouble = string | undefined

/** Creates the ReplicaSet of a template, without pods: the next reconcile scales it up (behaviour 5.3). */
export function createReplicaSet(
  turn: Turn,
  template: ExperimentTemplate,
  collisionCount: number | undefined,
): Trouble {
  const replicaSet = buildReplicaSet(turn, template, collisionCount)
  const { name } = replicaSet.metadata
  if (turn.observed.replicaSets.some((set) => set.metadata.name === name)) {
    noteCollision(turn, template)
    return undefined
  }
  const failure = change(turn, { kind: 'createReplicaSet', replicaSet })
  if (!failure) {
    turn.replicaSets.set(template.name, replicaSet)
    return undefined
  }
  if (failure.reason === 'alreadyExists') {
    // It was not observed: the next observation will show its owner.
    requeueAfter(turn, 1, 'staleObservation', { kind: 'ReplicaSet', name })
    return undefined
  }
  const message = `Failed to create new replica set ${goQuote(name)}: ${failure.message}`
  emit(turn, 'ReplicaSetCreateError', formatWithoutArguments(message))
  return `Failed to create ReplicaSet for template '${template.name}': ${failure.message}`
}

/**
 * A foreign ReplicaSet has the name (our own is found by its annotations). Quirk kept for fidelity: the controller
 * appends another entry for the template to the cluster's copy of the status, where it stays unless this reconcile
 * writes the list anyway; the first entry of a name is read (behaviour 10.49).
 */
function noteCollision(turn: Turn, { name }: ExperimentTemplate): void {
  turn.collision = {
    name,
    replicas: 0,
    updatedReplicas: 0,
    readyReplicas: 0,
    availableReplicas: 0,
    collisionCount: 1,
  }
}

function buildReplicaSet(turn: Turn, template: ExperimentTemplate, collisionCount: number | undefined): ReplicaSet {
  const { experiment } = turn
  const own = template.template ?? {}
  const bare = withLabels(own, withoutHash(own.metadata?.labels))
  const hash = podTemplateHash(bare, collisionCount, turn.observed.options?.controller)
  const labels = { ...bare.metadata?.labels, [podTemplateHashLabel]: hash }
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${turn.name}-${template.name}`,
      namespace: turn.namespace,
      labels: turn.semantics.replicaSetLabels(labels, hash),
      annotations: templateAnnotations(experiment, template.name),
      ownerReferences: [ownerReferenceTo(experiment)],
    },
    spec: {
      replicas: 0,
      ...(template.minReadySeconds ? { minReadySeconds: template.minReadySeconds } : undefined),
      selector: selectorWith(template.selector, hash),
      template: withLabels(bare, labels),
    },
  }
}

/** The ReplicaSet has the labels of its pods. */
export const allLabels = (labels: StringMap): StringMap => labels

/** Up to v1.8 only the hash. */
export const onlyHash = (_labels: StringMap, hash: string): StringMap => ({ [podTemplateHashLabel]: hash })

const withLabels = (template: PodTemplate, labels: StringMap | undefined): PodTemplate =>
  labels ? { ...template, metadata: { ...template.metadata, labels } } : template

/** A hash label in the template is ignored. */
function withoutHash(labels: StringMap | undefined): StringMap | undefined {
  if (!labels || !Object.hasOwn(labels, podTemplateHashLabel)) return labels
  const { [podTemplateHashLabel]: _hash, ...others } = labels
  return others
}

const selectorWith = (selector: LabelSelector | undefined, hash: string): LabelSelector => ({
  ...selector,
  matchLabels: { ...selector?.matchLabels, [podTemplateHashLabel]: hash },
})

const deadlineOf = (set: ReplicaSet): string => set.metadata.annotations?.[scaleDownDeadlineAnnotation] ?? ''

/** Sets the scale-down deadline of a ReplicaSet, or removes it if there is no delay. */
export function delayScaleDown(turn: Turn, templateName: string, set: ReplicaSet): ReplicaSet {
  const delaySeconds = scaleDownDelaySeconds(turn.experiment)
  const hasDeadline = deadlineOf(set) !== ''
  if (hasDeadline === (delaySeconds !== 0)) return set
  const deadline = delaySeconds === 0 ? null : formatTime(turn.now + delaySeconds)
  const annotations: StringMapPatch = { [scaleDownDeadlineAnnotation]: deadline }
  const { name } = set.metadata
  const wanted = { kind: 'annotateReplicaSet', namespace: turn.namespace, name, annotations } as const
  if (change(turn, wanted)) return set
  const delayed = changedBy(set, effectOf(wanted) as Edit)
  turn.replicaSets.set(templateName, delayed)
  return delayed
}

/** Seconds until a ReplicaSet may be scaled down, or undefined if it may be now. */
export function secondsUntilDeadline(set: ReplicaSet, now: number): number | undefined {
  const deadline = parseTime(deadlineOf(set))
  return deadline !== undefined && deadline > now ? deadline - now : undefined
}

/** Scales a ReplicaSet, or keeps it at the size of its template until its scale-down deadline (behaviour 5.3). */
export function scaleReplicaSet(turn: Turn, template: ExperimentTemplate, set: ReplicaSet, desired: number): Trouble {
  let replicas = desired
  const leftSeconds = desired === 0 ? secondsUntilDeadline(set, turn.now) : undefined
  if (leftSeconds !== undefined) {
    if (leftSeconds < resyncSeconds)
      requeueAfter(turn, leftSeconds, 'scaleDownDelay', { replicaSet: set.metadata.name })
    replicas = ownReplicas(template)
  }
  const fromReplicas = set.spec.replicas ?? 0
  if (fromReplicas === replicas) return undefined
  const { name } = set.metadata
  const direction = fromReplicas < replicas ? 'up' : 'down'
  const scaling = { kind: 'scaleReplicaSet', namespace: turn.namespace, name, fromReplicas, replicas } as const
  const failure = change(turn, scaling)
  if (!failure) {
    emitOf(
      turn,
      scaling,
      'ScalingReplicaSet',
      `Scaled ${direction} ReplicaSet ${name} from ${fromReplicas} to ${replicas}`,
    )
    return undefined
  }
  if (failure.reason === 'conflict') {
    requeueAfter(turn, 1, 'staleObservation', { kind: 'ReplicaSet', name })
    return undefined
  }
  const message = `Failed to scale ${name} ${direction}: ${failure.message}`
  emit(turn, 'ReplicaSetUpdateError', formatWithoutArguments(message), 'Warning')
  return `Unable to scale ReplicaSet for template '${template.name}' to desired replica count '${replicas}': ${failure.message}`
}
