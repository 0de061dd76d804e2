import type { KubeObject } from '../../model/meta'
import type { Sighting } from '../ports'
import { type Bench, type Finding, type Promised, replicaSetIn, setName, shownValue } from './subject'

const isOurs = ({ ref }: Sighting): boolean => ref.kind === 'ReplicaSet' && ref.name === setName

const numbered = (object: KubeObject, number: number): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, number: String(number) } },
})

const numberOf = (object: KubeObject | undefined): number => Number(object?.metadata.annotations?.number ?? 0)

/** Watches while something is done, and takes the watch back. */
async function watched(bench: Bench, work: (seen: readonly Sighting[]) => Promise<Finding>): Promise<Finding> {
  const seen: Sighting[] = []
  const stop = bench.cluster.watch((sighting) => {
    if (isOurs(sighting)) seen.push(sighting)
  })
  try {
    return await work(seen)
  } finally {
    stop()
  }
}

const isRising = (numbers: readonly number[]): boolean =>
  numbers.every((number, index) => index === 0 || (numbers[index - 1] ?? 0) <= number)

/** What `get`, `list` and `watch` promise. */
export const observationChecks: readonly Promised[] = [
  {
    id: 'absent',
    promise: 'what is not there is undefined for get, and not in list',
    find: async (bench) => {
      const object = await bench.get()
      const listed = (await bench.cluster.list('ReplicaSet', bench.namespace)) ?? []
      return object === undefined && !listed.some(({ metadata }) => metadata.name === setName)
        ? undefined
        : `there is ${shownValue(object ?? listed)}`
    },
  },
  {
    id: 'own-namespace',
    promise: 'list has the objects of the namespace that was asked for, and of no other',
    find: async (bench) => {
      const other = bench.subject.otherNamespace ?? 'contract-2'
      await bench.writeAndSee(replicaSetIn(other))
      await bench.writeAndSee(replicaSetIn(bench.namespace))
      const listed = await bench.cluster.list('ReplicaSet', bench.namespace)
      const namespaces = listed?.map(({ metadata }) => metadata.namespace)
      const foreign = namespaces?.find((namespace) => namespace !== bench.namespace)
      if (foreign !== undefined) return `an object of ${foreign} is in the list`
      return namespaces?.length === 1 ? undefined : `the list has ${shownValue(namespaces)}`
    },
  },
  {
    id: 'values',
    promise: 'an object that was handed out does not change afterwards',
    find: async (bench) => {
      await bench.writeAndSee(replicaSetIn(bench.namespace))
      const first = await bench.get()
      const before = JSON.stringify(first)
      await bench.cluster.apply({
        kind: 'scaleReplicaSet',
        namespace: bench.namespace,
        name: setName,
        fromReplicas: 1,
        replicas: 2,
      })
      await bench.writeAndSee(numbered((await bench.get()) ?? replicaSetIn(bench.namespace), 1))
      return JSON.stringify(first) === before ? undefined : `it became ${JSON.stringify(first)}`
    },
  },
  {
    id: 'watch-start',
    promise: 'watch tells every object that is there once',
    find: async (bench) => {
      await bench.writeAndSee(replicaSetIn(bench.namespace))
      return watched(bench, async (seen) => {
        await bench.subject.seen?.()
        return seen.length === 1 && seen[0]?.object ? undefined : `it was told ${seen.length} times`
      })
    },
  },
  {
    id: 'watch-others',
    promise: 'watch tells what other processes create, change and delete, in this order',
    find: async (bench) =>
      watched(bench, async (seen) => {
        await bench.writeAndSee(replicaSetIn(bench.namespace))
        await bench.writeAndSee(numbered((await bench.get()) ?? replicaSetIn(bench.namespace), 1))
        await bench.subject.remove({ kind: 'ReplicaSet', namespace: bench.namespace, name: setName })
        await bench.subject.seen?.()
        const told = seen.map(({ object }) => (object ? `number ${numberOf(object)}` : 'gone'))
        const isWhole = told[0] === 'number 0' && told.includes('number 1') && told.at(-1) === 'gone'
        return isWhole ? undefined : `it told: ${told.join(', ') || 'nothing'}`
      }),
  },
  {
    id: 'watch-ends',
    promise: 'watch tells nothing any more once its end was asked for',
    find: async (bench) => {
      let told = 0
      const stop = bench.cluster.watch(() => told++)
      stop()
      const before = told
      await bench.writeAndSee(replicaSetIn(bench.namespace))
      return told === before ? undefined : 'it told a write that came later'
    },
  },
  {
    id: 'never-back',
    promise: 'observations never go back to an older state, neither in get nor in watch, and end with the newest',
    find: async (bench) => {
      await bench.writeAndSee(replicaSetIn(bench.namespace))
      return watched(bench, async (seen) => {
        const got: number[] = []
        for (const number of [1, 2, 3, 4, 5, 6]) {
          if (number % 2 === 0) await bench.writeAndSee(numbered((await bench.get()) as KubeObject, number))
          else
            await bench.cluster.apply({
              kind: 'annotateReplicaSet',
              namespace: bench.namespace,
              name: setName,
              annotations: { number: String(number) },
            })
          got.push(numberOf(await bench.get()))
        }
        await bench.subject.seen?.()
        const told = seen.map(({ object }) => numberOf(object))
        if (!isRising(got) || got.at(-1) !== 6) return `get gave ${got.join(', ')}`
        return isRising(told) && told.at(-1) === 6 ? undefined : `watch told ${told.join(', ')}`
      })
    },
  },
]
