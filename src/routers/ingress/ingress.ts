import { isJsonObject } from '../../model/json'
import type { KubeObject, StringMap } from '../../model/meta'
import { sameJson } from '../../model/sameJson'

// Ingresses of both API groups, as far as routers read and write them.

export type Fields = Readonly<Record<string, unknown>>

const asFields = (value: unknown): Fields | undefined => (isJsonObject(value) ? value : undefined)
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const specOf = (ingress: KubeObject): Fields => asFields(ingress.spec) ?? {}
export const rulesOf = (ingress: KubeObject): readonly unknown[] => asList(specOf(ingress).rules)

/** Paths of a rule; undefined where the rule has no `http`. */
export function pathsOf(rule: unknown): readonly unknown[] | undefined {
  const http = asFields(asFields(rule)?.http)
  return http && asList(http.paths)
}

export const withPaths = (rule: unknown, paths: readonly unknown[]): Fields => ({
  ...asFields(rule),
  http: { ...asFields(asFields(rule)?.http), paths },
})

/** The Service of a path's backend; undefined for the backends of `networking/v1` that name another resource. */
export function backendService(path: unknown, isLegacy: boolean): string | undefined {
  const backend = asFields(asFields(path)?.backend)
  if (isLegacy) return text(backend?.serviceName)
  const service = asFields(backend?.service)
  return service && text(service.name)
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export function withBackendService(path: unknown, service: string, isLegacy: boolean): Fields {
  const fields = asFields(path) ?? {}
  const backend = asFields(fields.backend) ?? {}
  const changed = isLegacy ? { serviceName: service } : { service: { ...asFields(backend.service), name: service } }
  return { ...fields, backend: { ...backend, ...changed } }
}

/**
 * Does a rule send anything to the Service? `unknown`: a backend without a Service stands before it, where upstream's
 * controller crashes.
 */
export function hasService(ingress: KubeObject, service: string, isLegacy: boolean): boolean | 'unknown' {
  for (const rule of rulesOf(ingress)) {
    for (const path of pathsOf(rule) ?? []) {
      const found = backendService(path, isLegacy)
      if (found === undefined) return 'unknown'
      if (found === service) return true
    }
  }
  return false
}

/** Text to text as a merge patch; undefined where nothing differs. */
export function mapPatch(
  before: StringMap | undefined,
  after: StringMap | undefined,
): Readonly<Record<string, string | null>> | null | undefined {
  const [current, wanted] = [before ?? {}, after ?? {}]
  if (Object.keys(wanted).length === 0) return Object.keys(current).length === 0 ? undefined : null
  const patch: Record<string, string | null> = {}
  for (const key of Object.keys(wanted)) if (current[key] !== wanted[key]) patch[key] = wanted[key]!
  for (const key of Object.keys(current)) if (wanted[key] === undefined) patch[key] = null
  return Object.keys(patch).length === 0 ? undefined : patch
}

/** Fields of two specs as a merge patch: lists are replaced, what is surplus is removed. Only `names` are compared. */
export function specPatch(before: Fields, after: Fields, names: readonly string[]): Fields | undefined {
  const patch: Record<string, unknown> = {}
  for (const name of names) {
    const [current, wanted] = [before[name] ?? undefined, after[name] ?? undefined]
    if (!sameJson(current, wanted)) patch[name] = wanted ?? null
  }
  return Object.keys(patch).length === 0 ? undefined : patch
}

/** The fields of an Ingress's spec in both API groups. */
export const specFields = ['ingressClassName', 'defaultBackend', 'backend', 'tls', 'rules']

/** A patch out of its parts; undefined where all are. */
export function patchOf(parts: {
  readonly annotations?: object | null
  readonly labels?: object | null
  readonly spec?: object
}): Fields | undefined {
  const { annotations, labels, spec } = parts
  const metadata = {
    ...(annotations !== undefined && { annotations }),
    ...(labels !== undefined && { labels }),
  }
  const hasMetadata = Object.keys(metadata).length > 0
  if (!hasMetadata && spec === undefined) return undefined
  return { ...(hasMetadata && { metadata }), ...(spec !== undefined && { spec }) }
}
