import { format, sortedEntries } from './format'
import { isDict, isFunc, isList, isNamed, isSized, itemsOf, type Spend, typeName, type Value } from './value'

/** `%s` of a value that may be no string: `%!s(float64=3)`, `map[a:%!s(int=1)]`. */
export function formatAsString(value: Value, spend: Spend): string {
  if (value === null) return '<invalid reflect.Value>'
  return inner(value, spend)
}

function inner(value: Value, spend: Spend): string {
  if (value === null) return '%!s(<nil>)'
  if (typeof value === 'string' || isNamed(value)) return format(value, spend)
  if (isList(value)) {
    return `[${itemsOf(value, spend)
      .map((item) => inner(item, spend))
      .join(' ')}]`
  }
  if (isDict(value)) {
    spend(value.entries.size)
    const entries = sortedEntries(value).map((entry) => `${inner(entry.key, spend)}:${inner(entry.value, spend)}`)
    return `map[${entries.join(' ')}]`
  }
  const plain = typeof value !== 'object' || isFunc(value) || (isSized(value) && value.type.path === undefined)
  return plain ? `%!s(${typeName(value)}=${format(value, spend)})` : format(value, spend)
}
