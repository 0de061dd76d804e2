import type { StringMap } from '../../model/meta'
import { sameJson } from '../../model/sameJson'
import type { Fields } from '../../trafficResources/ingress'

// Changes of Ingresses as merge patches.

/** Text to text as a merge patch; undefined if nothing differs. */
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

/** Fields of two specs as a merge patch: lists are replaced, extra fields are removed. Only `names` are compared. */
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

/** A patch made of its parts; undefined if all parts are. */
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
