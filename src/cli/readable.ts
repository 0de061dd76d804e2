import { isJsonObject } from '../model/json'

/**
 * Characters that a terminal would interpret instead of showing them: control characters (C0 but for the line end, DEL,
 * C1), marks of writing direction, and separators of lines and paragraphs.
 */
const commanding = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escaped = (character: string): string => {
  const name = named[character]
  if (name !== undefined) return name
  const code = character.codePointAt(0) ?? 0
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}

/** A text for a terminal: characters that control the terminal are shown as `\x1b` or `\u202e`. Line ends stay. */
export const readable = (text: string): string =>
  text.replace(commanding, (character) => (character === '\n' ? character : escaped(character)))

/**
 * The same for one line, such as a cell of a table or the name of a file: line ends are shown as well, so that no line
 * can be forged.
 */
export const readableLine = (text: string): string => text.replace(commanding, escaped)

/** A value as JSON in which what commands a terminal is written as `\u009b`: the same data for who reads JSON. */
export const readableJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, undefined, indent).replace(commanding, (character) =>
    character === '\n' ? character : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )

/**
 * `readableLine` for every text of a view or report, so that no cell or line of it can be forged. Colours are added
 * later.
 */
export function readableTexts<T>(value: T): T {
  if (typeof value === 'string') return readableLine(value) as T
  if (Array.isArray(value)) return value.map(readableTexts) as T
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, readableTexts(field)])) as T
}
