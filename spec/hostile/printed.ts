const mostCharacters = 4000

/** A value as a person reads it, whatever it is: cycles, depths, bigints, holes and all. */
export function printed(value: unknown): string {
  const text = print(value, 0, new Set())
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text
}

function print(value: unknown, depth: number, above: Set<object>): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 200 ? `${value.slice(0, 200)}… (${value.length})` : value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function' || typeof value === 'symbol') return `<${typeof value}>`
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value)
  if (above.has(value)) return '<itself>'
  if (depth > 12) return '<deep>'
  above.add(value)
  const text = Array.isArray(value) ? printList(value, depth, above) : printFields(value, depth, above)
  above.delete(value)
  return text
}

function printList(list: readonly unknown[], depth: number, above: Set<object>): string {
  if (list.length > 200) return `<list of ${list.length}>`
  return `[${Array.from(list, (item) => print(item, depth + 1, above)).join(', ')}]`
}

const printFields = (value: object, depth: number, above: Set<object>): string =>
  `{ ${Object.entries(value)
    .slice(0, 200)
    .map(([key, item]) => `${JSON.stringify(key)}: ${print(item, depth + 1, above)}`)
    .join(', ')} }`
