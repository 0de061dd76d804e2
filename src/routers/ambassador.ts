import { goQuote } from '../go/goQuote'
import type { KubeObject } from '../model/meta'
import { ownWeight, ownWeightProblem } from '../trafficResources/mapping'
import { fieldsOf, textAt, withField } from './fields'
import { mapping } from './resources'
import type { Router } from './router'
import { createObject, deleteObject, emit, type Failed, findObject, type RouterCall, updateObject } from './routerCall'
import { namedServices } from './trafficServices'

/** Seconds that a weight of 0 needs to reach every proxy; only then the canary Mapping may be deleted. */
const propagationSeconds = 5
const longestBaseName = 246

/** Ambassador and Emissary: a canary Mapping beside each base Mapping, with the canary's weight (behaviour 6.5). */
export const ambassador: Router = { setWeight }

function setWeight(call: RouterCall, weight: number): Failed | undefined {
  emit(call, 'CanaryMappingWeightUpdate', `Set canary mapping weight to ${weight}`)
  const results = (call.routing.ambassador?.mappings ?? []).map((name) => setMappingWeight(call, name, weight))
  for (const { leaving } of results) if (leaving) removeCanary(call, leaving)
  const failures = results.flatMap(({ failure }) => (failure ? [failure] : []))
  if (failures.length <= 1) return failures[0]
  return { failed: `${failures.length} errors found: ${failures.map(({ failed }) => `[${failed}]`).join('')}` }
}

const canaryName = (base: string): string => `${base.slice(0, longestBaseName)}-canary`

interface MappingResult {
  readonly failure?: Failed | undefined
  /** The canary Mapping that is no longer needed. */
  readonly leaving?: KubeObject
}

function setMappingWeight(call: RouterCall, base: string, weight: number): MappingResult {
  const resource = mapping(call.observed.options ?? {})
  const read = findObject(call, resource, call.namespace, canaryName(base))
  if ('failed' in read) {
    if (!read.notFound) return { failure: read }
    return weight === 0 ? {} : { failure: createCanary(call, base, weight) }
  }
  const { name } = read.object.metadata
  const failure = updateObject(call, resource, withMappingWeight(read.object, weight))
  if (failure)
    warn(call, 'CanaryMappingUpdateError', `Error updating canary mapping ${goQuote(name)}: ${failure.failed}`)
  return { failure, ...(weight === 0 && { leaving: read.object }) }
}

/** A Mapping with weight 0 is harmless, so a refusal only causes an event. */
function removeCanary(call: RouterCall, canary: KubeObject): void {
  const refused = deleteObject(call, mapping(call.observed.options ?? {}), canary, propagationSeconds)
  if (!refused) return
  const { name } = canary.metadata
  warn(call, 'CanaryMappingCleanupError', `Error deleting canary mapping ${goQuote(name)}: ${refused.failed}`)
}

function createCanary(call: RouterCall, base: string, weight: number): Failed | undefined {
  const resource = mapping(call.observed.options ?? {})
  const read = findObject(call, resource, call.namespace, base)
  if ('failed' in read) {
    if (read.notFound) warn(call, 'AmbassadorMappingNotFound', `Ambassador mapping ${goQuote(base)} not found`)
    return read
  }
  if (ownWeight(read.object) !== 0) {
    const failed = ownWeightProblem(base)
    warn(call, 'AmbassadorMappingConfigError', failed)
    return { failed }
  }
  const failure = createObject(call, resource, canaryOf(call, read.object, weight))
  if (failure) warn(call, 'CanaryMappingCreationError', `Error creating canary mapping: ${failure.failed}`)
  return failure
}

/** The base Mapping for the canary's Service, without its metadata. */
function canaryOf(call: RouterCall, base: KubeObject, weight: number): KubeObject {
  const { stable, canary } = namedServices(call.canary)
  const service = textAt(fieldsOf(base), 'spec', 'service')
  const current = ('value' in service && service.value) || ''
  const { name, namespace } = base.metadata
  const clone = { ...base, metadata: { name: canaryName(name), ...(namespace !== undefined && { namespace }) } }
  return withMappingWeight(withField(clone, ['spec', 'service'], replaceFirst(current, stable, canary)), weight)
}

function replaceFirst(text: string, from: string, to: string): string {
  const at = text.indexOf(from)
  return at < 0 ? text : text.slice(0, at) + to + text.slice(at + from.length)
}

const withMappingWeight = (object: KubeObject, weight: number): KubeObject =>
  withField(object, ['spec', 'weight'], weight)

const warn = (call: RouterCall, reason: string, message: string): void => emit(call, reason, message, 'Warning')
