/**
 * A text as Go's fmt.Sprintf gives it back when it is the format and has no arguments: the controller passes some ready
 * messages so, and a `%` in them is misread (behaviour 9.1).
 *
 * @example formatWithoutArguments('100%') // '100%!(NOVERB)'
 */
export function formatWithoutArguments(text: string): string {
  const parts: string[] = []
  const lastBracket = text.lastIndexOf(']')
  let at = 0
  for (let percent = text.indexOf('%'); percent >= 0; percent = text.indexOf('%', at)) {
    const { printed, end } = directive(text, percent + 1, lastBracket)
    parts.push(text.slice(at, percent), printed)
    at = end
  }
  return at === 0 ? text : parts.join('') + text.slice(at)
}

const flags = /[#0+\- ]*/y
const digits = /\d*/y
const mostOfNumber = 1e6

interface Scan {
  readonly at: number
  /** Something was read there. */
  readonly found: boolean
}

/** One directive from behind its percent sign: flags, index, width, precision, index, verb. */
function directive(text: string, start: number, lastBracket: number): { printed: string; end: number } {
  let complaints = ''
  let indexed = false
  const star = (at: number, complaint: string): boolean => {
    if (text[at] === '*') complaints += complaint
    return text[at] === '*'
  }
  const index = (at: number): Scan => {
    if (text[at] === '[') indexed = true
    return argumentIndex(text, at, lastBracket)
  }
  let scan = index(skip(flags, text, start))
  scan = star(scan.at, '%!(BADWIDTH)') ? { at: scan.at + 1, found: false } : { ...scan, at: number(text, scan.at) }
  if (text[scan.at] === '.' && scan.at + 1 < text.length) {
    scan = index(scan.at + 1)
    scan = star(scan.at, '%!(BADPREC)') ? { at: scan.at + 1, found: false } : { ...scan, at: number(text, scan.at) }
  }
  if (!scan.found) scan = index(scan.at)
  const code = text.codePointAt(scan.at)
  if (code === undefined) return { printed: `${complaints}%!(NOVERB)`, end: text.length }
  const verb = String.fromCodePoint(code)
  const end = scan.at + verb.length
  if (verb === '%') return { printed: `${complaints}%`, end }
  return { printed: `${complaints}%!${verb}(${indexed ? 'BADINDEX' : 'MISSING'})`, end }
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return at + (pattern.exec(text)?.[0].length ?? 0)
}

/** A number that is too large takes the rest of the text with it. */
function number(text: string, at: number): number {
  const end = skip(digits, text, at)
  return Number(text.slice(at, end - 1)) > mostOfNumber ? text.length : end
}

/** `[3]`: read as far as its bracket; an open one is skipped alone. */
function argumentIndex(text: string, at: number, lastBracket: number): Scan {
  if (text[at] !== '[') return { at, found: false }
  if (text.length - at < 3 || at > lastBracket) return { at: at + 1, found: false }
  const close = text.indexOf(']', at)
  const inside = text.slice(at + 1, close)
  return { at: close + 1, found: /^\d+$/.test(inside) && Number(inside.slice(0, -1)) <= mostOfNumber }
}
