import type { GoJson } from '../../go/json/jsonPrint'
import { isJsonObject } from '../../model/json'

const mostDepth = 100

/** A value as JSON; undefined if JSON cannot say it (NaN, functions, cycles), or where it is nested too deeply. */
export function asJson(value: unknown, depth = 0): GoJson | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (depth >= mostDepth) return undefined
  if (Array.isArray(value)) {
    const items = value.map((item) => asJson(item, depth + 1))
    return items.every((item) => item !== undefined) ? items : undefined
  }
  if (!isJsonObject(value)) return undefined
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => [name, asJson(member, depth + 1)] as const)
  return members.every(([, member]) => member !== undefined)
    ? (Object.fromEntries(members) as { readonly [name: string]: GoJson })
    : undefined
}

/** What a text says as JSON; undefined if it is none. */
export function parsedJson(text: string): GoJson | undefined {
  try {
    return asJson(JSON.parse(text))
  } catch {
    return undefined
  }
}
