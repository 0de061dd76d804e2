import { podTemplatesEqual } from '../../kube/podTemplate/podTemplatesEqual'
import { desiredReplicasAnnotation, podTemplateHashLabel, revisionAnnotation } from '../../model/labelKeys'
import type { LabelSelector } from '../../model/meta'
import type { PodTemplate, ReplicaSet } from '../../model/workload'
import { replicasOf } from '../defaults'
import { roleMetadataOf, withEphemeralMetadata } from '../pods/ephemeralMetadata'
import { isSeen } from '../pods/replicaSets'
import { conditionAt, withCondition } from '../status/conditionList'
import { writeStatusWhole } from '../status/statusWrite'
import { emitOf, type Flow, type Turn } from '../turn'
import { wantedAffinity, withAffinity } from './antiAffinity'
import { growthProblem } from './growthFence'
import { isOwnedBy, ownerReferenceTo } from './identify'
import { copiedAnnotations, nextRevision, setRolloutRevision } from './revision'
import { wantedPodHash } from './templateChange'

/** Creates the ReplicaSet of a new revision, without pods; since v1.10 this ends the reconcile (behaviour 3.4). */
export function createNewReplicaSet(turn: Turn): Flow {
  const hash = wantedPodHash(turn)
  const revision = nextRevision(turn)
  const created = buildReplicaSet(turn, hash, revision)
  const { name } = created.metadata
  const inTheWay = turn.observed.replicaSets.find((set) => set.metadata.name === name)
  if (inTheWay && !isSeen(inTheWay)) return unseen(name)
  if (inTheWay && !isOurs(turn, inTheWay)) return collide(turn, name)
  const growth = inTheWay ? undefined : growthProblem(turn)
  if (growth) return growth
  const creation = { kind: 'createReplicaSet', replicaSet: created } as const
  if (!inTheWay) turn.changes.push(creation)
  turn.replicaSets = [...turn.replicaSets, inTheWay ?? asAnswered(turn, created)]
  turn.newName = name
  const updates = turn.changes.length
  setRolloutRevision(turn, String(revision))
  if (inTheWay) return turn.changes.length > updates ? turn.semantics.afterOwnWrite : 'continue'
  emitOf(turn, creation, 'NewReplicaSetCreated', `Created ReplicaSet ${name} (revision ${revision})`)
  const condition = conditionAt(
    {
      type: 'Progressing',
      status: 'True',
      reason: 'NewReplicaSetCreated',
      message: `Created new replica set "${name}"`,
    },
    turn.nowText,
  )
  writeStatusWhole(turn, { ...turn.before, conditions: withCondition(turn.before.conditions, condition).conditions })
  turn.rewritten = true
  return turn.semantics.afterOwnWrite
}

/** As the API server answers: it is the youngest. */
const asAnswered = (turn: Turn, created: ReplicaSet): ReplicaSet => ({
  ...created,
  metadata: { ...created.metadata, creationTimestamp: turn.nowText },
})

/** The name is taken, by a ReplicaSet that the controller does not find when it looks for what took it. */
const unseen = (name: string): Flow => ({
  error: `replicaset.apps "${name}" not found`,
  code: 'not-found',
  forgotten: true,
})

const isOurs = (turn: Turn, set: ReplicaSet): boolean =>
  isOwnedBy(turn, set) && podTemplatesEqual(set.spec.template, turn.rollout.spec.template)

/** Somebody else's ReplicaSet has our name: the hash gets another salt, and the next attempt another name. */
function collide(turn: Turn, name: string): Flow {
  writeStatusWhole(turn, { ...turn.before, collisionCount: (turn.before.collisionCount ?? 0) + 1 })
  return { error: `replicasets.apps "${name}" already exists`, code: 'already-exists', path: 'status.collisionCount' }
}

function buildReplicaSet(turn: Turn, hash: string, revision: number): ReplicaSet {
  const { rollout } = turn
  const labels = { ...rollout.spec.template?.metadata?.labels, [podTemplateHashLabel]: hash }
  const own = rollout.spec.template
  const template: PodTemplate = withAffinity({ ...own, metadata: { ...own?.metadata, labels } }, wantedAffinity(turn))
  const bare: ReplicaSet = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${turn.name}-${hash}`,
      namespace: turn.namespace,
      labels,
      annotations: {
        ...copiedAnnotations(turn, undefined),
        [revisionAnnotation]: String(revision),
        [desiredReplicasAnnotation]: String(replicasOf(rollout)),
      },
      ownerReferences: [ownerReferenceTo(turn)],
    },
    spec: {
      replicas: 0,
      ...(rollout.spec.minReadySeconds ? { minReadySeconds: rollout.spec.minReadySeconds } : undefined),
      selector: selectorWith(rollout.spec.selector, hash),
      template,
    },
  }
  const metadata = roleMetadataOf(turn)
  return withEphemeralMetadata(bare, turn.stableName !== undefined ? metadata?.fresh : metadata?.stable)
}

const selectorWith = (selector: LabelSelector | undefined, hash: string): LabelSelector => ({
  ...selector,
  matchLabels: { ...selector?.matchLabels, [podTemplateHashLabel]: hash },
})
