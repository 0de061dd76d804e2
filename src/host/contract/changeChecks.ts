import type { Failure } from '../../model/decision'
import { sameJson } from '../../model/sameJson'
import type { ClusterChange } from '../ports'
import { type Bench, type Promised, replicaSetIn, setName, shownValue, wantedOf } from './subject'

const created = ({ namespace }: Bench): ClusterChange => ({
  kind: 'createReplicaSet',
  replicaSet: replicaSetIn(namespace),
})

const deleted = ({ namespace }: Bench): ClusterChange => ({ kind: 'deleteReplicaSet', namespace, name: setName })

const scaled = ({ namespace }: Bench, fromReplicas: number, replicas: number): ClusterChange => ({
  kind: 'scaleReplicaSet',
  namespace,
  name: setName,
  fromReplicas,
  replicas,
})

const annotated = ({ namespace }: Bench, annotations: Readonly<Record<string, string | null>>): ClusterChange => ({
  kind: 'annotateReplicaSet',
  namespace,
  name: setName,
  annotations,
})

const refusal = (failure: Failure | undefined, reason: Failure['reason']): string | undefined =>
  failure?.reason === reason
    ? undefined
    : `expected a returned failure with the reason ${reason}, got ${shownValue(failure)}`

const mustWork = (failure: Failure | undefined): string | undefined => failure && `it was refused: ${failure.message}`

/** What `apply` promises about one change, and about several in their order. */
export const changeChecks: readonly Promised[] = [
  {
    id: 'read-own-write',
    promise: 'an object that apply created is there for get and list as soon as apply resolved',
    find: async (bench) => {
      const refused = mustWork(await bench.cluster.apply(created(bench)))
      if (refused !== undefined) return refused
      if (!(await bench.get())) return 'get does not have it'
      const names = (await bench.cluster.list('ReplicaSet', bench.namespace))?.map(({ metadata }) => metadata.name)
      return names?.includes(setName) ? undefined : `list has ${shownValue(names)}`
    },
  },
  {
    id: 'create-twice',
    promise: 'a second create of the same object is returned as alreadyExists, and the first one stays',
    find: async (bench) => {
      await bench.cluster.apply(created(bench))
      const first = await bench.get()
      const failure = await bench.cluster.apply(created(bench))
      const second = await bench.get()
      if (first?.metadata.uid !== second?.metadata.uid) return 'the object has another uid now'
      return refusal(failure, 'alreadyExists')
    },
  },
  {
    id: 'scale-twice',
    promise: 'the same scale twice has the same result as once',
    find: async (bench) => {
      await bench.cluster.apply(created(bench))
      await bench.cluster.apply(scaled(bench, 1, 3))
      const refused = mustWork(await bench.cluster.apply(scaled(bench, 1, 3)))
      const wanted = wantedOf(await bench.get())
      return refused ?? (wanted === 3 ? undefined : `it has ${shownValue(wanted)} replicas instead of 3`)
    },
  },
  {
    id: 'delete-twice',
    promise: 'a second delete of the same object is returned as notFound',
    find: async (bench) => {
      await bench.cluster.apply(created(bench))
      const refused = mustWork(await bench.cluster.apply(deleted(bench)))
      if (refused !== undefined) return refused
      if (await bench.get()) return 'get still has it'
      return refusal(await bench.cluster.apply(deleted(bench)), 'notFound')
    },
  },
  {
    id: 'change-nothing',
    promise: 'a change of an object that is not there is returned as notFound, and creates nothing',
    find: async (bench) => {
      const failure = await bench.cluster.apply(scaled(bench, 1, 2))
      return (await bench.get()) ? 'it was created' : refusal(failure, 'notFound')
    },
  },
  {
    id: 'create-anew',
    promise: 'an object that is created after a delete has a uid of its own',
    find: async (bench) => {
      await bench.cluster.apply(created(bench))
      const first = await bench.get()
      await bench.cluster.apply(deleted(bench))
      const refused = mustWork(await bench.cluster.apply(created(bench)))
      if (refused !== undefined) return refused
      const uid = (await bench.get())?.metadata.uid
      return uid !== undefined && uid !== first?.metadata.uid ? undefined : `the uid is ${shownValue(uid)} again`
    },
  },
  {
    id: 'in-order',
    promise: 'changes have effect in the order of their calls: the last one wins',
    find: async (bench) => {
      await bench.cluster.apply(created(bench))
      for (const number of ['1', '2', '3']) await bench.cluster.apply(annotated(bench, { last: number }))
      await bench.cluster.apply(scaled(bench, 1, 4))
      await bench.cluster.apply(scaled(bench, 4, 2))
      const object = await bench.get()
      const end = [object?.metadata.annotations?.last, wantedOf(object)]
      return sameJson(end, ['3', 2]) ? undefined : `expected annotation 3 and 2 replicas, got ${shownValue(end)}`
    },
  },
  {
    id: 'nothing-else',
    promise: 'a change touches only what it names, and null removes a key',
    find: async (bench) => {
      await bench.cluster.apply(created(bench))
      const before = await bench.get()
      await bench.cluster.apply(annotated(bench, { gone: 'soon' }))
      await bench.cluster.apply(annotated(bench, { gone: null }))
      await bench.cluster.apply(scaled(bench, 1, 2))
      const after = await bench.get()
      const spec = { ...(after?.spec as object), replicas: 1 }
      if (!sameJson(spec, before?.spec)) return `the spec is ${shownValue(spec)}`
      const { labels, annotations } = after?.metadata ?? {}
      const same = sameJson([labels, annotations], [before?.metadata.labels, before?.metadata.annotations])
      return same ? undefined : `labels and annotations are ${shownValue([labels, annotations])}`
    },
  },
  {
    id: 'no-lost-update',
    promise: 'a change does not undo what somebody else wrote since the object was observed; it may reject instead',
    find: async (bench) => {
      await bench.cluster.apply(created(bench))
      await bench.subject.seen?.()
      const observed = (await bench.get()) ?? replicaSetIn(bench.namespace)
      const annotations = { ...observed.metadata.annotations, written: 'by another' }
      await bench.subject.write({ ...observed, metadata: { ...observed.metadata, annotations } })
      // Refused or rejected: both are answers that the host tries again after.
      await Promise.resolve()
        .then(() => bench.cluster.apply(scaled(bench, 1, 2)))
        .catch(() => undefined)
      await bench.subject.seen?.()
      const after = (await bench.get())?.metadata.annotations
      return after?.written === 'by another' ? undefined : `the annotations are ${shownValue(after)}`
    },
  },
]
