import { crdTypes } from './shapes.generated'

/**
 * What a custom resource definition says of a field. The table's notation is one word a field: `name:kind`,
 * `name!:kind` where it is required, `name:kind=value` where an API server fills the value in. Kinds are `string`,
 * `bool`, `int32`, `int64`, `intOrString`, `quantity`, `time`, `enum(a|b)`, `any` and `object` (kept whole), the name
 * of another type, `[]kind` and `map[]kind`.
 */
export interface CrdField {
  readonly name: string
  readonly kind: string
  readonly required: boolean
  readonly preset: string | false | undefined
}

export type CrdFields = ReadonlyMap<string, CrdField>

/** The fields of a type, or undefined if the table has none of that name. */
export function crdFieldsOf(type: string): CrdFields | undefined {
  const words = Object.hasOwn(crdTypes, type) ? crdTypes[type] : undefined
  return words === undefined ? undefined : new Map(words.split(' ').map(fieldOf))
}

function fieldOf(word: string): readonly [string, CrdField] {
  const colon = word.indexOf(':')
  const equals = word.indexOf('=', colon)
  const required = word[colon - 1] === '!'
  const name = word.slice(0, required ? colon - 1 : colon)
  const kind = word.slice(colon + 1, equals === -1 ? undefined : equals)
  return [name, { name, kind, required, preset: equals === -1 ? undefined : presetOf(kind, word.slice(equals + 1)) }]
}

const presetOf = (kind: string, text: string): string | false => (kind === 'bool' && text === 'false' ? false : text)
