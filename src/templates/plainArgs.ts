import type { Argument, Metric } from '../model/analysis'
import { isJsonObject, isOwn } from '../model/json'

/** Printable ASCII that reads the same raw, in Go's quotes and in JSON. */
const plainText = /^[ !#-[\]-~]*$/
/** The text of a tag in which nothing is escaped where it is printed as JSON. */
const plainTag = /^[ !#-%'-;=?-[\]-~]+$/
const deepest = 64

const textFields = ['interval', 'initialDelay', 'successCondition', 'failureCondition'] as const
const limitFields = [
  'count',
  'failureLimit',
  'inconclusiveLimit',
  'consecutiveErrorLimit',
  'consecutiveSuccessLimit',
] as const

/**
 * The values of arguments, where all are there and plain: then putting them in needs no way through printed JSON.
 * Undefined if it does.
 */
export function plainValues(args: readonly Argument[]): ReadonlyMap<string, string> | undefined {
  const values = new Map<string, string>()
  for (const { name, value } of args) {
    if (typeof value !== 'string' || !plainText.test(value)) return undefined
    values.set(`args.${name}`, value)
  }
  return values
}

/**
 * A metric with plain values put in, sharing all that has no tag; undefined if anything is out of the ordinary (an
 * unknown or unfinished tag, a tag in a key, a field of another type), so that `resolveMetricArgs` has to say what it
 * means.
 */
export function withPlainArgs(metric: Metric, values: ReadonlyMap<string, string>): Metric | undefined {
  if (!isOrdinary(metric)) return undefined
  const resolved = substituted(metric, values, 0)
  return resolved === unusual ? undefined : (resolved as Metric)
}

const unusual = Symbol('unusual')

function isOrdinary(metric: Metric): boolean {
  if (typeof metric.name !== 'string' || !isJsonObject(metric.provider)) return false
  for (const field of textFields) {
    const text: unknown = metric[field]
    if (text !== undefined && typeof text !== 'string') return false
  }
  for (const field of limitFields) {
    const limit: unknown = metric[field]
    if (limit === undefined || typeof limit === 'string') continue
    if (typeof limit !== 'number' || (limit | 0) !== limit) return false
  }
  return true
}

function substituted(value: unknown, values: ReadonlyMap<string, string>, depth: number): unknown {
  if (typeof value === 'string') return value.includes('{{') ? substitutedText(value, values) : value
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) return unusual
  return Array.isArray(value) ? substitutedItems(value, values, depth) : substitutedFields(value, values, depth)
}

function substitutedText(text: string, values: ReadonlyMap<string, string>): unknown {
  let replaced = ''
  let at = 0
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', at)) {
    const close = text.indexOf('}}', open + 2)
    const tag = close < 0 ? '' : text.slice(open + 2, close)
    const value = plainTag.test(tag) ? values.get(tag.trim()) : undefined
    if (value === undefined) return unusual
    replaced += text.slice(at, open) + value
    at = close + 2
  }
  return replaced + text.slice(at)
}

function substitutedItems(items: readonly unknown[], values: ReadonlyMap<string, string>, depth: number): unknown {
  let next: unknown[] | undefined
  for (let i = 0; i < items.length; i++) {
    const item = substituted(items[i], values, depth + 1)
    if (item === unusual) return unusual
    if (item === items[i]) continue
    next ??= [...items]
    next[i] = item
  }
  return next ?? items
}

function substitutedFields(record: object, values: ReadonlyMap<string, string>, depth: number): unknown {
  const given = record as Readonly<Record<string, unknown>>
  let next: Record<string, unknown> | undefined
  for (const key in given) {
    if (!isOwn.call(given, key)) continue
    if (key.includes('{{') || key === '__proto__') return unusual
    const field = substituted(given[key], values, depth + 1)
    if (field === unusual) return unusual
    if (field === given[key]) continue
    next ??= { ...given }
    next[key] = field
  }
  return next ?? given
}
