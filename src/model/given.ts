import { isJsonObject, isWalkableList, type JsonObject } from './json'

// How published functions treat an argument of a wrong type: as an empty value. Larger arguments are normalized by a
// table of the fields that are read (mend.ts).

/** The text; else the empty one. */
export const givenText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The object; else the empty one. */
export const givenObject = <T extends object = JsonObject>(value: T | unknown): T =>
  (isJsonObject(value) ? value : {}) as T

/** The number; else undefined. */
export const givenNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** Only the strings of a list. */
export const givenTexts = (value: unknown): readonly string[] =>
  isWalkableList(value) ? value.filter((one) => typeof one === 'string') : []

/** The list; empty if it is not a list, or too long to be read. */
export const givenList = <T>(value: readonly T[] | undefined): readonly T[] => (isWalkableList(value) ? value : [])

/** The object without those of the named fields that hold no number: a bigint or an object cannot be reckoned with. */
export function givenNumbers<T extends object>(value: T | unknown, fields: readonly (keyof T)[]): T {
  const given = givenObject<T>(value)
  const spoilt = fields.filter((field) => given[field] !== undefined && typeof given[field] !== 'number')
  if (spoilt.length === 0) return given
  return Object.fromEntries(Object.entries(given).filter(([field]) => !spoilt.includes(field as keyof T))) as T
}
