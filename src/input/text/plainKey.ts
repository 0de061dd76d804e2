import { plainScalar } from './yamlScalar'

export interface PlainKey {
  readonly name: string
  /** Behind the colon. */
  readonly end: number
}

/** Longer keys are wrong where they stand on one line with their colon. */
const written = /([A-Za-z0-9_./](?:[^\s:#]|:(?=\S)){0,1000}):(?=[ \n]|$)/y
const quoted = /"([^"\\\n]{0,1000})":(?=[ \n]|$)/y
const writtenInBrackets = /([A-Za-z0-9_./][A-Za-z0-9_./-]{0,1000}):(?= )/y
const quotedInBrackets = /"([^"\\\n]{0,1000})":(?= )/y

/** The key that begins here, with its colon; undefined if there is none, or one that is not plain. */
export const keyAt = (text: string, at: number): PlainKey | undefined =>
  text[at] === '"' ? keyOf(quoted, text, at) : textKey(keyOf(written, text, at))

/** The same within brackets. */
export const keyInBrackets = (text: string, at: number): PlainKey | undefined =>
  text[at] === '"' ? keyOf(quotedInBrackets, text, at) : textKey(keyOf(writtenInBrackets, text, at))

function keyOf(pattern: RegExp, text: string, at: number): PlainKey | undefined {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  return found ? { name: found[1] as string, end: at + found[0].length } : undefined
}

/** A key without quotes that is a number, a boolean or nothing needs more thought. */
function textKey(key: PlainKey | undefined): PlainKey | undefined {
  if (!key) return undefined
  const { value, problem } = plainScalar(key.name)
  return typeof value === 'string' && !problem ? key : undefined
}
