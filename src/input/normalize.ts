import type * as z from 'zod/mini'
import { setOwn } from '../model/json'
import type { Schema } from './kinds'
import { nearest } from './nearest'
import type { Finding } from './places'

type Definition = z.core.$ZodTypes['_zod']['def']

const definitionOf = (schema: z.core.$ZodType): Definition => (schema as z.core.$ZodTypes)._zod.def

/** What a field's schema is about, without the wrappers that say that it may be absent. */
function inner(schema: z.core.$ZodType): Inner {
  let definition = definitionOf(schema)
  let takesNull = definition.type === 'unknown'
  let whenAbsent: unknown
  while (definition.type === 'optional' || definition.type === 'nullable' || definition.type === 'default') {
    takesNull ||= definition.type === 'nullable'
    if (definition.type === 'default') whenAbsent = definition.defaultValue
    definition = definitionOf(definition.innerType)
    takesNull ||= definition.type === 'unknown'
  }
  return { definition, takesNull, whenAbsent }
}

interface Inner {
  readonly definition: Definition
  readonly takesNull: boolean
  readonly whenAbsent: unknown
}

interface Walk {
  readonly path: (string | number)[]
  readonly findings: Finding[]
}

/**
 * The object with null taken for absent, as Kubernetes does, where a field is known and its type has no null; and a
 * warning for each field that nobody knows. The few fields with a default get it. What need not change is the same
 * object. It goes no deeper than the schema does: what the schema keeps whole is not touched.
 */
export function normalize(schema: Schema, value: unknown): { readonly value: unknown; readonly findings: Finding[] } {
  const walk: Walk = { path: [], findings: [] }
  return { value: normalized(walk, schema, value), findings: walk.findings }
}

function normalized(walk: Walk, schema: z.core.$ZodType, value: unknown): unknown {
  const { definition } = inner(schema)
  if (definition.type === 'array' && Array.isArray(value)) {
    return mapList(value, (item, index) => below(walk, index, definition.element, item))
  }
  if (!isRecord(value)) return value
  if (definition.type === 'record') {
    return mapRecord(value, (item, key) => below(walk, key, definition.valueType, item))
  }
  if (definition.type !== 'object') return value
  const { shape, catchall } = definition
  if (catchall && definitionOf(catchall).type === 'never') warnOfUnknown(walk, Object.keys(shape), value)
  const known = mapRecord(value, (item, key) => {
    const field = Object.hasOwn(shape, key) ? shape[key] : undefined
    if (!field) return item
    if (item === null && !inner(field).takesNull) return undefined
    return below(walk, key, field, item)
  })
  return withDefaults(shape, known)
}

function withDefaults(
  shape: Readonly<Record<string, z.core.$ZodType>>,
  value: Record<string, unknown>,
): Record<string, unknown> {
  let result = value
  for (const [key, field] of Object.entries(shape)) {
    const { whenAbsent } = inner(field)
    if (whenAbsent !== undefined && !Object.hasOwn(value, key)) result = { ...result, [key]: whenAbsent }
  }
  return result
}

function below(walk: Walk, key: string | number, schema: z.core.$ZodType, value: unknown): unknown {
  walk.path.push(key)
  const result = normalized(walk, schema, value)
  walk.path.pop()
  return result
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function mapList(list: readonly unknown[], change: (item: unknown, index: number) => unknown): readonly unknown[] {
  let changed = false
  const result = list.map((item, index) => {
    const next = change(item, index)
    if (next !== item) changed = true
    return next
  })
  return changed ? result : list
}

/** An item that becomes `undefined` is left out. */
function mapRecord(
  record: Record<string, unknown>,
  change: (item: unknown, key: string) => unknown,
): Record<string, unknown> {
  let changed = false
  const result: Record<string, unknown> = {}
  for (const key of Object.keys(record)) {
    const item = record[key]
    const next = item === undefined ? undefined : change(item, key)
    if (next !== item) changed = true
    if (next !== undefined) setOwn(result, key, next)
  }
  return changed ? result : record
}

function warnOfUnknown(walk: Walk, known: readonly string[], value: Record<string, unknown>): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue
    const absent = known.filter((name) => !Object.hasOwn(value, name))
    const meant = nearest(key, absent)
    walk.findings.push({
      code: 'unknown-field',
      path: [...walk.path, key],
      severity: 'warning',
      message: meant
        ? `unknown field: did you mean ${meant}? As it stands, nothing reads it`
        : `unknown field: nothing reads it (${placeName(walk.path)} has ${listed(known)})`,
    })
  }
}

const placeName = (path: readonly (string | number)[]): string => {
  const names = path.filter((key) => typeof key === 'string')
  return names.at(-1) ?? 'the object'
}

const mostListed = 8

const listed = (names: readonly string[]): string =>
  names.length === 0
    ? 'no fields'
    : `${names.slice(0, mostListed).join(', ')}${names.length > mostListed ? ` and ${names.length - mostListed} more` : ''}`
