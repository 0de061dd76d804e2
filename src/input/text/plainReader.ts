import type { Places } from '../places'

/** A reader of one document of plain YAML. */
export interface PlainReader {
  readonly text: string
  readonly places: Places
  readonly maxDepth: number
  /** What is left of `maxTokens`. A plain node counts as fewer tokens than the package would count. */
  tokens: number
  /** What is read next. */
  at: number
  /** Its column; -1 at the end of the document. */
  indent: number
}

/** Where the next line begins. */
export function lineAfter(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}
