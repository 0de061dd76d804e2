import { isJsonObject } from '../../model/json'
import type { KubeObject } from '../../model/meta'
import { fieldsOf, withField } from '../fields'

type Fields = Readonly<Record<string, unknown>>

export interface BackendRef {
  readonly name?: string
  readonly namespace?: string
  readonly port?: number
  readonly weight?: number
}

export interface RouteRule {
  readonly name?: string
  readonly matches?: readonly Fields[]
  readonly filters?: readonly Fields[]
  readonly backendRefs?: readonly BackendRef[]
}

const listOf = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? (value as T[]) : [])

/** The rules of a route. What is not an object has no backends and stays as it is. */
export function rulesOf(route: KubeObject): readonly RouteRule[] {
  const { spec } = fieldsOf(route)
  return listOf<RouteRule>(isJsonObject(spec) ? spec.rules : undefined)
}

export const backendsOf = (rule: RouteRule): readonly BackendRef[] =>
  listOf<BackendRef>(rule?.backendRefs).filter((ref) => isJsonObject(ref))
export const matchesOf = (rule: RouteRule): readonly Fields[] => listOf<Fields>(rule.matches)

export const withRules = (route: KubeObject, rules: readonly RouteRule[]): KubeObject =>
  withField(route, ['spec', 'rules'], rules.length === 0 ? undefined : rules)

/** `internal`, or `internal-3` for the rule that was made from the fourth one: both belong to the managed route. */
export function isManagedName(name: string | undefined, managed: readonly string[]): boolean {
  if (name === undefined) return false
  return managed.some(
    (base) => name === base || (name.startsWith(`${base}-`) && isInteger(name.slice(base.length + 1))),
  )
}

const isInteger = (text: string): boolean => /^[+-]?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)

/**
 * A rule with the canary as its only backend counts as one of the plugin's, since older versions of the plugin gave no
 * names. With `headers` it must also match all of those headers.
 */
export function isCanaryOnly(rule: RouteRule, canary: string, headers?: readonly HeaderMatch[]): boolean {
  const backends = backendsOf(rule)
  if (backends.length !== 1 || backends[0]?.name !== canary) return false
  if (!headers) return true
  return matchesOf(rule).some((match) => {
    const names = listOf<HeaderMatch>(match?.headers).map(({ name }) => name)
    return headers.every(({ name }) => names.includes(name))
  })
}

export interface HeaderMatch {
  readonly name: string
  readonly type: 'Exact' | 'RegularExpression'
  readonly value: string
}
