/** Where things are in the text, so that an issue can name its line. */

/**
 * Offsets by container: of a list those of its items, of a mapping key and offset in turn. Arrays rather than maps,
 * because a text of 10 MB has a million of them.
 */
export type Places = Map<object, (string | number)[]>

/** A field's path: keys of mappings and indices of lists. */
export type FieldPath = readonly (string | number)[]

/** What is wrong, without saying where. */
export interface Problem {
  readonly code: string
  readonly message: string
  readonly severity?: 'warning'
}

/** What a reader of texts found, and where. */
export interface Finding extends Problem {
  readonly path: FieldPath
  readonly offset?: number
}

/** One document of a text as plain JSON data. */
export interface ReadDocument {
  /** Which document of the text, from 0. */
  readonly index: number
  readonly value: unknown
  /** Where the document begins. */
  readonly offset: number
  readonly places: Places
  /** All that was found, or more than `maxIssues`: then what else is wrong is not known. */
  readonly findings: readonly Finding[]
}

/** The offset of a path's last part that is in the text: a field that is missing has its parent's place. */
export function offsetOf(document: Pick<ReadDocument, 'value' | 'places' | 'offset'>, path: FieldPath): number {
  let { value, offset } = document
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return offset
    const places = document.places.get(value)
    const found = typeof key === 'number' ? places?.[key] : placeOfKey(places, key)
    if (typeof found === 'number') offset = found
    if (!Object.hasOwn(value, key)) return offset
    value = (value as Record<string | number, unknown>)[key]
  }
  return offset
}

function placeOfKey(places: readonly (string | number)[] | undefined, key: string): string | number | undefined {
  if (!places) return undefined
  // The last one, as of a key that stands twice the last value is kept.
  for (let i = places.length - 2; i >= 0; i -= 2) if (places[i] === key) return places[i + 1]
  return undefined
}

/** The line of an offset, from 1. Its table of lines is made when the first line is asked for. */
export function lineFinder(text: string): (offset: number) => number {
  let starts: number[] | undefined
  return (offset) => {
    starts ??= lineStarts(text)
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}

/** The column of an offset, from 1. */
export const columnOf = (text: string, offset: number): number =>
  offset === 0 ? 1 : offset - text.lastIndexOf('\n', offset - 1)

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

const plainName = /^[A-Za-z_$][\w$-]*$/

/** `spec.strategy.canary.steps[2].setWeight`; keys with dots or slashes are quoted: `metadata.labels["a/b"]`. */
export function pathText(path: FieldPath): string {
  let text = ''
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`
    else if (plainName.test(key)) text += text === '' ? key : `.${key}`
    else text += `[${JSON.stringify(key)}]`
  }
  return text
}
