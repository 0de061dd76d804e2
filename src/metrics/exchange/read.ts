import { isJsonObject, isWalkableList, type JsonObject, type JsonValue } from '../../model/json'

/**
 * Reading a metric's provider fields. The schema of the cluster has checked them; a field of another type than it says
 * counts as missing, so that no manifest can make a provider throw.
 */
const own = (object: JsonObject, field: string): JsonValue | undefined =>
  isJsonObject(object) && Object.hasOwn(object, field) ? object[field] : undefined

export function objectIn(object: JsonObject, field: string): JsonObject {
  const value = own(object, field)
  return isJsonObject(value) ? value : {}
}

export function textIn(object: JsonObject, field: string): string {
  const value = own(object, field)
  return typeof value === 'string' ? value : ''
}

export function numberIn(object: JsonObject, field: string): number | undefined {
  const value = own(object, field)
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

export const flagIn = (object: JsonObject, field: string): boolean => own(object, field) === true

export function listIn(object: JsonObject, field: string): readonly JsonValue[] {
  const value = own(object, field)
  return isWalkableList(value) ? value : []
}

export const objectsIn = (object: JsonObject, field: string): readonly JsonObject[] =>
  listIn(object, field).filter(isJsonObject)

export const textsIn = (object: JsonObject, field: string): readonly string[] =>
  listIn(object, field).filter((value) => typeof value === 'string')

/** Text to text; members of other types are left out. */
export const textMapIn = (object: JsonObject, field: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(objectIn(object, field)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
