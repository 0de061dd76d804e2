import type { KubeObject } from '../../model/meta'
import type { IstioVirtualService } from '../../model/trafficRouting'
import { virtualService } from '../resources'
import { emit, type Failed, type Found, findObject, type RouterCall, updateObject } from '../routerCall'

/** The VirtualServices of a Rollout: the list if there is one, else the single one. */
export function virtualServicesOf({ routing }: RouterCall): readonly IstioVirtualService[] {
  const { virtualService: single, virtualServices } = routing.istio ?? {}
  return virtualServices ?? (single ? [single] : [])
}

interface Address {
  readonly namespace: string
  readonly name: string
}

/** `web`, `web.shop` or `web.shop.cluster.local`: the last part after a dot is the namespace. */
export function addressOf(call: RouterCall, { name = '' }: IstioVirtualService): Address {
  const parts = name.replace(/\.cluster\.local$/, '').split('.')
  if (parts.length < 2) return { namespace: call.namespace, name: parts[0]! }
  return { namespace: parts.at(-1) || call.namespace, name: parts.slice(0, -1).join('.') }
}

/** Finds a VirtualService; a missing one also causes an event. */
export function findVirtualService(call: RouterCall, { namespace, name }: Address): Found {
  const read = findObject(call, virtualService(call.observed.options ?? {}), namespace, name)
  if ('failed' in read && read.notFound) {
    emit(call, 'VirtualServiceNotFound', `VirtualService \`${name}\` not found`, 'Warning')
  }
  return read
}

/** Writes a VirtualService, and emits an event about it. */
export function writeVirtualService(call: RouterCall, object: KubeObject, done: string): Failed | undefined {
  const failure = updateObject(call, virtualService(call.observed.options ?? {}), object)
  if (!failure) emit(call, 'Updated VirtualService', `VirtualService \`${object.metadata.name}\` ${done}`)
  return failure
}

/** Calls a function for each VirtualService. `stop`: ends the loop. */
export function eachVirtualService(
  call: RouterCall,
  run: (config: IstioVirtualService, read: Found) => Failed | 'stop' | undefined,
): Failed | undefined {
  for (const config of virtualServicesOf(call)) {
    const ended = run(config, findVirtualService(call, addressOf(call, config)))
    if (ended === 'stop') return undefined
    if (ended) return ended
  }
  return undefined
}
