import { isJsonObject, isWalkableList, type JsonObject } from './json'

// What published functions make of an argument that has another type than it should: nothing of its kind. Larger
// arguments go through a table of what is read of them (mend.ts).

/** The text; else the empty one. */
export const givenText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The object; else the empty one. */
export const givenObject = <T extends object = JsonObject>(value: T | unknown): T =>
  (isJsonObject(value) ? value : {}) as T

/** The number; else undefined. */
export const givenNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** The texts of a list; nothing else of it. */
export const givenTexts = (value: unknown): readonly string[] =>
  isWalkableList(value) ? value.filter((one) => typeof one === 'string') : []

/** The list; nothing if it is none, or longer than any that is read. */
export const givenList = <T>(value: readonly T[] | undefined): readonly T[] => (isWalkableList(value) ? value : [])
