import type { SelectPods } from '../../model/change'
import type { ObjectRef } from '../../model/decision'
import { managedByAnnotation, podTemplateHashLabel } from '../../model/labelKeys'
import type { Rollout } from '../../model/rollout'
import type { ServiceObservation } from '../observation'
import { wellFormedServiceObservation } from '../validation/wellFormed'

/** What becomes of a Service: apply `changes`, and reconcile the Rollouts that `lookAt` names. */
export interface ServiceDecision {
  readonly changes: readonly SelectPods[]
  readonly lookAt: readonly ObjectRef[]
}

const untouched: ServiceDecision = { changes: [], lookAt: [] }

/**
 * Frees a Service whose Rollout is gone or no longer names it: its selector would go on to choose pods by a hash that
 * nobody updates any more. Run it whenever a Service changes, and for the Services of a Rollout that was deleted.
 *
 * A Service without a hash in its selector is left alone. One that carries the managed-by annotation belongs to the
 * Rollout of that name and to no other: while that Rollout names it, it is in `lookAt`; otherwise the hash and the
 * annotation go. One without the annotation belongs to the first Rollout that names it. There are no errors.
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
 * Quirk kept for fidelity: a Service that names no manager keeps its hash though no Rollout names the Service. Upstream
 * means to remove it, but removes the annotation that is not there.
 */
function keepsUnmanagedHash(manager: string | undefined): boolean {
  return manager === undefined
}

/** Where a Rollout carries both strategies, blue-green has the word. */
function namesService({ spec }: Rollout, service: string): boolean {
  const { blueGreen, canary } = spec.strategy ?? {}
  const names = blueGreen
    ? [blueGreen.activeService, blueGreen.previewService]
    : [canary?.canaryService, canary?.stableService, canary?.pingPong?.pingService, canary?.pingPong?.pongService]
  return names.includes(service)
}
