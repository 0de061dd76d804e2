import { RE2JS, RE2JSSyntaxException } from 're2js'

/**
 * Regular expressions as Go has them (RE2 syntax), for conditions as well as for the names in dryRun and
 * measurementRetention rules. The engine takes time linear in the text; the host's RegExp, which can take exponential
 * time, is never used on a pattern that a user wrote.
 */
export interface GoRegex {
  /** Whether the pattern matches anywhere in the text. */
  readonly test: (text: string) => boolean
  /** Roughly the instructions of the compiled pattern: the time of a match is at most this times the text's length. */
  readonly size: number
  /** Roughly the microseconds that compiling took. */
  readonly effort: number
}

export type GoRegexReading = { readonly regex: GoRegex } | { readonly problem: string }

const mostPatternLength = 2000
const mostSize = 5000
const mostEffort = 30_000
const mostWork = 2e7

/** Compiles a pattern, or says what is wrong in Go's words: ``error parsing regexp: missing closing ]: `[` ``. */
export function compileGoRegex(pattern: string): GoRegexReading {
  const size = pattern.length > mostPatternLength ? mostSize + 1 : estimateSize(pattern)
  const effort = 20 + size * 3 + classEffort(pattern)
  if (size > mostSize || effort > mostEffort) {
    return { problem: `error parsing regexp: expression too large (more than ${mostSize} instructions)` }
  }
  try {
    const compiled = RE2JS.compile(withDistinctNames(pattern))
    return { regex: { test: (text) => compiled.test(text), size, effort } }
  } catch (thrown) {
    if (thrown instanceof RE2JSSyntaxException) {
      const part = (thrown.input ?? '').replace(renamed, '>')
      // A group that ends before its name begins has no name for Go.
      const nameless = part === '(?<' || part === '(?P<'
      const error = nameless ? 'invalid or unsupported Perl syntax' : thrown.error
      return { problem: `error parsing regexp: ${error}: \`${part}\`` }
    }
    return { problem: 'error parsing regexp: expression cannot be compiled' }
  }
}

const renamed = /_again\d+>/g

/** Groups of the same name are an error for this engine, but none for Go. */
function withDistinctNames(pattern: string): string {
  const seen = new Set<string>()
  return pattern.replace(/\(\?P?<(\w+)>/g, (group: string, name: string) => {
    if (!seen.has(name)) {
      seen.add(name)
      return group
    }
    seen.add(`${name}_again${seen.size}`)
    return `${group.slice(0, -1)}_again${seen.size}>`
  })
}

export interface RegexIssue {
  readonly code: 'regex-invalid' | 'regex-too-costly'
  readonly message: string
}

/**
 * Whether a Go pattern matches anywhere in a text: `regexp.MatchString(pattern, text)`.
 *
 * Issues: `regex-invalid` with Go's text, as upstream reports a bad rule; `regex-too-costly` where pattern and text are
 * so large that matching could take more than a moment (a limit of ours).
 *
 *     matchesGoRegex('^smoke-.*', 'smoke-checkout')   // { matched: true }
 *     matchesGoRegex('[', 'x')                        // { issue: { code: 'regex-invalid', message: 'error parsing regexp: …' } }
 */
export function matchesGoRegex(
  pattern: string,
  text: string,
): { readonly matched: boolean } | { readonly issue: RegexIssue } {
  const reading = compileGoRegex(pattern)
  if ('problem' in reading) return { issue: { code: 'regex-invalid', message: reading.problem } }
  if (reading.regex.size * text.length > mostWork) {
    return { issue: { code: 'regex-too-costly', message: `pattern ${pattern} is too costly for this text` } }
  }
  return { matched: reading.regex.test(text) }
}

/** Where case does not count, classes are spelled out character by character. */
function classEffort(pattern: string): number {
  const folds = /\(\?[a-zA-Z]*i/.test(pattern)
  let effort = (pattern.match(/\\p/gi)?.length ?? 0) * (folds ? 300 : 20)
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '\\') at += 1
    else if (pattern[at] === '[') {
      const end = classEnd(pattern, at)
      if (folds && reachesFar(pattern.slice(at, end))) effort += 5000
      at = end
    }
  }
  return effort
}

/** A class with a range that may go far beyond ASCII. */
const reachesFar = (characters: string): boolean =>
  characters.includes('-') && (characters.includes('\\x') || /[^ -~]/.test(characters))

/**
 * Counts what repetitions multiply, before anything is compiled. Roughly right is enough; it never counts too little by
 * much.
 */
function estimateSize(pattern: string): number {
  const groups: number[] = []
  let total = 0
  let atom = 0
  const close = (size: number): void => {
    total += atom
    atom = size
  }
  for (let at = 0; at < pattern.length && total < mostSize * 2; at++) {
    const char = pattern[at]!
    if (char === '(') {
      close(0)
      groups.push(total)
      total = 0
    } else if (char === ')' && groups.length > 0) {
      const inner = total + atom + 2
      total = groups.pop()!
      atom = inner
    } else if (char === '{') {
      const repeat = /^\{(\d{1,4})(?:,(\d{0,4}))?\}/.exec(pattern.slice(at, at + 12))
      if (!repeat) continue
      const times = Math.max(1, Number(repeat[1]), Number(repeat[2] ?? 0))
      // More than a thousand are refused by the engine.
      atom *= times > 1000 ? 1 : times
      at += repeat[0].length - 1
    } else if (char === '\\') {
      close(1)
      at = escapeEnd(pattern, at)
    } else if (char === '[') {
      close(1)
      at = classEnd(pattern, at)
    } else close(1)
  }
  return groups.reduce((sum, size) => sum + size, total) + atom + 2
}

/** `\d`, `\x{1F600}`, `\p{Greek}`. */
function escapeEnd(pattern: string, backslash: number): number {
  const braces = /^\\[xpP]\{[^}]{0,30}\}/.exec(pattern.slice(backslash, backslash + 40))
  return backslash + (braces ? braces[0].length - 1 : 1)
}

function classEnd(pattern: string, open: number): number {
  let at = open + 1
  if (pattern[at] === '^') at++
  if (pattern[at] === ']') at++
  for (; at < pattern.length && pattern[at] !== ']'; at++) {
    if (pattern[at] === '\\') at += 1
    else if (pattern.startsWith('[:', at)) at = Math.max(at, pattern.indexOf(':]', at))
  }
  return at
}
