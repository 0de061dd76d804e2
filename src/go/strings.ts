import { decodeRune, runesOf } from './bytes'
import { isSpace } from './unicode'

/** Functions of Go's strings package on byte strings. */

const inside =
  (cutset: ReadonlySet<number>) =>
  (code: number): boolean =>
    cutset.has(code)

function trimWhere(bytes: string, drop: (code: number) => boolean): string {
  const runes = runesOf(bytes)
  let from = 0
  let start = 0
  while (from < runes.length && drop(runes[from]!.code)) start += runes[from++]!.size
  let to = runes.length
  let end = bytes.length
  while (to > from && drop(runes[to - 1]!.code)) end -= runes[--to]!.size
  return bytes.slice(start, end)
}

export const trimSpace = (bytes: string): string => trimWhere(bytes, isSpace)

export const trim = (bytes: string, cutset: string): string =>
  trimWhere(bytes, inside(new Set(runesOf(cutset).map((rune) => rune.code))))

/** strings.SplitN and SplitAfterN: `count` < 0 means all parts, 0 none (undefined). */
export function split(
  bytes: string,
  separator: string,
  count: number,
  keepSeparator: boolean,
): readonly string[] | undefined {
  if (count === 0) return undefined
  if (separator === '') return explode(bytes, count)
  const parts: string[] = []
  let from = 0
  while (count < 0 || parts.length < count - 1) {
    const at = bytes.indexOf(separator, from)
    if (at < 0) break
    parts.push(bytes.slice(from, keepSeparator ? at + separator.length : at))
    from = at + separator.length
  }
  parts.push(bytes.slice(from))
  return parts
}

/** One part per character, the last one with all the rest. */
function explode(bytes: string, count: number): readonly string[] {
  const parts: string[] = []
  let at = 0
  while (at < bytes.length && (count < 0 || parts.length < count - 1)) {
    const { size } = decodeRune(bytes, at)
    parts.push(bytes.slice(at, at + size))
    at += size
  }
  if (at < bytes.length) parts.push(bytes.slice(at))
  return parts
}

/**
 * strings.Replace: at most `count` times, all where `count` is negative. An empty `old` matches around every character.
 */
export function replace(bytes: string, old: string, fresh: string, count: number): string {
  if (count === 0 || old === fresh) return bytes
  if (old !== '') {
    const parts = split(bytes, old, count < 0 ? -1 : count + 1, false)
    return parts ? parts.join(fresh) : bytes
  }
  const runes = explode(bytes, -1)
  const most = count < 0 ? runes.length + 1 : Math.min(count, runes.length + 1)
  const parts: string[] = []
  for (let i = 0; i <= runes.length; i++) parts.push(i < most ? fresh : '', runes[i] ?? '')
  return parts.join('')
}

/**
 * strings.TrimRight with one character. A regular expression would take quadratic time for runs of it in the middle.
 */
export function trimRight(text: string, character: string): string {
  let end = text.length
  while (end > 0 && text[end - 1] === character) end--
  return text.slice(0, end)
}
