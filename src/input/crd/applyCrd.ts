import { isJsonObject, setOwn } from '../../model/json'
import { describe, missing } from '../explain'
import type { FieldPath, Finding } from '../places'
import { type CrdField, type CrdFields, crdFieldsOf } from './crdShape'
import { specTypes } from './shapes.generated'

interface Walk {
  readonly path: (string | number)[]
  readonly findings: Finding[]
  /** Types that were looked up already. */
  readonly types: Map<string, CrdFields | undefined>
}

/**
 * What an API server does with an object of ours when it is applied: it refuses what the custom resource definition
 * does not allow (required fields, types, enums, patterns) and fills in what has a default. Null counts as absent. An
 * object in which nothing is filled in comes back itself. Kinds that are not ours are left alone, and so are `metadata`
 * and `status`. Source: manifests/crds of argo-rollouts, see scripts/generate-crd-shapes.mjs.
 */
export function applyCrd(
  kind: unknown,
  value: Readonly<Record<string, unknown>>,
): {
  readonly value: Readonly<Record<string, unknown>>
  readonly findings: readonly Finding[]
} {
  const type = typeof kind === 'string' && Object.hasOwn(specTypes, kind) ? specTypes[kind] : undefined
  if (type === undefined) return { value, findings: [] }
  if (value.spec === undefined || value.spec === null) return { value, findings: [missing(['spec'])] }
  const walk: Walk = { path: ['spec'], findings: [], types: new Map() }
  const spec = applied(walk, type, value.spec)
  return { value: spec === value.spec ? value : { ...value, spec }, findings: walk.findings }
}

/** Checks one value, and gives it back with what is filled in. */
function applied(walk: Walk, kind: string, value: unknown): unknown {
  if (kind.startsWith('[]')) return appliedList(walk, kind.slice(2), value)
  if (kind.startsWith('map[]')) return appliedMap(walk, kind.slice('map[]'.length), value)
  const fields = typeFields(walk, kind)
  if (fields) return appliedFields(walk, fields, value)
  checkLeaf(walk, kind, value)
  return value
}

function typeFields(walk: Walk, type: string): CrdFields | undefined {
  if (!walk.types.has(type)) walk.types.set(type, crdFieldsOf(type))
  return walk.types.get(type)
}

function appliedList(walk: Walk, item: string, value: unknown): unknown {
  if (!Array.isArray(value)) return wrong(walk, 'a list', value)
  const items = value.map((one: unknown, index) => below(walk, index, item, one))
  return items.some((one, index) => one !== value[index]) ? items : value
}

function appliedMap(walk: Walk, item: string, value: unknown): unknown {
  if (!isJsonObject(value)) return wrong(walk, 'a mapping', value)
  const changes = Object.keys(value).map((key) => [key, below(walk, key, item, value[key])] as const)
  return changed(value, changes)
}

function appliedFields(walk: Walk, fields: CrdFields, value: unknown): unknown {
  if (!isJsonObject(value)) return wrong(walk, 'a mapping', value)
  const changes: (readonly [string, unknown])[] = []
  for (const field of fields.values()) {
    const given = Object.hasOwn(value, field.name) ? value[field.name] : undefined
    if (given !== undefined && given !== null) changes.push([field.name, below(walk, field.name, field.kind, given)])
    else if (field.preset !== undefined) changes.push([field.name, field.preset])
    else noteMissing(walk, field)
  }
  return changed(value, changes)
}

function noteMissing(walk: Walk, field: CrdField): void {
  if (field.required) note(walk, missing([...walk.path, field.name]))
}

function changed(
  value: Readonly<Record<string, unknown>>,
  changes: readonly (readonly [string, unknown])[],
): Readonly<Record<string, unknown>> {
  const real = changes.filter(([key, next]) => !Object.hasOwn(value, key) || value[key] !== next)
  if (real.length === 0) return value
  const copy: Record<string, unknown> = { ...value }
  for (const [key, next] of real) setOwn(copy, key, next)
  return copy
}

function below(walk: Walk, key: string | number, kind: string, value: unknown): unknown {
  walk.path.push(key)
  const next = applied(walk, kind, value)
  walk.path.pop()
  return next
}

/** Nobody reads the thousandth mistake. */
const mostFindings = 1000

function note(walk: Walk, finding: Finding): void {
  if (walk.findings.length < mostFindings) walk.findings.push(finding)
}

/** Gives the value back, for it is not filled in. */
function wrong(walk: Walk, expected: string, value: unknown): unknown {
  note(walk, wrongType(walk.path, expected, value))
  return value
}

const wrongType = (path: FieldPath, expected: string, value: unknown): Finding => ({
  code: 'wrong-type',
  path: [...path],
  message: `expected ${expected}, got ${describe(value)}`,
})

const quantity =
  /^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$/

const isInt32 = (value: unknown): boolean => Number.isInteger(value) && Math.abs((value as number) + 0.5) < 2 ** 31

/** Kind of a leaf -> what it takes, and how that is called. */
const leaves: Readonly<Record<string, readonly [expected: string, takes: (value: unknown) => boolean]>> = {
  string: ['text', (value) => typeof value === 'string'],
  time: ['text', (value) => typeof value === 'string'],
  bool: ['true or false', (value) => typeof value === 'boolean'],
  int32: ['an integer of 32 bits', isInt32],
  int64: ['an integer', Number.isInteger],
  intOrString: ['an integer or text', (value) => Number.isInteger(value) || typeof value === 'string'],
  quantity: [
    'a quantity such as 500m or 1Gi',
    (value) => Number.isInteger(value) || (typeof value === 'string' && quantity.test(value)),
  ],
  object: ['a mapping', isJsonObject],
}

function checkLeaf(walk: Walk, kind: string, value: unknown): void {
  if (kind.startsWith('enum(')) checkEnum(walk, kind, value)
  const leaf = Object.hasOwn(leaves, kind) ? leaves[kind] : undefined
  if (leaf && !leaf[1](value)) note(walk, wrongType(walk.path, leaf[0], value))
}

function checkEnum(walk: Walk, kind: string, value: unknown): void {
  const words = kind.slice('enum('.length, -1).split('|')
  if (typeof value === 'string' && words.includes(value)) return
  const message = `expected one of ${words.map((word) => JSON.stringify(word)).join(', ')}, got ${describe(value)}`
  note(walk, { code: 'wrong-value', path: [...walk.path], message })
}
