/** The arguments with one field or item of them taken away, in every place where there is one. */
export const smaller = (input: readonly unknown[]): Generator<readonly unknown[]> =>
  smallerValues(input, 0) as Generator<readonly unknown[]>

/** The n-th smaller input of the n-th smaller input and so on: how a process names one to another; undefined where there is none. */
export function smallerBy(input: readonly unknown[], picks: readonly number[]): readonly unknown[] | undefined {
  let picked: readonly unknown[] | undefined = input
  for (const pick of picks) picked = picked && nth(smaller(picked), pick)
  return picked
}

function nth<T>(items: Iterable<T>, wanted: number): T | undefined {
  let index = 0
  for (const item of items) if (index++ === wanted) return item
  return undefined
}

const deepest = 12
const longestList = 1000

function* smallerValues(value: unknown, depth: number): Generator<unknown> {
  if (typeof value !== 'object' || value === null || depth > deepest || Object.getPrototypeOf(value) === null) return
  if (Array.isArray(value)) yield* smallerLists(value, depth)
  else yield* smallerFields(value as Readonly<Record<string, unknown>>, depth)
}

function* smallerLists(list: readonly unknown[], depth: number): Generator<unknown> {
  if (list.length > longestList) return
  // The arguments themselves keep their places.
  if (depth > 0) for (let at = 0; at < list.length; at++) yield list.filter((_, index) => index !== at)
  for (const [at, item] of list.entries()) {
    for (const next of smallerValues(item, depth + 1)) yield list.map((one, index) => (index === at ? next : one))
  }
}

function* smallerFields(fields: Readonly<Record<string, unknown>>, depth: number): Generator<unknown> {
  for (const key of Object.keys(fields)) {
    const { [key]: _gone, ...others } = fields
    yield others
  }
  for (const key of Object.keys(fields)) {
    for (const next of smallerValues(fields[key], depth + 1)) yield { ...fields, [key]: next }
  }
}
