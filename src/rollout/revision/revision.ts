import { printedSpec } from '../../kube/types/rolloutPrint'
import type { StringMapPatch } from '../../model/change'
import { withFields } from '../../model/copies'
import { integerOf } from '../../model/integerText'
import { isOwn, ownValue, setOwn } from '../../model/json'
import {
  desiredReplicasAnnotation,
  lastAppliedAnnotation,
  notifiedAnnotation,
  revisionAnnotation,
  revisionHistoryAnnotation,
} from '../../model/labelKeys'
import type { StringMap } from '../../model/meta'
import type { RolloutSpec } from '../../model/rollout'
import { antiAffinityIsStale, wantedAffinity, withAffinity } from '../facts/antiAffinity'
import { textNow } from '../facts/clock'
import { conditionAt, conditionOf, withCondition } from '../facts/conditionList'
import type { Facts } from '../facts/facts'
import { revisionOf } from '../facts/replicaSets'
import { commit, commitToSet } from '../turn/commit'
import { emitOf } from '../turn/events'
import { seeChanged } from '../turn/sets'
import { writeStatusWhole } from '../turn/statusWrite'
import { reread, type Turn } from '../turn/turn'

const notCopied: ReadonlySet<string> = new Set([
  lastAppliedAnnotation,
  revisionAnnotation,
  revisionHistoryAnnotation,
  desiredReplicasAnnotation,
  notifiedAnnotation,
])

/** One more than the highest revision of the older ReplicaSets; unreadable ones are skipped. */
export const nextRevision = (facts: Facts): number =>
  facts.olderSets.reduce((highest, set) => Math.max(highest, revisionOf(set) ?? 0), 0) + 1

/** The Rollout's annotations that a ReplicaSet lacks. */
export function copiedAnnotations(facts: Facts, own: StringMap | undefined): Record<string, string> | undefined {
  const { annotations } = facts.rollout.metadata
  let copied: Record<string, string> | undefined
  for (const key in annotations) {
    if (!isOwn.call(annotations, key)) continue
    const value = annotations[key] as string
    if (notCopied.has(key) || (ownValue(own, key) ?? '') === value) continue
    copied ??= {}
    setOwn(copied, key, value)
  }
  return copied
}

/**
 * Keeps annotations, revision, minReadySeconds and anti-affinity of the new ReplicaSet up to date, then the Rollout's
 * revision (behaviour 3.5.2). Quirk kept for fidelity: if the ReplicaSet needed an update, the Rollout's update waits.
 */
export function syncRevision(turn: Turn): void {
  const set = turn.facts.newSet
  if (!set) return
  const annotations = annotationChanges(turn.facts, set.metadata.annotations)
  const minReadySeconds = turn.facts.rollout.spec.minReadySeconds ?? 0
  const readyChanged = (set.spec.minReadySeconds ?? 0) !== minReadySeconds
  const stale = antiAffinityIsStale(turn.facts, set.spec.template)
  if (annotations || readyChanged || stale) {
    const template = withAffinity(set.spec.template, wantedAffinity(turn.facts))
    commitToSet(turn, set, {
      kind: 'annotateReplicaSet',
      namespace: turn.facts.namespace,
      name: set.metadata.name,
      annotations,
      minReadySeconds: readyChanged ? minReadySeconds : undefined,
      template:
        stale || affinityDiffers(set.spec.template?.spec?.affinity, wantedAffinity(turn.facts)) ? template : undefined,
    })
    seeChanged(turn, set)
    return
  }
  setRolloutRevision(turn, set.metadata.annotations?.[revisionAnnotation] ?? '')
  noteFoundReplicaSet(turn, set.metadata.name)
}

const affinityDiffers = (live: unknown, wanted: unknown): boolean => JSON.stringify(live) !== JSON.stringify(wanted)

/** Annotations that the ReplicaSet lacks; the revision never decreases. */
function annotationChanges(facts: Facts, own: StringMap | undefined): StringMapPatch | undefined {
  const text = own?.[revisionAnnotation]
  const recorded = text === undefined || text === '' ? 0 : integerOf(text)
  const copied = copiedAnnotations(facts, own)
  if (recorded === undefined) return undefined
  const revision = nextRevision(facts)
  if (!copied && recorded >= revision) return undefined
  const changes: Record<string, string> = copied ?? {}
  if (recorded < revision) changes[revisionAnnotation] = String(revision)
  if (text !== undefined) {
    const history = own?.[revisionHistoryAnnotation]
    changes[revisionHistoryAnnotation] = history ? `${history},${text}` : text
  }
  return changes
}

/** Writes the revision to the Rollout; the controller does it with an update of the whole object. */
export function setRolloutRevision(turn: Turn, revision: string): void {
  const { metadata } = turn.facts.rollout
  if ((metadata.annotations?.[revisionAnnotation] ?? '') === revision) return
  const annotations = withFields(metadata.annotations, { [revisionAnnotation]: revision })
  const { generation, spec } = writtenSpec(turn.facts)
  // The response contains the cluster's status, including earlier patches of this reconcile.
  const before = turn.ledger.decided ?? turn.facts.before
  const written = withFields(metadata, { annotations, generation })
  const rollout = withFields(turn.facts.rollout, { metadata: written, status: before })
  const { pendingAnnotations } = turn.facts
  reread(turn, { before, rollout, rewritten: true })
  const update = {
    kind: 'annotateRollout',
    namespace: turn.facts.namespace,
    name: turn.facts.name,
    annotations: { ...pendingAnnotations, [revisionAnnotation]: revision },
    ...(spec && { spec }),
  } as const
  commit(turn, update)
  emitOf(turn, update, 'RolloutUpdated', `Rollout updated to revision ${revision}`)
}

/** The update writes the whole object as the controller's types print it; a different spec gets a new generation. */
function writtenSpec(facts: Facts): { readonly generation: number | undefined; readonly spec?: RolloutSpec } {
  const { generation } = facts.rollout.metadata
  const { rollout } = facts.observed
  const spec = printedSpec(rollout, facts)
  return spec === rollout.spec ? { generation } : { generation: (generation ?? 0) + 1, spec }
}

/** The progress clock starts in the first reconcile that sees the ReplicaSet. */
function noteFoundReplicaSet(turn: Turn, name: string): void {
  if (conditionOf(turn.facts.before.conditions, 'Progressing')) return
  const found = conditionAt(
    { type: 'Progressing', status: 'True', reason: 'FoundNewReplicaSet', message: `Found new replica set "${name}"` },
    textNow(turn.facts),
  )
  writeStatusWhole(turn, {
    ...turn.facts.before,
    conditions: withCondition(turn.facts.before.conditions, found).conditions,
  })
  reread(turn, { rewritten: true })
  forgetResolvedTemplate(turn)
  forgetPendingAnnotations(turn)
}

/**
 * Quirk kept for fidelity: the same write restores the annotations of the cluster, including the workload's generation.
 */
function forgetPendingAnnotations(turn: Turn): void {
  const { pendingAnnotations, observed, rollout } = turn.facts
  if (!pendingAnnotations || turn.ledger.changes.some((change) => change.kind === 'annotateRollout')) return
  const { annotations } = observed.rollout.metadata
  reread(turn, {
    rollout: { ...rollout, metadata: { ...rollout.metadata, annotations } },
    pendingAnnotations: undefined,
  })
}

/** Quirk kept for fidelity: after this write upstream continues without the template of `workloadRef`. */
function forgetResolvedTemplate(turn: Turn): void {
  const { observed, rollout } = turn.facts
  if (!observed.rollout.spec.workloadRef) return
  const { template, selector } = observed.rollout.spec
  reread(turn, { rollout: { ...rollout, spec: { ...rollout.spec, template, selector } }, templateForgotten: true })
}
