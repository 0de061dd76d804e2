import type { KubeObject } from 'rollout-engine'
import type { ClusterPort, HostPorts, ReconcileRecord } from 'rollout-engine/host'
import { type FieldDifference, fieldDifferences } from 'rollout-engine/simulate'

// Shadow mode: another controller runs the cluster. We decide from the same observations and write nothing.

/** What we would have done otherwise than the controller that runs. */
export interface ShadowDifference {
  readonly object: string
  /** Kinds of the changes that we would make to a cluster that the controller left alone. */
  readonly changes: readonly string[]
  /** Fields of the status, as the controller left them and as we would write them. */
  readonly fields: readonly FieldDifference[]
}

/** Ports that take every write and do nothing. */
export function shadowPorts(cluster: ClusterPort): HostPorts {
  return {
    cluster: {
      ...cluster,
      apply: () => undefined,
      writeStatus: () => undefined,
    },
    traffic: { apply: () => undefined },
    events: { emit: () => undefined },
  }
}

/** Only objects that came to rest can be compared: while the controller is at work, we may be a moment ahead of it. */
export function shadowDifference({ ref, object, decision }: ReconcileRecord): ShadowDifference | undefined {
  if (!object || !decision) return undefined
  // Routers are told their weights in every reconcile, whether anything changed or not.
  const changes = decision.changes.filter((change) => !('router' in change)).map(({ kind }) => kind)
  const fields = fieldDifferences(statusOf(object), decision.status ?? {})
  if (changes.length === 0 && fields.length === 0) return undefined
  return { object: `${ref.kind} ${ref.namespace}/${ref.name}`, changes, fields }
}

const statusOf = (object: KubeObject): object => (object.status ?? {}) as object
