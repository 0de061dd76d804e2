import { isJsonObject } from '../../model/json'
import { sameJson } from '../../model/sameJson'

type Fields = Readonly<Record<string, unknown>>

/** The JSON merge patch (RFC 7386) that makes one object the other. */
export function mergePatchTo(before: Fields, after: Fields): Fields {
  const patch: Record<string, unknown> = {}
  for (const name of Object.keys(before)) if (after[name] === undefined) patch[name] = null
  for (const [name, value] of Object.entries(after)) {
    const old = before[name]
    if (value === undefined || sameJson(old, value)) continue
    patch[name] = isJsonObject(old) && isJsonObject(value) ? mergePatchTo(old, value) : value
  }
  return patch
}
