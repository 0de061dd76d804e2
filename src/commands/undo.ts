import { podTemplateJson } from '../kube/hash/podTemplateHash'
import { controllerOf } from '../kube/ownerReference'
import { givenNumber } from '../model/given'
import { isJsonObject } from '../model/json'
import { podTemplateHashLabel, revisionAnnotation } from '../model/labelKeys'
import type { Rollout } from '../model/rollout'
import type { PodTemplate, ReplicaSet } from '../model/workload'
import { selects } from '../rollout/facts/selector'
import { selectorProblem } from '../rollout/facts/selectorProblem'
import { derives } from './derives'
import type { CommandResult, TargetRef } from './plan'
import { targetOf } from './planFor'
import { takeReplicaSets, takeRollout } from './wellFormed'

/**
 * Restores the pod template of an earlier revision, in the Rollout or in the workload that it refers to; by default of
 * the previous revision. `replicaSets` may contain others: only those that the Rollout controls count. There are no
 * requests if the template is already restored. Refused, with upstream's text, if the revision does not exist, or the
 * kind of workload is not supported.
 *
 * Source: behaviour 8, `undo`, and 11.
 *
 * @example
 * import { undo } from 'rollout-engine/commands'
 * const rollout = { metadata: { name: 'web', uid: 'u1' }, spec: { selector: { matchLabels: { app: 'web' } } } }
 * undo(rollout, []) // => { refused: 'no revision found for rollout "web"' }
 * undo(rollout, [], 3) // => { refused: 'unable to find specified revision 3 in history' }
 */
export function undo(given: Rollout, history: readonly ReplicaSet[], revision = 0): CommandResult {
  const rollout = takeRollout(given)
  const replicaSets = takeReplicaSets(history)
  const toRevision = givenNumber(revision) ?? 0
  const { name } = rollout.metadata
  const problem = selectorProblem(rollout.spec?.selector)
  if (problem !== undefined) return { refused: `failed to retrieve replica sets from rollout ${name}: ${problem}` }
  const found = revisionOf(ownedBy(rollout, replicaSets), toRevision)
  if (!found && toRevision > 0) return { refused: `unable to find specified revision ${toRevision} in history` }
  if (!found) return { refused: `no revision found for rollout "${name}"` }
  const template = restored(found.spec?.template)
  if (derives(withoutHash(rollout.spec?.template), template)) {
    return { requests: [], message: `skipped rollback (current template already matches revision ${toRevision})` }
  }
  const target = undoTarget(rollout)
  if ('unsupported' in target) {
    return {
      refused: `failed restoring revision ${toRevision}: workload of type ${target.unsupported} is not supported`,
    }
  }
  const patch = [{ op: 'replace', path: '/spec/template', value: template }] as const
  return { requests: [{ verb: 'patch', target, patchType: 'json', patch }], message: `rollout '${name}' undo\n` }
}

/** Upstream lets the API server choose by the selector; an empty one chooses everything. */
function ownedBy(rollout: Rollout, replicaSets: readonly ReplicaSet[]): readonly ReplicaSet[] {
  const { selector } = rollout.spec ?? {}
  const isEmpty = Object.keys(selector?.matchLabels ?? {}).length + (selector?.matchExpressions ?? []).length === 0
  return replicaSets
    .filter((set) => isEmpty || selects(selector, set.metadata.labels))
    .filter((set) => controllerOf(set)?.uid === (rollout.metadata.uid ?? '') && isBeside(rollout, set))
    .sort((left, right) => (left.metadata.name < right.metadata.name ? -1 : 1))
}

const isBeside = (rollout: Rollout, { metadata }: ReplicaSet): boolean =>
  (metadata.namespace ?? 'default') === (rollout.metadata.namespace ?? 'default')

/** Of two with the same number, the first by name is the newer. */
function revisionOf(sets: readonly ReplicaSet[], toRevision: number): ReplicaSet | undefined {
  const numbered = sets.flatMap((set) => {
    const revision = revisionNumber(set)
    return revision === undefined ? [] : [{ set, revision }]
  })
  if (toRevision !== 0) return numbered.find(({ revision }) => revision === toRevision)?.set
  const [, previous] = numbered
    .filter(({ revision }) => revision >= 0)
    .sort((left, right) => right.revision - left.revision)
  return previous?.set
}

/** Without the annotation it is 0; what is not an integer of 64 bits is not a revision. */
function revisionNumber({ metadata }: ReplicaSet): number | undefined {
  const text = metadata.annotations?.[revisionAnnotation]
  if (text === undefined) return 0
  if (typeof text !== 'string' || !/^[+-]?\d{1,40}$/.test(text)) return undefined
  const value = BigInt(text.replace(/^\+/, ''))
  return BigInt.asIntN(64, value) === value ? Number(value) : undefined
}

/** As Kubernetes' types print it, without the hash label that the controller added; injected anti-affinity stays. */
function restored(template: PodTemplate | undefined): unknown {
  return withoutHash(JSON.parse(podTemplateJson(template ?? {})))
}

/** Undefined if there is no template. */
function withoutHash(template: unknown): unknown {
  if (!isJsonObject(template)) return undefined
  const metadata = isJsonObject(template.metadata) ? template.metadata : undefined
  if (!isJsonObject(metadata?.labels) || !Object.hasOwn(metadata.labels, podTemplateHashLabel)) return template
  const { [podTemplateHashLabel]: _hash, ...labels } = metadata.labels
  return { ...template, metadata: { ...metadata, labels } }
}

function undoTarget(rollout: Rollout): TargetRef | { readonly unsupported: string } {
  const { workloadRef } = rollout.spec ?? {}
  if (!workloadRef) return targetOf('rollouts', rollout)
  const { kind = '', name = '' } = workloadRef
  const resource = { Deployment: 'deployments', ReplicaSet: 'replicasets', PodTemplate: 'podtemplates' }[kind]
  if (resource === undefined) return { unsupported: kind }
  return targetOf(resource, { metadata: { ...rollout.metadata, name } })
}
