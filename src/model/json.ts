/** Any JSON value. State, decisions and recordings consist only of these. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject

/** A JSON object; keeps the unknown fields of a manifest. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined
}

/** Longer lists cannot come from real JSON: a sparse array of any length takes no memory until it is iterated. */
export const isWalkableList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.length <= 1_000_000

/** More than any object of a cluster holds in fields of no type. A value that contains itself has no end. */
const mostNodes = 200_000
const mostItems = 100_000

/** Whether a value of any shape can be walked to its end: no endless list, no circle. */
export const hasAnEnd = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || nodesLeft(value, 1_000, 20) >= 0 || endsSomewhere(value)

/** Nearly all data is small and flat. How many of these nodes a walk leaves; negative if it gave up. */
function nodesLeft(value: object, nodes: number, levels: number): number {
  if (levels === 0) return -1
  return Array.isArray(value) ? itemsLeft(value, nodes, levels) : fieldsLeft(value, nodes, levels)
}

function itemsLeft(items: readonly unknown[], nodes: number, levels: number): number {
  let left = nodes - items.length
  for (let i = 0; left >= 0 && i < items.length; i++) left = nodeLeft(items[i], left, levels)
  return left
}

/** Builds no list of the values. */
function fieldsLeft(record: object, nodes: number, levels: number): number {
  let left = nodes
  for (const key in record) {
    if (--left < 0) return left
    left = nodeLeft((record as Readonly<Record<string, unknown>>)[key], left, levels)
  }
  return left
}

const nodeLeft = (value: unknown, nodes: number, levels: number): number =>
  typeof value === 'object' && value !== null ? nodesLeft(value, nodes, levels - 1) : nodes

interface Walked {
  readonly value: object
  readonly items: readonly unknown[]
  next: number
}

/** A walk into the depth, which meets what contains itself on its own path. What only comes twice has an end. */
function endsSomewhere(value: object): boolean {
  const path: Walked[] = []
  const inside = new Set<object>()
  let nodes = 0
  const enter = (entered: object): boolean => {
    if (inside.has(entered) || (Array.isArray(entered) && entered.length > mostItems)) return false
    const items: readonly unknown[] = Array.isArray(entered) ? entered : Object.values(entered)
    nodes += 1 + items.length
    inside.add(entered)
    path.push({ value: entered, items, next: 0 })
    return nodes <= mostNodes
  }
  if (!enter(value)) return false
  for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
    if (last.next === last.items.length) {
      inside.delete(last.value)
      path.pop()
      continue
    }
    const item = last.items[last.next++]
    if (typeof item === 'object' && item !== null && !enter(item)) return false
  }
  return true
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The own property of a record, never one inherited from Object.prototype (`__proto__`, `constructor`). */
export function ownValue<T>(record: Readonly<Record<string, T>> | undefined | null, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined
}

/** For the keys of for-in: called as `isOwn.call(object, key)`, V8 knows that most are the object's own. */
export const isOwn = Object.prototype.hasOwnProperty

/** Sets a property of that very name: `__proto__` is a key as any other. */
export function setOwn(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') record[key] = value
  else Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true })
}

const deepestData = 200
/** The largest object that etcd stores has fewer than a tenth. */
const mostData = 1_000_000

/**
 * Whether a value is JSON data that may be walked: no cycles, no more than 200 levels, nothing that JSON has no word
 * for.
 */
export function isPlainJson(value: unknown): value is JsonValue {
  const values = { left: mostData }
  const isPlain = (item: unknown, depth: number): boolean => {
    if (depth > deepestData || --values.left < 0) return false
    if (item === null || typeof item === 'string' || typeof item === 'boolean') return true
    if (typeof item === 'number') return Number.isFinite(item)
    if (Array.isArray(item)) return item.length <= mostData && Array.from(item).every((one) => isPlain(one, depth + 1))
    if (typeof item !== 'object' || Object.prototype.toString.call(item) !== '[object Object]') return false
    return Object.values(item).every((one) => one === undefined || isPlain(one, depth + 1))
  }
  return isPlain(value, 0)
}
