import { statusPatch } from '../../kube/statusPatch'
import type { KubeObject } from '../../model/meta'
import { sameJson } from '../../model/sameJson'
import type { StatusWrite } from '../ports'
import { type Bench, type Promised, rolloutIn, rolloutName, shownValue } from './subject'

const refOf = ({ namespace }: Bench): StatusWrite['ref'] => ({ kind: 'Rollout', namespace, name: rolloutName })

const rolloutOf = async ({ cluster, namespace }: Bench): Promise<KubeObject | undefined> =>
  cluster.get('Rollout', namespace, rolloutName)

/** A status as the host writes it: with what was observed before. */
function writeOf(bench: Bench, observed: KubeObject | undefined, status: object): StatusWrite {
  const before = observed?.status as object | undefined
  const { resourceVersion } = observed?.metadata ?? {}
  return {
    ref: refOf(bench),
    ...(before && { before }),
    status,
    patch: () => statusPatch(before, status),
    ...(resourceVersion !== undefined && { resourceVersion }),
  }
}

const paused = {
  phase: 'Paused',
  abort: true,
  pauseConditions: [{ reason: 'CanaryPauseStep', startTime: '2030-01-01T00:00:00Z' }],
  canary: { weights: { canary: { weight: 10 } }, currentStepAnalysisRunStatus: { name: 'a', status: 'Running' } },
}

const healthy = { phase: 'Healthy', canary: { weights: { canary: { weight: 0 } } } }

/** A Rollout with a status that was written through the port. */
async function withStatus(bench: Bench, status: object): Promise<KubeObject | undefined> {
  await bench.writeAndSee(rolloutIn(bench.namespace))
  await bench.cluster.writeStatus(writeOf(bench, await rolloutOf(bench), status))
  return rolloutOf(bench)
}

/** What `writeStatus` promises. */
export const statusChecks: readonly Promised[] = [
  {
    id: 'status-first',
    promise: 'the first status of an object is there as soon as writeStatus resolved',
    find: async (bench) => {
      const status = (await withStatus(bench, paused))?.status
      return sameJson(status, paused) ? undefined : `the status is ${shownValue(status)}`
    },
  },
  {
    id: 'status-whole',
    promise: 'fields that a new status lacks go, at every depth: no pause and no abort stays behind',
    find: async (bench) => {
      const observed = await withStatus(bench, paused)
      await bench.cluster.writeStatus(writeOf(bench, observed, healthy))
      const status = (await rolloutOf(bench))?.status
      return sameJson(status, healthy) ? undefined : `the status is ${shownValue(status)}`
    },
  },
  {
    id: 'status-only',
    promise: 'writing a status leaves spec, labels and annotations alone',
    find: async (bench) => {
      await bench.writeAndSee(rolloutIn(bench.namespace))
      const observed = (await rolloutOf(bench)) as KubeObject
      const spec = { ...(observed.spec as object), replicas: 7 }
      await bench.subject.write({ ...observed, spec })
      await Promise.resolve()
        .then(() => bench.cluster.writeStatus(writeOf(bench, observed, healthy)))
        .catch(() => undefined)
      await bench.subject.seen?.()
      const after = await rolloutOf(bench)
      if (!sameJson(after?.spec, spec)) return `the spec is ${shownValue(after?.spec)}`
      return sameJson(after?.metadata.labels, observed.metadata.labels)
        ? undefined
        : `the labels are ${shownValue(after?.metadata.labels)}`
    },
  },
  {
    id: 'status-version',
    promise: 'a resourceVersion that writeStatus returns is the one of the object from then on',
    find: async (bench) => {
      await bench.writeAndSee(rolloutIn(bench.namespace))
      const returned = await bench.cluster.writeStatus(writeOf(bench, await rolloutOf(bench), paused))
      const version = (await rolloutOf(bench))?.metadata.resourceVersion
      return returned === undefined || returned === version
        ? undefined
        : `it returned ${returned}, and the object has ${shownValue(version)}`
    },
  },
  {
    id: 'status-no-lost-update',
    promise: 'a field of the status that a person wrote meanwhile (promote, retry) stays; the write may reject instead',
    find: async (bench) => {
      const observed = (await withStatus(bench, paused)) as KubeObject
      await bench.subject.seen?.()
      await bench.subject.write({ ...observed, status: { ...(observed.status as object), promoteFull: true } })
      await Promise.resolve()
        .then(() => bench.cluster.writeStatus(writeOf(bench, observed, { ...paused, message: 'a pause' })))
        .catch(() => undefined)
      await bench.subject.seen?.()
      const status = (await rolloutOf(bench))?.status as { readonly promoteFull?: unknown } | undefined
      return status?.promoteFull === true ? undefined : `the status is ${shownValue(status)}`
    },
  },
  {
    id: 'status-gone',
    promise: 'a status of an object that is gone is rejected, and creates nothing',
    find: async (bench) => {
      await bench.writeAndSee(rolloutIn(bench.namespace))
      const observed = await rolloutOf(bench)
      await bench.subject.remove(refOf(bench))
      await bench.subject.seen?.()
      const isRejected = await Promise.resolve()
        .then(() => bench.cluster.writeStatus(writeOf(bench, observed, paused)))
        .then(
          () => false,
          () => true,
        )
      await bench.subject.seen?.()
      if (await rolloutOf(bench)) return 'the object is there again'
      return isRejected ? undefined : 'it resolved'
    },
  },
]
