import type { EngineEvent } from '../model/decision'
import type { KubeObject } from '../model/meta'
import type { CanaryStrategy } from '../model/rollout'
import type { TrafficRouting } from '../model/trafficRouting'
import { notFoundText, type Resource, resourceKey } from './resources'
import type { AwsLoadBalancerAsk, ResourceChange, ResourceFailure, RouterObservation } from './routerObservation'

/**
 * The state of one call of a router: the observation, and the decisions so far. Routers read the observed objects,
 * never those that this call changed, because a controller reads its cache. It lives for one call and never leaves it.
 */
export interface RouterCall {
  readonly observed: RouterObservation
  readonly namespace: string
  readonly canary: CanaryStrategy
  readonly routing: TrafficRouting
  readonly changes: ResourceChange[]
  readonly events: EngineEvent[]
  readonly asks: AwsLoadBalancerAsk[]
}

/** Why a call of a router ends. `notFound`: an object is missing, which some routers handle. */
export interface Failed {
  readonly failed: string
  readonly notFound?: true
}

export type Found = { readonly object: KubeObject } | Failed

/** The error of a call for which upstream's controller would crash. */
export const crash = (why: string): Failed => ({ failed: `${why} (upstream's controller crashes here)` })

export const explained = (prefix: string, { failed }: Failed): Failed => ({ failed: `${prefix}${failed}` })

export function beginCall(observed: RouterObservation): RouterCall {
  const { metadata, spec } = observed.rollout
  const canary = spec.strategy?.canary ?? {}
  const namespace = metadata.namespace ?? ''
  return { observed, namespace, canary, routing: canary.trafficRouting ?? {}, changes: [], events: [], asks: [] }
}

const failureOf = (call: RouterCall, key: string) => call.observed.answers?.failures?.[key]

export function findObject(call: RouterCall, resource: Resource, namespace: string, name: string): Found {
  const failure = failureOf(call, resourceKey('get', resource, namespace, name))
  if (failure) return { failed: failure.message, ...(failure.reason === 'NotFound' && { notFound: true as const }) }
  const object = call.observed.objects.find((one) => isThat(one, resource, namespace, name))
  return object ? { object } : { failed: notFoundText(resource, name), notFound: true }
}

function isThat(
  { apiVersion, kind, metadata }: KubeObject,
  resource: Resource,
  namespace: string,
  name: string,
): boolean {
  if (kind !== resource.kind || metadata.name !== name || (metadata.namespace ?? '') !== namespace) return false
  return groupOf(apiVersion ?? '') === resource.group || (resource.groups ?? []).includes(groupOf(apiVersion ?? ''))
}

const groupOf = (apiVersion: string): string => apiVersion.split('/').slice(0, -1).join('/')

const addressOf = (resource: Resource, object: KubeObject) => ({
  resource: resource.plural,
  apiVersion: object.apiVersion ?? `${resource.group}/${resource.version}`,
  namespace: object.metadata.namespace ?? '',
  name: object.metadata.name,
})

export interface WriteFailed extends Failed {
  readonly failure: ResourceFailure
}

function write(call: RouterCall, change: ResourceChange, key: string): WriteFailed | undefined {
  call.changes.push(change)
  const failure = failureOf(call, key)
  return failure && { failed: failure.message, failure }
}

export const createObject = (call: RouterCall, resource: Resource, object: KubeObject): WriteFailed | undefined =>
  write(
    call,
    { kind: 'createResource', ...addressOf(resource, object), object },
    resourceKey('create', resource, object.metadata.namespace ?? '', object.metadata.name),
  )

export const updateObject = (call: RouterCall, resource: Resource, object: KubeObject): WriteFailed | undefined =>
  write(
    call,
    { kind: 'updateResource', ...addressOf(resource, object), object },
    resourceKey('update', resource, object.metadata.namespace ?? '', object.metadata.name),
  )

export const patchObject = (
  call: RouterCall,
  resource: Resource,
  object: KubeObject,
  patch: Readonly<Record<string, unknown>>,
): WriteFailed | undefined =>
  write(
    call,
    { kind: 'patchResource', ...addressOf(resource, object), patch },
    resourceKey('patch', resource, object.metadata.namespace ?? '', object.metadata.name),
  )

export const deleteObject = (
  call: RouterCall,
  resource: Resource,
  object: KubeObject,
  afterSeconds?: number,
): WriteFailed | undefined =>
  write(
    call,
    { kind: 'deleteResource', ...addressOf(resource, object), ...(afterSeconds !== undefined && { afterSeconds }) },
    resourceKey('delete', resource, object.metadata.namespace ?? '', object.metadata.name),
  )

export function emit(call: RouterCall, reason: string, message: string, type: EngineEvent['type'] = 'Normal'): void {
  const object = { kind: 'Rollout', namespace: call.namespace, name: call.observed.rollout.metadata.name }
  call.events.push({ object, type, reason, message })
}
