import type { KubeObject, StringMap } from '../model/meta'
import { backendService, pathsOf, rulesOf, specOf, withBackendService, withPaths } from '../trafficResources/ingress'
import { mapPatch, patchOf, specFields, specPatch } from './ingress/ingressPatch'
import { isControlledBy, ownedBy } from './owner'
import { ingress, isLegacyIngress } from './resources'
import type { Router } from './router'
import {
  crash,
  createObject,
  emit,
  explained,
  type Failed,
  type Found,
  findObject,
  patchObject,
  type RouterCall,
} from './routerCall'
import { namedServices } from './trafficServices'

const classAnnotation = 'kubernetes.io/ingress.class'
const defaultPrefix = 'nginx.ingress.kubernetes.io'
const canarySuffix = '-canary'
const longestName = 253

/** NGINX: a canary Ingress beside each stable one, with the weight in an annotation (behaviour 6.2). */
export const nginx: Router = { setWeight }

function setWeight(call: RouterCall, weight: number): Failed | undefined {
  const { stableIngress = '', stableIngresses } = call.routing.nginx ?? {}
  for (const name of stableIngresses ?? [stableIngress]) {
    const failure = setIngressWeight(call, name, weight)
    if (failure) return failure
  }
  return undefined
}

function canaryIngressName(rollout: string, stable: string): string {
  if (stable === '') return ''
  return `${rollout}-${stable}`.slice(0, longestName - canarySuffix.length) + canarySuffix
}

function setIngressWeight(call: RouterCall, stableName: string, weight: number): Failed | undefined {
  const resource = ingress(call.observed.options ?? {})
  const name = canaryIngressName(call.observed.rollout.metadata.name, stableName)
  const stable = findObject(call, resource, call.namespace, stableName)
  if ('failed' in stable) return explained(`error retrieving stableIngress \`${stableName}\` from cache: `, stable)
  const existing = findObject(call, resource, call.namespace, name)
  if ('failed' in existing && !existing.notFound) {
    return explained(`error retrieving canary ingress \`${name}\` from cache: `, existing)
  }
  const wanted = canaryIngress(call, stable.object, name, weight)
  if ('failed' in wanted) return wanted
  const current = 'failed' in existing ? createCanary(call, wanted.object, weight) : existing
  if (current === undefined) return undefined
  return 'failed' in current ? current : patchCanary(call, current.object, wanted.object, weight)
}

/** Creates the canary Ingress. If another reconcile created it first, the existing one is returned to be patched. */
function createCanary(call: RouterCall, wanted: KubeObject, weight: number): Found | undefined {
  const resource = ingress(call.observed.options ?? {})
  const { name } = wanted.metadata
  emit(call, 'CreatingCanaryIngress', `Creating canary ingress \`${name}\` with weight \`${weight}\``)
  const refused = createObject(call, resource, wanted)
  if (!refused) return undefined
  const { reason, existing, existingError = `it is not there: read it after the refusal` } = refused.failure
  if (reason !== 'AlreadyExists') return explained(`error creating canary ingress \`${name}\`: `, refused)
  if (existing) return { object: existing }
  return { failed: `error retrieving canary ingress \`${name}\` from api: ${existingError}` }
}

function patchCanary(call: RouterCall, current: KubeObject, wanted: KubeObject, weight: number): Failed | undefined {
  const { name } = wanted.metadata
  if (!isControlledBy(current, call.observed.rollout)) {
    return { failed: `canary ingress \`${name}\` controlled by different object` }
  }
  // Annotations of others stay; labels do not, as upstream's patch removes them.
  const annotations = { ...current.metadata.annotations, ...wanted.metadata.annotations }
  const patch = patchOf({
    annotations: mapPatch(current.metadata.annotations, annotations),
    labels: mapPatch(current.metadata.labels, undefined),
    spec: specPatch(specOf(current), specOf(wanted), specFields),
  })
  if (!patch) return undefined
  emit(call, 'PatchingCanaryIngress', `Updating Ingress \`${name}\` to desiredWeight '${weight}'`)
  const failure = patchObject(call, ingress(call.observed.options ?? {}), current, patch)
  return failure && explained(`error patching canary ingress \`${name}\`: `, failure)
}

function canaryIngress(call: RouterCall, stable: KubeObject, name: string, weight: number): Found {
  const resource = ingress(call.observed.options ?? {})
  const rules = canaryRules(call, stable)
  if ('failed' in rules) return rules
  const { tls, ingressClassName } = specOf(stable)
  return {
    object: {
      apiVersion: `${resource.group}/${resource.version}`,
      kind: resource.kind,
      metadata: {
        name,
        namespace: call.namespace,
        annotations: canaryAnnotations(call, stable.metadata.annotations?.[classAnnotation], weight),
        ownerReferences: [ownedBy(call.observed.rollout)],
      },
      spec: {
        ...(ingressClassName !== undefined && ingressClassName !== null && { ingressClassName }),
        ...(Array.isArray(tls) && { tls }),
        rules: rules.rules,
      },
    },
  }
}

/** The rules that send traffic to the stable Service, with the canary Service instead. */
function canaryRules(call: RouterCall, stable: KubeObject): { readonly rules: readonly unknown[] } | Failed {
  const isLegacy = isLegacyIngress(call.observed.options ?? {})
  const services = namedServices(call.canary)
  const rules: unknown[] = []
  for (const rule of rulesOf(stable)) {
    const paths = pathsOf(rule)
    if (!paths) return crash(`a rule of ingress \`${stable.metadata.name}\` has no http`)
    const names = paths.map((path) => backendService(path, isLegacy))
    if (names.includes(undefined)) return crash(`a path of ingress \`${stable.metadata.name}\` has no service`)
    if (!names.includes(services.stable)) continue
    const moved = paths.map((path, at) =>
      names[at] === services.stable ? withBackendService(path, services.canary, isLegacy) : path,
    )
    rules.push(withPaths(rule, moved))
  }
  if (rules.length > 0) return { rules }
  const named = call.routing.nginx?.stableIngress ?? ''
  return { failed: `ingress \`${named}\` has no rules using service ${services.stable} backend` }
}

function canaryAnnotations(call: RouterCall, ingressClass: string | undefined, weight: number): StringMap {
  const { annotationPrefix, additionalIngressAnnotations = {}, canaryIngressAnnotations } = call.routing.nginx ?? {}
  const prefix = annotationPrefix || defaultPrefix
  const additional = Object.entries(additionalIngressAnnotations).map(([key, value]) => [
    key.startsWith(prefix) ? key : `${prefix}/${key}`,
    value,
  ])
  const total = call.routing.maxTrafficWeight
  return {
    ...(ingressClass !== undefined && { [classAnnotation]: ingressClass }),
    ...Object.fromEntries(additional),
    ...canaryIngressAnnotations,
    [`${prefix}/canary`]: 'true',
    [`${prefix}/canary-weight`]: String(weight),
    ...(total !== undefined && { [`${prefix}/canary-weight-total`]: String(total) }),
  }
}
