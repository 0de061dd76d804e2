import { expect, test } from 'vitest'
import { apiOf } from '../../../examples/kubernetes-controller/api'
import { objectCache } from '../../../examples/kubernetes-controller/cache'
import { clusterPort } from '../../../examples/kubernetes-controller/cluster'
import { eventSink } from '../../../examples/kubernetes-controller/events'
import { resourceOf } from '../../../examples/kubernetes-controller/resources'
import { trafficPort } from '../../../examples/kubernetes-controller/traffic'
import { adapterContract, type ContractSubject } from '../../../src/check/index'
import type { ObjectRef } from '../../../src/model/decision'
import type { KubeObject } from '../../../src/model/meta'
import type { Rollout } from '../../../src/model/rollout'
import { startApiServer, type TestApiServer } from './apiServer'
import { configFor, installShop, rollout } from './shop'

// The example's adapters keep the contract that every host's have to keep, on an API server of our own.

const placeOf = (kind: string): string => {
  const { apiVersion, plural } = resourceOf(kind)
  return `${apiVersion}/${plural}`
}

/** As `kubectl replace` and a controller that writes the status: whatever version the object has. */
function writeWhole({ objects }: TestApiServer, { kind = '', ...object }: KubeObject): void {
  const { namespace = '', name, resourceVersion: _version, ...metadata } = object.metadata
  const wanted = { ...object, kind, metadata: { ...metadata, namespace, name } } as KubeObject
  if (!objects.get(placeOf(kind), namespace, name)) objects.create(placeOf(kind), namespace, wanted)
  objects.put(placeOf(kind), namespace, name, wanted, 'object')
  if (object.status) objects.put(placeOf(kind), namespace, name, wanted, 'status')
}

const kinds = ['ReplicaSet', 'Rollout', 'Ingress']

async function openOn(server: TestApiServer, ends: (() => unknown)[]): Promise<ContractSubject> {
  const config = configFor(server.url)
  const api = apiOf(config)
  const cache = objectCache(config, api)
  await cache.start()
  ends.push(cache.stop)
  const versions = (objects: readonly KubeObject[] | undefined): string =>
    JSON.stringify(objects?.map(({ metadata }) => [metadata.name, metadata.resourceVersion]).sort())
  const isSame = (): boolean =>
    kinds.every((kind) => versions(cache.list(kind, '')) === versions(server.objects.list(placeOf(kind), '')))
  const seen = async (): Promise<void> => {
    if (isSame()) return
    let stop: () => void = () => {}
    await new Promise<void>((resolve) => {
      stop = cache.watch(() => isSame() && resolve())
    })
    stop()
  }
  return {
    ports: {
      cluster: clusterPort(api, cache),
      traffic: trafficPort(api, cache),
      events: eventSink(api, cache, 'contract'),
    },
    write: (object) => writeWhole(server, object),
    remove: ({ kind, namespace, name }: ObjectRef) => void server.objects.remove(placeOf(kind), namespace, name),
    seen,
    restart: () => openOn(server, ends),
    routed: rollout('web:1') as unknown as Rollout,
    close: async () => {
      for (const end of ends.splice(0).reverse()) await end()
    },
  }
}

const checks = adapterContract(async () => {
  const server = await startApiServer()
  installShop(server.objects)
  return openOn(server, [server.close])
})

/** The example keeps waiting events in memory, and nginx cannot verify a weight. */
const without = ['restart-events', 'outbox-replaced']

test.for(checks)('$id: $promise', async ({ id, run }) => {
  expect(await run()).toBe(without.includes(id) ? 'not for these' : 'kept')
})
