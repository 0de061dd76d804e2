import { podTemplatesEqual } from '../../kube/podTemplate/podTemplatesEqual'
import { withFields } from '../../model/copies'
import { desiredReplicasAnnotation, podTemplateHashLabel, revisionAnnotation } from '../../model/labelKeys'
import type { LabelSelector } from '../../model/meta'
import type { PodTemplate, ReplicaSet } from '../../model/workload'
import { replicasOf } from '../defaults'
import { wantedAffinity, withAffinity } from '../facts/antiAffinity'
import { textNow } from '../facts/clock'
import { conditionAt, withCondition } from '../facts/conditionList'
import type { Facts } from '../facts/facts'
import { isOwnedBy, ownerReferenceTo } from '../facts/owner'
import { isSeen } from '../facts/replicaSets'
import { roleMetadataOf, withEphemeralMetadata } from '../facts/roleMetadata'
import { wantedPodHash } from '../facts/templateChange'
import { commit } from '../turn/commit'
import { emitOf } from '../turn/events'
import type { Flow } from '../turn/flow'
import { writeStatusWhole } from '../turn/statusWrite'
import { reread, type Turn } from '../turn/turn'
import { growthProblem } from './growthFence'
import { copiedAnnotations, nextRevision, setRolloutRevision } from './revision'

/** Creates the ReplicaSet of a new revision, without pods; since v1.10 this ends the reconcile (behaviour 3.4). */
export function createNewReplicaSet(turn: Turn): Flow {
  const hash = wantedPodHash(turn.facts)
  const revision = nextRevision(turn.facts)
  const created = buildReplicaSet(turn.facts, hash, revision)
  const { name } = created.metadata
  const inTheWay = turn.facts.observed.replicaSets.find((set) => set.metadata.name === name)
  if (inTheWay && !isSeen(inTheWay)) return unseen(name)
  if (inTheWay && !isOurs(turn.facts, inTheWay)) return collide(turn, name)
  const growth = inTheWay ? undefined : growthProblem(turn.facts)
  if (growth) return growth
  const creation = { kind: 'createReplicaSet', replicaSet: created } as const
  if (!inTheWay) commit(turn, creation)
  reread(turn, { replicaSets: [...turn.facts.replicaSets, inTheWay ?? asAnswered(turn.facts, created)], newName: name })
  const updates = turn.ledger.changes.length
  setRolloutRevision(turn, String(revision))
  if (inTheWay) return turn.ledger.changes.length > updates ? turn.facts.semantics.afterOwnWrite : 'continue'
  emitOf(turn, creation, 'NewReplicaSetCreated', `Created ReplicaSet ${name} (revision ${revision})`)
  const condition = conditionAt(
    {
      type: 'Progressing',
      status: 'True',
      reason: 'NewReplicaSetCreated',
      message: `Created new replica set "${name}"`,
    },
    textNow(turn.facts),
  )
  writeStatusWhole(turn, {
    ...turn.facts.before,
    conditions: withCondition(turn.facts.before.conditions, condition).conditions,
  })
  reread(turn, { rewritten: true })
  return turn.facts.semantics.afterOwnWrite
}

/** As the API server returns it: the youngest. */
const asAnswered = (facts: Facts, created: ReplicaSet): ReplicaSet => ({
  ...created,
  metadata: withFields(created.metadata, { creationTimestamp: textNow(facts) }),
})

/** The name is taken by a ReplicaSet that the controller cannot find. */
const unseen = (name: string): Flow => ({
  error: `replicaset.apps "${name}" not found`,
  code: 'not-found',
  path: 'spec.template',
  forgotten: true,
})

const isOurs = (facts: Facts, set: ReplicaSet): boolean =>
  isOwnedBy(facts, set) && podTemplatesEqual(set.spec.template, facts.rollout.spec.template, facts.controller)

/** A foreign ReplicaSet has our name: the collision count changes the hash, so the next attempt uses another name. */
function collide(turn: Turn, name: string): Flow {
  writeStatusWhole(turn, { ...turn.facts.before, collisionCount: (turn.facts.before.collisionCount ?? 0) + 1 })
  return { error: `replicasets.apps "${name}" already exists`, code: 'already-exists', path: 'status.collisionCount' }
}

function buildReplicaSet(facts: Facts, hash: string, revision: number): ReplicaSet {
  const { rollout } = facts
  const labels = withFields(rollout.spec.template?.metadata?.labels, { [podTemplateHashLabel]: hash })
  const own = rollout.spec.template
  const template: PodTemplate = withAffinity({ ...own, metadata: { ...own?.metadata, labels } }, wantedAffinity(facts))
  const bare: ReplicaSet = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${facts.name}-${hash}`,
      namespace: facts.namespace,
      labels,
      annotations: annotationsOf(facts, revision),
      ownerReferences: [ownerReferenceTo(facts)],
    },
    spec: {
      replicas: 0,
      ...(rollout.spec.minReadySeconds ? { minReadySeconds: rollout.spec.minReadySeconds } : undefined),
      selector: selectorWith(rollout.spec.selector, hash),
      template,
    },
  }
  const metadata = roleMetadataOf(facts)
  return withEphemeralMetadata(bare, facts.stableName !== undefined ? metadata?.fresh : metadata?.stable)
}

function annotationsOf(facts: Facts, revision: number): Record<string, string> {
  const annotations = copiedAnnotations(facts, undefined) ?? {}
  annotations[revisionAnnotation] = String(revision)
  annotations[desiredReplicasAnnotation] = String(replicasOf(facts.rollout))
  return annotations
}

const selectorWith = (selector: LabelSelector | undefined, hash: string): LabelSelector => ({
  ...selector,
  matchLabels: withFields(selector?.matchLabels, { [podTemplateHashLabel]: hash }),
})
