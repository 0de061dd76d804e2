import { isJsonObject, isWalkableList } from '../../model/json'

/** A value of an object, and its path: `spec.steps[2].analysis.templates[0].templateName`. */
export interface Place {
  readonly path: string
  readonly value: unknown
  /** The object that has the value. */
  readonly parent: unknown
}

/** A field of untrusted data; undefined if it does not exist. */
export const fieldOf = (value: unknown, key: string): unknown =>
  isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined

/** The same several levels deep: `deepField(rollout, 'spec', 'strategy', 'canary')`. */
export const deepField = (value: unknown, ...keys: readonly string[]): unknown => keys.reduce(fieldOf, value)

export const itemsOf = (value: unknown): readonly unknown[] => (isWalkableList(value) ? value : [])

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The strings of a map; other values are left out. */
export const textMap = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(isJsonObject(value) ? value : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )

/** Every value under a pattern such as `spec.steps[].analysis.templates[].templateName`; `[]` represents each item. */
export function placesOf(object: unknown, pattern: string): readonly Place[] {
  let places: readonly Place[] = [{ path: '', value: object, parent: undefined }]
  for (const part of pattern.split('.')) {
    const key = part.replace(/\[\]$/, '')
    places = places.map(({ path, value }) => ({
      path: path === '' ? key : `${path}.${key}`,
      value: fieldOf(value, key),
      parent: value,
    }))
    if (part !== key) places = places.flatMap(itemPlaces)
  }
  return places.filter(({ value }) => value !== undefined)
}

const itemPlaces = ({ path, value }: Place): readonly Place[] =>
  itemsOf(value).map((item, index) => ({ path: `${path}[${index}]`, value: item, parent: value }))

/** The texts under a pattern. */
export const textsAt = (object: unknown, pattern: string): readonly string[] =>
  placesOf(object, pattern).flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
