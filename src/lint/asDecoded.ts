import { fieldsOf, type Kind, type Shape } from '../kube/types/shape'
import { isJsonObject } from '../model/json'

/**
 * A document as Go's reader leaves it in a type: a YAML scalar where the type wants a text is its text (`value: 3`),
 * nulls are missing, and an item of a list or map that is null is empty. What the type does not fit stays, for
 * `decodeProblem` to tell.
 */
export function asDecoded(shape: Shape, value: unknown): unknown {
  return convert(shape, { of: 'struct', type: shape.root }, value)
}

function convert(shape: Shape, kind: Kind, value: unknown): unknown {
  switch (kind.of) {
    case 'leaf':
      return kind.leaf.startsWith('string') ? textOf(value) : value
    case 'pointer':
      return convert(shape, kind.elem, value)
    case 'slice':
      return Array.isArray(value) ? value.map((item) => convertItem(shape, kind.elem, item)) : value
    case 'map':
      return isJsonObject(value) ? mapped(value, (item) => convertItem(shape, kind.elem, item)) : value
    case 'struct':
      return isJsonObject(value) ? convertFields(shape, kind.type, value) : value
  }
}

const convertItem = (shape: Shape, kind: Kind, item: unknown): unknown =>
  convert(shape, kind, item === null ? zeroOf(kind) : item)

function zeroOf(kind: Kind): unknown {
  if (kind.of === 'struct') return {}
  if (kind.of !== 'leaf') return null
  return kind.leaf.startsWith('string') ? '' : kind.leaf.startsWith('int') ? 0 : null
}

function convertFields(shape: Shape, type: string, value: Readonly<Record<string, unknown>>): unknown {
  const kinds = new Map(fieldsOf(shape, type).map(({ name, kind }) => [name, kind]))
  return mapped(value, (item, key) => {
    const kind = kinds.get(key)
    return kind && item !== null ? convert(shape, kind, item) : (item ?? undefined)
  })
}

const mapped = (record: Readonly<Record<string, unknown>>, change: (item: unknown, key: string) => unknown): unknown =>
  Object.fromEntries(Object.keys(record).map((key) => [key, change(record[key], key)]))

const textOf = (value: unknown): unknown =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
