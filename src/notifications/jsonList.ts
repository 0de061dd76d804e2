import { isPlainJson, type JsonValue } from '../model/json'

/** The list that a text is in JSON: empty where there is no text, undefined where it is no list. */
export function jsonList(text: string): readonly JsonValue[] | undefined {
  if (text === '') return []
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && isPlainJson(value) ? (value as JsonValue[]) : undefined
  } catch {
    return undefined
  }
}
