import type { SelectPods } from '../../model/change'
import type { ObjectRef } from '../../model/decision'
import { managedByAnnotation, podTemplateHashLabel } from '../../model/labelKeys'
import type { Rollout } from '../../model/rollout'
import type { ServiceObservation } from '../observation'
import { wellFormedServiceObservation } from '../validation/wellFormed'

/** The result for a Service: apply `changes`, and reconcile the Rollouts in `lookAt`. */
export interface ServiceDecision {
  readonly changes: readonly SelectPods[]
  readonly lookAt: readonly ObjectRef[]
}

const untouched: ServiceDecision = { changes: [], lookAt: [] }

/**
 * Frees a Service whose Rollout is gone or no longer names it: its selector would keep a hash that nothing updates any
 * more. Run it whenever a Service changes, and for the Services of a Rollout that was deleted.
 *
 * A Service without a hash in its selector is unchanged. One with the managed-by annotation belongs only to the Rollout
 * of that name: while that Rollout names it, the Rollout is in `lookAt`; otherwise the hash and the annotation are
 * removed. One without the annotation belongs to the first Rollout that names it. There are no errors.
 *
 * Source: behaviour 3.24 "Service".
 *
 * @example
 * const service: Service = {
 *   metadata: {
 *     namespace: 'shop',
 *     name: 'web',
 *     annotations: { 'argo-rollouts.argoproj.io/managed-by-rollouts': 'gone' },
 *   },
 *   spec: { selector: { app: 'web', 'rollouts-pod-template-hash': '6c8f7d' } },
 * }
 * reconcileService({ service, rollouts: [] }).changes
 * // => [{ kind: 'selectPods', namespace: 'shop', name: 'web', podTemplateHash: null, managedBy: null }]
 */
export function reconcileService(observation: ServiceObservation): ServiceDecision {
  const { service, rollouts } = wellFormedServiceObservation(observation)
  if (service.spec?.selector?.[podTemplateHashLabel] === undefined) return untouched
  const { name, annotations } = service.metadata
  const namespace = service.metadata.namespace ?? ''
  const manager = annotations?.[managedByAnnotation]
  const owner = rollouts.find(
    (rollout) =>
      (manager === undefined || rollout.metadata.name === manager) &&
      (rollout.metadata.namespace ?? '') === namespace &&
      namesService(rollout, name),
  )
  if (owner) return { changes: [], lookAt: [{ kind: 'Rollout', namespace, name: owner.metadata.name }] }
  if (keepsUnmanagedHash(manager)) return untouched
  return { changes: [{ kind: 'selectPods', namespace, name, podTemplateHash: null, managedBy: null }], lookAt: [] }
}

/**
 * Quirk kept for fidelity: a Service without the managed-by annotation keeps its hash although no Rollout names it.
 * Upstream tries to remove the missing annotation, not the hash.
 */
function keepsUnmanagedHash(manager: string | undefined): boolean {
  return manager === undefined
}

/** If a Rollout has both strategies, blue-green counts. */
function namesService({ spec }: Rollout, service: string): boolean {
  const { blueGreen, canary } = spec.strategy ?? {}
  const names = blueGreen
    ? [blueGreen.activeService, blueGreen.previewService]
    : [canary?.canaryService, canary?.stableService, canary?.pingPong?.pingService, canary?.pingPong?.pongService]
  return names.includes(service)
}
