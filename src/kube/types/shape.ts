/**
 * How Go's `json.Marshal` prints a family of structs: for each type its fields in printing order, one word a field,
 * `name[?][!]:kind`. `?` is omitempty, `!` omitzero. A kind is a leaf (`string`, `quantity`, ...), the name of another
 * type of the shape, or `*kind`, `[]kind`, `map[]kind`. Strings keep the tables cheap to load: a type is read when
 * first met.
 */
export interface Shape {
  readonly root: string
  readonly types: Readonly<Record<string, string>>
  /** Prints what a value means instead of how it is written; see `podTemplatesEqual`. */
  readonly meaning?: true
}

export type LeafKind =
  | 'string'
  | 'bool'
  | 'int32'
  | 'int64'
  /** A float64. */
  | 'number'
  | 'quantity'
  | 'intOrString'
  | 'time'
  | 'fieldsV1'
  | 'rawJSON'
  /** Of no type either, and whoever reads it checks it. */
  | 'unread'

export type Kind =
  | { readonly of: 'leaf'; readonly leaf: LeafKind }
  | { readonly of: 'struct'; readonly type: string }
  | { readonly of: 'pointer' | 'slice' | 'map'; readonly elem: Kind }

export interface ShapeField {
  readonly name: string
  readonly kind: Kind
  readonly omitEmpty: boolean
  readonly omitZero: boolean
}

/** The fields of one type, in printing order. Throws where the shape has no such type: a mistake in the table. */
export function fieldsOf(shape: Shape, type: string): readonly ShapeField[] {
  const words = shape.types[type]
  if (words === undefined) throw new Error(`the shape of ${shape.root} has no type ${type}`)
  return words.split(' ').map(readField)
}

function readField(word: string): ShapeField {
  const colon = word.indexOf(':')
  const omitZero = word[colon - 1] === '!'
  const nameEnd = omitZero ? colon - 1 : colon
  const omitEmpty = word[nameEnd - 1] === '?'
  return {
    name: asKey(word.slice(0, omitEmpty ? nameEnd - 1 : nameEnd)),
    kind: readKind(word.slice(colon + 1)),
    omitEmpty,
    omitZero,
  }
}

/** The text as keys of objects are kept: once in memory. So a map finds a key by identity instead of by its letters. */
const asKey = (name: string): string => Object.keys({ [name]: 0 })[0] as string

function readKind(text: string): Kind {
  if (text.startsWith('*')) return { of: 'pointer', elem: readKind(text.slice(1)) }
  if (text.startsWith('[]')) return { of: 'slice', elem: readKind(text.slice(2)) }
  if (text.startsWith('map[]')) return { of: 'map', elem: readKind(text.slice(5)) }
  return /^[A-Z]/.test(text) ? { of: 'struct', type: text } : { of: 'leaf', leaf: text as LeafKind }
}
