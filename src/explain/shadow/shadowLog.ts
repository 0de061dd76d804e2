import { fieldDifferences } from '../../cluster/fieldDifferences'
import { type ClusterObjects, objectKey } from '../../cluster/objects'
import { wellFormedCluster } from '../../cluster/wellFormed'
import { blockerText } from '../../model/blockerText'
import type { ControllerVersion } from '../../model/controllerVersion'
import { givenList, givenObject, givenText } from '../../model/given'
import { isJsonObject, type JsonObject } from '../../model/json'
import type { KubeObject } from '../../model/meta'
import type { RolloutStatus } from '../../model/rolloutStatus'
import { decidedOnce } from './decided'
import type { ShadowReport, ShadowStep, ShadowVerdict } from './shadow'

/** One reconcile of a Rollout, as a host of your own logged it: a part of `ReconcileRecord`. */
export interface LoggedReconcile {
  readonly ref: { readonly kind: string; readonly namespace: string; readonly name: string }
  readonly observed?: { readonly now: string; readonly objects: readonly KubeObject[] }
  readonly decision?: { readonly changes?: unknown; readonly status?: unknown }
}

/**
 * The log of a host in shadow mode: for each reconcile of a Rollout, does the engine decide the same from the same
 * observation? Changes, router calls and the status are compared, times included. `differs` means another version of
 * the engine or of the controller, or that the host could not carry something out. Reconciles of other kinds, and those
 * that failed before they decided, have no step.
 *
 * @example
 * import { type LoggedReconcile, shadowLog } from 'rollout-engine/explain'
 * import { manualClock, memoryHost } from 'rollout-engine/memory'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' }, spec }
 * const records: LoggedReconcile[] = []
 * const clock = manualClock('2030-01-01T00:00:00Z')
 * const host = memoryHost([rollout], { clock, onReconcile: (record) => records.push(record) })
 * const stop = new AbortController()
 * const running = host.run(stop.signal)
 * await clock.advance(10)
 * stop.abort()
 * await running
 * shadowLog(records).counts.differs // => 0
 */
export function shadowLog(
  records: readonly LoggedReconcile[],
  options: { readonly controller?: ControllerVersion } = {},
): ShadowReport {
  const { controller } = givenObject<typeof options>(options)
  const steps = givenList(records).flatMap((record) => {
    const step = judged(record, controller)
    return step ? [step] : []
  })
  const counts: Record<ShadowVerdict, number> = { same: 0, commanded: 0, behind: 0, differs: 0 }
  for (const { verdict } of steps) counts[verdict]++
  return { steps, counts }
}

function judged(record: LoggedReconcile, controller: ControllerVersion | undefined): ShadowStep | undefined {
  const { ref, observed, decision } = givenObject<LoggedReconcile>(record)
  const { kind, namespace, name } = givenObject<LoggedReconcile['ref']>(ref)
  if (kind !== 'Rollout' || !isJsonObject(observed) || !isJsonObject(decision)) return undefined
  const seen = observed as unknown as NonNullable<LoggedReconcile['observed']>
  const now = givenText(seen.now)
  const key = objectKey('Rollout', givenText(namespace), givenText(name))
  const objects = clusterOf(givenList(seen.objects))
  if (objects[key]?.kind !== 'Rollout') return undefined
  const status = (decision as JsonObject).status as RolloutStatus | undefined
  const own = decidedOnce(
    objects,
    isJsonObject(status) ? { status } : undefined,
    key,
    now,
    controller && { controller },
  )
  const differences = fieldDifferences(deedsOf(decision), deedsOf(own))
  return {
    now,
    verdict: differences.length === 0 ? 'same' : 'differs',
    decided: own.events.map(({ message }) => message),
    differences,
    waitsFor: own.blockers.map((blocker) => blockerText(blocker).waitsFor),
  }
}

/** As JSON: a log knows no missing values. What JSON cannot say was never in a log, and counts as nothing. */
function deedsOf({
  changes,
  status,
}: {
  readonly changes?: unknown
  readonly status?: unknown
}): Record<string, unknown> {
  try {
    return JSON.parse(JSON.stringify({ changes: changes ?? [], status: status ?? {} }))
  } catch {
    return {}
  }
}

function clusterOf(objects: readonly KubeObject[]): ClusterObjects {
  const named = objects.filter((one) => isJsonObject(one) && typeof one.kind === 'string' && isJsonObject(one.metadata))
  return wellFormedCluster(
    Object.fromEntries(
      named.map((one) => [
        objectKey(one.kind as string, givenText(one.metadata.namespace), givenText(one.metadata.name)),
        one,
      ]),
    ),
  )
}
