import { managedByAnnotation, podTemplateHashLabel } from '../../model/labelKeys'
import type { KubeObject } from '../../model/meta'
import type { WeightDestination } from '../../model/rolloutStatus'
import { fieldsOf, withField } from '../fields'
import { fitsShape } from '../fitsShape'
import { destinationRule } from '../resources'
import { crash, emit, type Failed, findObject, type RouterCall, updateObject } from '../routerCall'
import { awaitedReplicaSet } from './awaitedReplicaSet'

type Labels = Readonly<Record<string, string>>

interface Subset {
  readonly name?: string
  readonly labels?: Labels
  readonly [field: string]: unknown
}

interface Rule {
  readonly object: KubeObject
  readonly host: string
  readonly subsets: readonly Subset[]
}

const shape = {
  Rule: 'metadata?:Meta spec?:Spec',
  Meta: 'name?:string namespace?:string labels?:map[]string annotations?:map[]string',
  Spec: 'host?:string subsets?:[]Subset',
  Subset: 'name?:string labels?:map[]string',
}

/** Finds a DestinationRule in the Rollout's namespace; a missing one also causes an event. */
export function readDestinationRule(call: RouterCall, name: string): Rule | Failed {
  const read = findObject(call, destinationRule(call.observed.options ?? {}), call.namespace, name)
  if ('object' in read) return ruleOf(read.object)
  if (read.notFound) emit(call, 'DestinationRuleNotFound', `DestinationRule \`${name}\` not found`, 'Warning')
  return read
}

export function ruleOf(object: KubeObject): Rule | Failed {
  const wrong = fitsShape(shape, 'Rule', object, '')
  if (wrong) {
    return { failed: `json: cannot unmarshal ${wrong.found} into ${wrong.path.slice(1)} of the DestinationRule` }
  }
  const spec = (fieldsOf(object).spec ?? {}) as {
    readonly host?: string
    readonly subsets?: readonly (Subset | null)[]
  }
  return { object, host: spec.host ?? '', subsets: (spec.subsets ?? []).map((subset) => subset ?? {}) }
}

/**
 * Points the subsets of canary, stable and experiments to the pods of these hashes (behaviour 6.1). Quirk kept for
 * fidelity: every other subset is removed, including those of `additionalSubsetNames`.
 */
export function updateHash(
  call: RouterCall,
  canaryHash: string,
  stableHash: string,
  destinations: readonly WeightDestination[],
): Failed | undefined {
  const awaited = awaitedReplicaSet(call, canaryHash, stableHash)
  if (awaited !== undefined) {
    return { failed: `delaying destination rule switch: ReplicaSet ${awaited} not fully available` }
  }
  const config = call.routing.istio?.destinationRule
  if (!config) return undefined
  const { name, canarySubsetName: canary = '', stableSubsetName: stable = '' } = config
  const rule = readDestinationRule(call, name)
  if ('failed' in rule) return rule
  const hashes = new Map(destinations.map((one) => [one.serviceName ?? '', one.podTemplateHash ?? '']))
  const subsets: Subset[] = []
  for (const subset of rule.subsets) {
    const subsetName = subset.name ?? ''
    if (subsetName === canary) subsets.push(withHash(subset, canaryHash))
    else if (subsetName === stable) subsets.push(withHash(subset, stableHash))
    else if (hashes.has(subsetName)) {
      const hash = hashes.get(subsetName)!
      if (hash !== '' && !subset.labels) return crash(`subset ${subsetName} has no labels`)
      subsets.push(subset.labels ? withHash(subset, hash) : subset)
      // An experiment without a hash gets a second subset of the same name, as upstream's does.
      if (hash !== '') hashes.delete(subsetName)
    }
  }
  for (const [service, hash] of hashes) subsets.push({ name: service, labels: { [podTemplateHashLabel]: hash } })
  const annotations = {
    ...rule.object.metadata.annotations,
    [managedByAnnotation]: call.observed.rollout.metadata.name,
  }
  const changed = changedRule(rule, subsets, annotations)
  if (!changed) return undefined
  const failure = updateObject(call, destinationRule(call.observed.options ?? {}), changed)
  if (failure) return failure
  const what = `DestinationRule ${name} subset updated (${canary}: ${canaryHash}, ${stable}: ${stableHash})`
  emit(call, 'UpdatedDestinationRule', what)
  return undefined
}

function withHash(subset: Subset, hash: string): Subset {
  const { [podTemplateHashLabel]: _, ...others } = subset.labels ?? {}
  return { ...subset, labels: hash === '' ? others : { ...others, [podTemplateHashLabel]: hash } }
}

/** Without the changes that Rollouts make to a DestinationRule; undefined if there are none. */
export function cleanedRule(rule: Rule): KubeObject | undefined {
  const { [managedByAnnotation]: _, ...annotations } = rule.object.metadata.annotations ?? {}
  const subsets = rule.subsets.map((subset) =>
    subset.labels?.[podTemplateHashLabel] === undefined ? subset : withHash(subset, ''),
  )
  return changedRule(rule, subsets, annotations)
}

/**
 * The rule with these subsets and annotations; undefined if nothing differs. Quirk kept for fidelity (behaviour 11.4):
 * fields of a subset that the controller does not know, or a missing host, count as a difference at every call.
 */
function changedRule(rule: Rule, subsets: readonly Subset[], annotations: Labels): KubeObject | undefined {
  const { metadata } = rule.object
  const hasSameAnnotations = sameTexts(metadata.annotations ?? {}, annotations)
  const isPlain = rule.host !== '' && subsets.length > 0 && subsets.length === rule.subsets.length
  if (hasSameAnnotations && isPlain && subsets.every((subset, at) => isUntouched(subset, rule.subsets[at]!))) {
    return undefined
  }
  const object: KubeObject = { ...rule.object, metadata: withAnnotations(metadata, annotations) }
  return withField(withField(object, ['spec', 'subsets'], subsets.map(printed)), ['spec', 'host'], rule.host)
}

const printed = (subset: Subset): Subset => ({ ...subset, name: subset.name ?? '' })

function withAnnotations(metadata: KubeObject['metadata'], annotations: Labels): KubeObject['metadata'] {
  if (Object.keys(annotations).length > 0) return { ...metadata, annotations }
  const { annotations: _, ...others } = metadata
  return others
}

function isUntouched(after: Subset, before: Subset): boolean {
  const known = Object.keys(before).every((key) => key === 'name' || key === 'labels')
  const labels = before.labels ?? {}
  return known && (before.name ?? '') !== '' && Object.keys(labels).length > 0 && sameTexts(labels, after.labels ?? {})
}

function sameTexts(left: Labels, right: Labels): boolean {
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every((key) => left[key] === right[key])
}
