import { managedByAnnotation } from '../../model/labelKeys'
import type { KubeObject } from '../../model/meta'
import type { Rollout } from '../../model/rollout'
import { destinationRule } from '../resources'
import { beginCall, updateObject } from '../routerCall'
import type { RouterDecision, RouterObservation, RouterOptions } from '../routerObservation'
import { malformedError, takeRuleObservation } from '../wellFormed'
import { cleanedRule, ruleOf } from './destinationRule'

/**
 * The input of `syncDestinationRule`: one DestinationRule, the Rollouts that may manage it, and failures of its write.
 */
export interface DestinationRuleObservation {
  readonly destinationRule: KubeObject
  /** Rollouts of its namespace. */
  readonly rollouts: readonly Rollout[]
  readonly options?: RouterOptions
  readonly answers?: RouterObservation['answers']
}

/** The decision of `syncDestinationRule`: at most one write, or a Rollout to reconcile. */
export interface DestinationRuleDecision extends Pick<RouterDecision, 'changes' | 'error'> {
  /** The Rollout to reconcile, as `namespace/name`. */
  readonly reconcile?: string
}

/**
 * Istio's side controller for a changed DestinationRule: the Rollout that manages it is reconciled; from a rule that no
 * Rollout refers to any more the changes of Rollouts are removed.
 *
 * @see behaviour 6.1
 *
 * @example
 * import { syncDestinationRule } from 'rollout-engine/routers'
 * const metadata = {
 *   name: 'web', namespace: 'shop', annotations: { 'argo-rollouts.argoproj.io/managed-by-rollouts': 'gone' },
 * }
 * const destinationRule = { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata, spec: { host: 'web' } }
 * syncDestinationRule({ destinationRule, rollouts: [] }).changes.map(({ kind }) => kind) // => ['updateResource']
 */
export function syncDestinationRule(given: DestinationRuleObservation): DestinationRuleDecision {
  const { value: observed, malformedPath } = takeRuleObservation(given)
  if (malformedPath !== undefined) return { changes: [], error: malformedError(malformedPath) }
  const { destinationRule: object, rollouts, options, answers } = observed
  const { namespace = '', name, annotations } = object.metadata
  const manager = annotations?.[managedByAnnotation] ?? ''
  if (manager === '') return { changes: [] }
  const rollout = rollouts.find(({ metadata }) => metadata.name === manager && (metadata.namespace ?? '') === namespace)
  const reference = rollout?.spec.strategy?.canary?.trafficRouting?.istio?.destinationRule?.name
  const reconcile = `${namespace}/${manager}`
  if (reference === name) return { changes: [], reconcile }
  const rule = ruleOf(object)
  if ('failed' in rule) return { changes: [], error: failure(rule.failed) }
  const cleaned = cleanedRule(rule)
  if (!cleaned) return { changes: [], reconcile }
  const change = { kind: 'removeManagedRoutes', router: 'istio' } as const
  const call = beginCall({
    rollout: { metadata: { name: manager, namespace }, spec: {} },
    change,
    objects: [],
    ...(options && { options }),
    ...(answers && { answers }),
  })
  const refused = updateObject(call, destinationRule(options ?? {}), cleaned)
  return { changes: call.changes, ...(refused && { error: failure(refused.failed) }) }
}

const failure = (message: string) => ({ code: 'router-failed', path: 'destinationRule', message })
