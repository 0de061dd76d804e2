import { isJsonObject, isWalkableList } from '../model/json'
import type { KubeObject } from '../model/meta'

// Ingresses of both API groups, as routers and the checks of a Rollout read them.

export type Fields = Readonly<Record<string, unknown>>

const asFields = (value: unknown): Fields | undefined => (isJsonObject(value) ? value : undefined)
export const asList = (value: unknown): readonly unknown[] => (isWalkableList(value) ? value : [])

export const specOf = (ingress: KubeObject): Fields => asFields(ingress.spec) ?? {}
export const rulesOf = (ingress: KubeObject): readonly unknown[] => asList(specOf(ingress).rules)

/** Paths of a rule; undefined if the rule has no `http`. */
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
 * Whether a rule sends traffic to the Service. `unknown`: a backend without a Service precedes it, where upstream's
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
