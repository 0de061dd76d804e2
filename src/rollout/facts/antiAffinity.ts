import { isJsonObject, isWalkableList, type JsonObject } from '../../model/json'
import { podTemplateHashLabel } from '../../model/labelKeys'
import type { Rollout } from '../../model/rollout'
import type { PodTemplate } from '../../model/workload'
import type { Facts } from './facts'
import { wantedPodHash } from './templateChange'

// New pods keep away from stable ones while both exist (behaviour 3.17).

type TermList = 'preferredDuringSchedulingIgnoredDuringExecution' | 'requiredDuringSchedulingIgnoredDuringExecution'
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution' satisfies TermList
const required = 'requiredDuringSchedulingIgnoredDuringExecution' satisfies TermList

/** The list that gets the term, and the weight; the canary's setting wins over the one of blue-green. */
function placeOf(rollout: Rollout): { readonly list: TermList; readonly weight?: number } | undefined {
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  const setting = canary?.antiAffinity ?? blueGreen?.antiAffinity
  if (setting?.[preferred]) return { list: preferred, weight: setting[preferred].weight }
  return setting?.[required] ? { list: required } : undefined
}

const objectAt = (parent: unknown, key: string): JsonObject | undefined => {
  const value = isJsonObject(parent) ? parent[key] : undefined
  return isJsonObject(value) ? value : undefined
}
const listAt = (parent: unknown, key: string): readonly unknown[] => {
  const value = isJsonObject(parent) ? parent[key] : undefined
  return isWalkableList(value) ? value : []
}

/** The affinity that the new ReplicaSet should have: the template's own, and our term while a stable one exists. */
export function wantedAffinity(facts: Facts): unknown {
  const own = facts.rollout.spec.template?.spec?.affinity
  const place = placeOf(facts.rollout)
  const stable = facts.before.stableRS
  if (!place || !stable || stable === wantedPodHash(facts)) return own ?? undefined
  const term = {
    labelSelector: { matchExpressions: [{ key: podTemplateHashLabel, operator: 'In', values: [stable] }] },
    namespaces: [facts.namespace],
    topologyKey: 'kubernetes.io/hostname',
  }
  const entry = place.list === preferred ? { weight: place.weight, podAffinityTerm: term } : term
  const anti = objectAt(own, 'podAntiAffinity')
  return {
    ...(isJsonObject(own) ? own : undefined),
    podAntiAffinity: { ...anti, [place.list]: [...listAt(anti, place.list), entry] },
  }
}

/** The pods that an injected term selects; undefined for terms that users wrote. */
function injectedValues(entry: unknown, list: TermList): readonly unknown[] | undefined {
  const term = list === preferred ? objectAt(entry, 'podAffinityTerm') : entry
  for (const expression of listAt(objectAt(term, 'labelSelector'), 'matchExpressions')) {
    if (isJsonObject(expression) && expression.key === podTemplateHashLabel) return listAt(expression, 'values')
  }
  return undefined
}

/** The term in the ReplicaSet's template selects a former stable ReplicaSet. */
export function antiAffinityIsStale(facts: Facts, template: PodTemplate | undefined): boolean {
  const place = placeOf(facts.rollout)
  const stable = facts.before.stableRS ?? ''
  if (!place || stable === wantedPodHash(facts)) return false
  for (const entry of listAt(objectAt(template?.spec?.affinity, 'podAntiAffinity'), place.list)) {
    const values = injectedValues(entry, place.list)
    if (values) return values.length > 0 && values[0] !== stable
  }
  return false
}

/** The template without our term, to compare it with the Rollout's template. */
export function withoutInjectedAntiAffinity(
  template: PodTemplate | undefined,
  rollout: Rollout,
): PodTemplate | undefined {
  const place = placeOf(rollout)
  const affinity = template?.spec?.affinity
  const anti = objectAt(affinity, 'podAntiAffinity')
  if (!place || !isJsonObject(affinity) || !anti) return template
  const terms = listAt(anti, place.list)
  const at = terms.findIndex((entry) => injectedValues(entry, place.list) !== undefined)
  if (at < 0) return template
  const rest = terms.filter((_, index) => index !== at)
  const nextAnti = withoutEmpty({ ...anti, [place.list]: rest.length > 0 ? rest : undefined })
  const nextAffinity = withoutEmpty({ ...affinity, podAntiAffinity: nextAnti })
  return { ...template, spec: { ...template?.spec, affinity: nextAffinity } as JsonObject }
}

function withoutEmpty(object: Record<string, unknown>): Record<string, unknown> | undefined {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined && value !== null)
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

/** A template with the affinity in its pod spec; undefined removes it. */
export function withAffinity(template: PodTemplate | undefined, affinity: unknown): PodTemplate {
  const { affinity: _old, ...spec } = template?.spec ?? {}
  return { ...template, spec: (affinity === undefined ? spec : { ...spec, affinity }) as JsonObject }
}
