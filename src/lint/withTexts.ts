import { fieldsOf, type Kind, type Shape } from '../model/hash/shape'
import { isJsonObject } from '../model/json'

/** A YAML scalar where the type wants a text becomes its text, as the Go library does it: `replicas: "3"` stays wrong, `value: 3` is fine. */
export function withTexts(shape: Shape, value: unknown): unknown {
  return convert(shape, { of: 'struct', type: shape.root }, value)
}

function convert(shape: Shape, kind: Kind, value: unknown): unknown {
  switch (kind.of) {
    case 'leaf':
      return kind.leaf.startsWith('string') ? textOf(value) : value
    case 'pointer':
      return convert(shape, kind.elem, value)
    case 'slice':
      return Array.isArray(value) ? value.map((item) => convert(shape, kind.elem, item)) : value
    case 'map':
      return isJsonObject(value) ? mapped(value, (item) => convert(shape, kind.elem, item)) : value
    case 'struct':
      return isJsonObject(value) ? convertFields(shape, kind.type, value) : value
  }
}

function convertFields(shape: Shape, type: string, value: Readonly<Record<string, unknown>>): unknown {
  const kinds = new Map(fieldsOf(shape, type).map(({ name, kind }) => [name, kind]))
  return mapped(value, (item, key) => {
    const kind = kinds.get(key)
    return kind ? convert(shape, kind, item) : item
  })
}

const mapped = (record: Readonly<Record<string, unknown>>, change: (item: unknown, key: string) => unknown): unknown =>
  Object.fromEntries(Object.keys(record).map((key) => [key, change(record[key], key)]))

const textOf = (value: unknown): unknown =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
