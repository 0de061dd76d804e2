import { printedSpec } from '../../kube/types/rolloutPrint'
import type { StringMapPatch } from '../../model/change'
import { ownValue } from '../../model/json'
import {
  desiredReplicasAnnotation,
  lastAppliedAnnotation,
  notifiedAnnotation,
  revisionAnnotation,
  revisionHistoryAnnotation,
} from '../../model/labelKeys'
import type { StringMap } from '../../model/meta'
import type { RolloutSpec } from '../../model/rollout'
import { newSet, olderSets, replaceSet, revisionOf } from '../pods/replicaSets'
import { conditionAt, conditionOf, withCondition } from '../status/conditionList'
import { writeStatusWhole } from '../status/statusWrite'
import { emitOf, type Turn } from '../turn'
import { antiAffinityIsStale, wantedAffinity, withAffinity } from './antiAffinity'

const notCopied: ReadonlySet<string> = new Set([
  lastAppliedAnnotation,
  revisionAnnotation,
  revisionHistoryAnnotation,
  desiredReplicasAnnotation,
  notifiedAnnotation,
])

/** One more than the highest revision among the older ReplicaSets; those that cannot be read are skipped. */
export const nextRevision = (turn: Turn): number =>
  olderSets(turn).reduce((highest, set) => Math.max(highest, revisionOf(set) ?? 0), 0) + 1

/** Annotations of a ReplicaSet with the Rollout's copied over. */
export function copiedAnnotations(turn: Turn, own: StringMap | undefined): Record<string, string> {
  const copied: Record<string, string> = {}
  for (const [key, value] of Object.entries(turn.rollout.metadata.annotations ?? {})) {
    if (!notCopied.has(key) && (ownValue(own, key) ?? '') !== value) copied[key] = value
  }
  return copied
}

/**
 * Keeps annotations, revision, minReadySeconds and anti-affinity of the new ReplicaSet up to date, then the Rollout's
 * revision (behaviour 3.5.2). Quirk kept for fidelity: where the ReplicaSet needed an update the Rollout's waits.
 */
export function syncRevision(turn: Turn): void {
  const set = newSet(turn)
  if (!set) return
  const annotations = annotationChanges(turn, set.metadata.annotations)
  const minReadySeconds = turn.rollout.spec.minReadySeconds ?? 0
  const readyChanged = (set.spec.minReadySeconds ?? 0) !== minReadySeconds
  const stale = antiAffinityIsStale(turn, set.spec.template)
  if (annotations || readyChanged || stale) {
    const template = withAffinity(set.spec.template, wantedAffinity(turn))
    const merged = { ...set.metadata.annotations, ...(annotations as Record<string, string> | undefined) }
    replaceSet(turn, {
      ...set,
      metadata: { ...set.metadata, annotations: merged },
      spec: { ...set.spec, minReadySeconds, template },
    })
    turn.changes.push({
      kind: 'annotateReplicaSet',
      namespace: turn.namespace,
      name: set.metadata.name,
      annotations,
      minReadySeconds: readyChanged ? minReadySeconds : undefined,
      template:
        stale || affinityDiffers(set.spec.template?.spec?.affinity, wantedAffinity(turn)) ? template : undefined,
    })
    return
  }
  setRolloutRevision(turn, set.metadata.annotations?.[revisionAnnotation] ?? '')
  noteFoundReplicaSet(turn, set.metadata.name)
}

const affinityDiffers = (live: unknown, wanted: unknown): boolean => JSON.stringify(live) !== JSON.stringify(wanted)

/** What the ReplicaSet's annotations lack; the revision only ever rises. */
function annotationChanges(turn: Turn, own: StringMap | undefined): StringMapPatch | undefined {
  const changes: Record<string, string> = copiedAnnotations(turn, own)
  const text = own?.[revisionAnnotation]
  const recorded = text === undefined || text === '' ? 0 : revisionNumber(text)
  const changedAtAll = (): StringMapPatch | undefined => (Object.keys(changes).length > 0 ? changes : undefined)
  if (recorded === undefined) return undefined
  const revision = nextRevision(turn)
  if (recorded < revision) changes[revisionAnnotation] = String(revision)
  if (text !== undefined && changedAtAll()) {
    const history = own?.[revisionHistoryAnnotation]
    changes[revisionHistoryAnnotation] = history ? `${history},${text}` : text
  }
  return changedAtAll()
}

const revisionNumber = (text: string): number | undefined => (/^[+-]?\d+$/.test(text) ? Number(text) : undefined)

/** Writes the revision to the Rollout; the controller does it with an update of the whole object. */
export function setRolloutRevision(turn: Turn, revision: string): void {
  const { metadata } = turn.rollout
  if ((metadata.annotations?.[revisionAnnotation] ?? '') === revision) return
  const annotations = { ...metadata.annotations, [revisionAnnotation]: revision }
  const { generation, spec } = writtenSpec(turn)
  // The answer brings the status as the cluster has it, with what this reconcile has patched before.
  turn.before = turn.decided ?? turn.before
  turn.rollout = { ...turn.rollout, metadata: { ...metadata, annotations, generation }, status: turn.before }
  turn.rewritten = true
  const update = {
    kind: 'annotateRollout',
    namespace: turn.namespace,
    name: turn.name,
    annotations: { ...turn.pendingAnnotations, [revisionAnnotation]: revision },
    ...(spec && { spec }),
  } as const
  turn.changes.push(update)
  emitOf(turn, update, 'RolloutUpdated', `Rollout updated to revision ${revision}`)
}

/** The update writes the whole object, as the controller's types print it: another spec is a new generation. */
function writtenSpec(turn: Turn): { readonly generation: number | undefined; readonly spec?: RolloutSpec } {
  const { generation } = turn.rollout.metadata
  const { rollout } = turn.observed
  const spec = printedSpec(rollout, turn)
  return spec === rollout.spec ? { generation } : { generation: (generation ?? 0) + 1, spec }
}

/** The progress clock starts when the ReplicaSet is first noticed. */
function noteFoundReplicaSet(turn: Turn, name: string): void {
  if (conditionOf(turn.before.conditions, 'Progressing')) return
  const found = conditionAt(
    { type: 'Progressing', status: 'True', reason: 'FoundNewReplicaSet', message: `Found new replica set "${name}"` },
    turn.nowText,
  )
  writeStatusWhole(turn, { ...turn.before, conditions: withCondition(turn.before.conditions, found).conditions })
  turn.rewritten = true
  forgetResolvedTemplate(turn)
  forgetPendingAnnotations(turn)
}

/** Quirk kept for fidelity: the same write brings back the annotations that stand in the cluster, generation note included. */
function forgetPendingAnnotations(turn: Turn): void {
  if (!turn.pendingAnnotations || turn.changes.some((change) => change.kind === 'annotateRollout')) return
  const { annotations } = turn.observed.rollout.metadata
  turn.rollout = { ...turn.rollout, metadata: { ...turn.rollout.metadata, annotations } }
  turn.pendingAnnotations = undefined
}

/** Quirk kept for fidelity: after this write upstream goes on without what `workloadRef` had filled in. */
function forgetResolvedTemplate(turn: Turn): void {
  const { rollout } = turn.observed
  if (!rollout.spec.workloadRef) return
  const { template, selector } = rollout.spec
  turn.rollout = { ...turn.rollout, spec: { ...turn.rollout.spec, template, selector } }
  turn.templateForgotten = true
  turn.wantedPodHash = undefined
}
