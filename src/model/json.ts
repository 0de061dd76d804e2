/** Any JSON value. State, decisions and recordings consist only of these. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject

/** A JSON object; keeps the unknown fields of a manifest. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined
}

/** Longer lists cannot come from real JSON: a sparse array of any length takes no memory until it is iterated. */
export const isWalkableList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.length <= 1_000_000

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The own property of a record, never one inherited from Object.prototype (`__proto__`, `constructor`). */
export function ownValue<T>(record: Readonly<Record<string, T>> | undefined | null, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined
}
