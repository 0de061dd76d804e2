import { canonicalQuantity } from '../kube/quantity/printQuantity'
import { isJsonObject, ownValue } from '../model/json'
import type { WeightDestination } from '../model/rolloutStatus'
import { sameJson } from '../model/sameJson'
import { fieldsOf } from './fields'
import { isControlledBy, ownedBy } from './owner'
import { trafficSplit } from './resources'
import type { Router } from './router'
import { createObject, emit, type Failed, findObject, patchObject, type RouterCall } from './routerCall'
import { namedServices } from './trafficServices'

/** SMI TrafficSplits (Linkerd): one split a Rollout, which the Rollout owns (behaviour 6.4). */
export const smi: Router = {
  refuses: (call) => {
    const { smiVersion } = call.observed.options ?? {}
    return versionOf(call) ? undefined : { failed: `Unsupported TrafficSplit API version \`${smiVersion}\`` }
  },
  setWeight,
}

function setWeight(call: RouterCall, weight: number, destinations: readonly WeightDestination[]): Failed | undefined {
  const resource = trafficSplit(call.observed.options ?? {})
  const { rollout } = call.observed
  const name = call.routing.smi?.trafficSplitName || rollout.metadata.name
  const version = versionOf(call)!
  const spec = splitSpec(call, version, weight, destinations)
  const read = findObject(call, resource, call.namespace, name)
  if ('failed' in read) return read.notFound ? create(call, name, spec) : read
  if (!isControlledBy(read.object, rollout)) return { failed: `Rollout does not own TrafficSplit \`${name}\`` }
  const patch = specPatch(version, fieldsOf(read.object).spec, spec)
  return patch && patchObject(call, resource, read.object, { spec: patch })
}

function create(call: RouterCall, name: string, spec: Fields): Failed | undefined {
  const resource = trafficSplit(call.observed.options ?? {})
  const failure = createObject(call, resource, {
    apiVersion: `${resource.group}/${resource.version}`,
    kind: resource.kind,
    metadata: { name, namespace: call.namespace, ownerReferences: [ownedBy(call.observed.rollout)] },
    spec,
  })
  if (failure) emit(call, 'TrafficSplitNotCreated', `TrafficSplit \`${name}\` failed creation: ${failure.failed}`)
  else emit(call, 'TrafficSplitCreated', `TrafficSplit \`${name}\` created`)
  return failure
}

/** How a version of the API prints a TrafficSplit. */
interface Version {
  /** The empty names that are left out. */
  readonly omits: { readonly root: boolean; readonly backend: boolean }
  readonly printsQuantities: boolean
  /** Fields of a spec that the controller's types have, and its patches therefore replace or remove. */
  readonly fields: readonly string[]
}

const versions: Readonly<Record<string, Version>> = {
  v1alpha1: { omits: { root: true, backend: true }, printsQuantities: true, fields: ['service', 'backends'] },
  v1alpha2: { omits: { root: true, backend: false }, printsQuantities: false, fields: ['service', 'backends'] },
  v1alpha3: {
    omits: { root: false, backend: false },
    printsQuantities: false,
    fields: ['service', 'backends', 'matches'],
  },
}

const versionOf = (call: RouterCall): Version | undefined =>
  ownValue(versions, call.observed.options?.smiVersion ?? 'v1alpha1')

type Fields = Readonly<Record<string, unknown>>

function splitSpec(
  call: RouterCall,
  version: Version,
  weight: number,
  destinations: readonly WeightDestination[],
): Fields {
  const { stable, canary } = namedServices(call.canary)
  const others = destinations.reduce((sum, one) => sum + one.weight, 0)
  return {
    ...named(call.routing.smi?.rootService || stable, version.omits.root),
    backends: [
      backend(version, canary, weight),
      ...destinations.map((one) => backend(version, one.serviceName ?? '', one.weight)),
      backend(version, stable, 100 - weight - others),
    ],
  }
}

const named = (service: string, isOmitted: boolean): Fields => (service === '' && isOmitted ? {} : { service })

const backend = (version: Version, service: string, share: number): Fields => ({
  ...named(service, version.omits.backend),
  weight: version.printsQuantities ? printExponent(share) : share,
})

/** A quantity in decimal exponents: thousands become `e3`. */
function printExponent(value: number): string {
  let [digits, exponent] = [value, 0]
  while (digits !== 0 && digits % 1000 === 0) [digits, exponent] = [digits / 1000, exponent + 3]
  return exponent === 0 ? String(digits) : `${digits}e${exponent}`
}

/** The differences in fields that the version has; whole lists are replaced, extra fields removed. */
function specPatch(version: Version, current: unknown, wanted: Fields): Fields | undefined {
  const before = isJsonObject(current) ? (current as Fields) : {}
  const patch: Record<string, unknown> = {}
  for (const field of version.fields) {
    const known = field === 'backends' ? knownBackends(version, before.backends) : (before[field] ?? undefined)
    if (!sameJson(known, wanted[field])) patch[field] = wanted[field] ?? null
  }
  return Object.keys(patch).length === 0 ? undefined : patch
}

/** Backends as the controller's types print them again. */
function knownBackends(version: Version, backends: unknown): readonly Fields[] | undefined {
  if (!Array.isArray(backends)) return undefined
  return backends.map((one) => {
    const { service = '', weight = 0 } = isJsonObject(one) ? one : {}
    const shown = version.printsQuantities ? canonicalQuantity(String(weight)) : weight
    return { ...named(String(service), version.omits.backend), weight: shown }
  })
}
