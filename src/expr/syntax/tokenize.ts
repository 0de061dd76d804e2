import { fromBytes, toBytes } from '../../go/bytes'
import { describeRune, quote } from '../../go/quote'
import { isDigit, isLetter, isSpace } from '../../go/unicode'
import type { SyntaxRules } from '../language'
import { unescapeLiteral } from './escapes'
import { negatable, operatorWords } from './operators'

export type TokenKind = 'Identifier' | 'Number' | 'String' | 'Bytes' | 'Operator' | 'Bracket' | 'EOF'

export interface Token {
  readonly kind: TokenKind
  /** Of a bytes literal its bytes, else text. */
  readonly value: string
  readonly start: number
  readonly end: number
}

export interface LexicalError {
  readonly message: string
  readonly at: number
}

export type Scan = { readonly token: Token } | { readonly error: LexicalError }

/** `Operator("+")`, as messages show a token. */
export function describeToken({ kind, value }: Token): string {
  if (value === '') return kind
  return `${kind}(${fromBytes(quote(kind === 'Bytes' ? value : toBytes(value)))})`
}

const codeAt = (text: string, at: number): number => text.codePointAt(at) ?? -1
const width = (code: number): number => (code > 0xffff ? 2 : 1)

export const isNameStart = (code: number): boolean => code === 0x5f || code === 0x24 || (code >= 0 && isLetter(code))
export const isNamePart = (code: number): boolean => isNameStart(code) || (code >= 0 && isDigit(code))

export function isIdentifier(text: string): boolean {
  return text !== '' && isNameStart(codeAt(text, 0)) && wordEnd(text, 0) === text.length
}

/** End of the letters, digits, `_` and `$` from `at` on. */
function wordEnd(text: string, at: number): number {
  let end = at
  while (end < text.length) {
    const code = codeAt(text, end)
    if (!isNamePart(code)) break
    end += width(code)
  }
  return end
}

/**
 * Cuts a text into tokens on demand. Returns what comes next and where to go on, so that an error in a part that the
 * parser never reaches is never seen.
 */
export function scanToken(text: string, from: number, previous: Token | undefined, rules: SyntaxRules): Scan {
  const behindHash = previous?.kind === 'Operator' && previous.value.startsWith('#') && previous.end === from
  if (behindHash) {
    const end = wordEnd(text, from)
    if (end > from) return token(text, 'Identifier', from, end)
  }
  const afterNot = previous?.kind === 'Operator' && previous.value === 'not'
  if (afterNot) {
    const start = skipOnlySpaces(text, from)
    const end = wordEnd(text, start)
    if (negatable.includes(text.slice(start, end))) return token(text, 'Operator', start, end)
  }
  const start = skipBlank(text, from)
  if (typeof start !== 'number') return { error: start }
  return start >= text.length ? { token: eof(text) } : scanAt(text, start, rules)
}

const token = (text: string, kind: TokenKind, start: number, end: number): Scan => ({
  token: { kind, value: text.slice(start, end), start, end },
})

const eof = (text: string): Token => ({ kind: 'EOF', value: '', start: Math.max(0, text.length - 1), end: text.length })

function skipOnlySpaces(text: string, from: number): number {
  let at = from
  while (text[at] === ' ') at++
  return at
}

/** White space and comments. */
function skipBlank(text: string, from: number): number | LexicalError {
  let at = from
  while (at < text.length) {
    if (isSpace(text.charCodeAt(at))) at += 1
    else if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end + 1
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2)
      if (end < 0) return { message: 'unclosed comment', at: text.length }
      at = end + 2
    } else return at
  }
  return at
}

const singles = '([{)]},;%+-^/'
/** What may follow as the second character of an operator. */
const seconds: Readonly<Record<string, string>> = {
  '?': '.?',
  '#': '#',
  '|': '|',
  ':': ':',
  '.': '.',
  '&': '&=*',
  '!': '&=*',
  '=': '&=*',
  '*': '&=*',
  '<': '&=*',
  '>': '&=*',
}

function scanAt(text: string, start: number, rules: SyntaxRules): Scan {
  const char = text[start]!
  const next = text[start + 1]
  if (char === "'" || char === '"') return scanQuoted(text, start, start, 'String', rules)
  if (char === '`' && rules.rawStrings) return scanRaw(text, start)
  if (rules.byteLiterals && (char === 'b' || char === 'B') && (next === "'" || next === '"')) {
    return scanQuoted(text, start, start + 1, 'Bytes', rules)
  }
  if (isAsciiDigit(char) || (char === '.' && isAsciiDigit(next))) return scanNumber(text, start)
  if (singles.includes(char)) return token(text, '([{)]}'.includes(char) ? 'Bracket' : 'Operator', start, start + 1)
  if (Object.hasOwn(seconds, char)) {
    const double = next !== undefined && seconds[char]!.includes(next) && (char !== ':' || rules.globalCalls)
    return token(text, 'Operator', start, start + (double ? 2 : 1))
  }
  const code = codeAt(text, start)
  if (!isNamePart(code)) {
    return { error: { message: `unrecognized character: ${fromBytes(describeRune(code))}`, at: start } }
  }
  const end = wordEnd(text, start)
  const word = text.slice(start, end)
  const isOperator = word === 'not' || (operatorWords.includes(word) && (rules.statements || !isStatement(word)))
  return token(text, isOperator ? 'Operator' : 'Identifier', start, end)
}

const isStatement = (word: string): boolean => word === 'if' || word === 'else'

const isAsciiDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9'

const numberPattern = /(?:0[xX][0-9a-fA-F_]*|0[oO][0-7_]*|0[bB][01_]*|[0-9_]*)/y
const bodies: readonly (readonly [prefix: RegExp, digits: string])[] = [
  [/^0[xX]/, '0123456789abcdefABCDEF_'],
  [/^0[oO]/, '01234567_'],
  [/^0[bB]/, '01_'],
]

function scanNumber(text: string, start: number): Scan {
  let plainEnd = start
  while (isAsciiDigit(text[plainEnd])) plainEnd++
  const behind = text.charCodeAt(plainEnd)
  // Nothing but digits: most numbers.
  if (plainEnd > start && behind < 0x80 && text[plainEnd] !== '.' && !isNamePart(behind)) {
    return token(text, 'Number', start, plainEnd)
  }
  // A leading dot is skipped, so that `.5.5` is read as one (bad) number.
  const body = text[start] === '.' ? start + 1 : start
  numberPattern.lastIndex = body
  const head = numberPattern.exec(text)?.[0] ?? ''
  const digits = bodies.find(([prefix]) => prefix.test(head))?.[1] ?? '0123456789_'
  const run = (from: number): number => {
    let at = from
    while (at < text.length && digits.includes(text[at]!)) at++
    return at
  }
  let end = body + head.length
  if (text[end] === '.') {
    // `1..3` is a range, not a number and a dot.
    if (text[end + 1] === '.') return token(text, 'Number', start, end)
    end = run(end + 1)
  }
  if (text[end] === 'e' || text[end] === 'E') {
    end += text[end + 1] === '+' || text[end + 1] === '-' ? 2 : 1
    end = run(end)
  }
  const code = codeAt(text, end)
  if (!isNamePart(code)) return token(text, 'Number', start, end)
  const word = text.slice(start, end + width(code))
  return { error: { message: `bad number syntax: ${fromBytes(quote(toBytes(word)))}`, at: end } }
}

const unterminated = (at: number): Scan => ({ error: { message: 'literal not terminated', at } })

function scanQuoted(
  text: string,
  start: number,
  open: number,
  kind: 'String' | 'Bytes',
  { bracedEscapes }: SyntaxRules,
): Scan {
  const mark = text[open]!
  let at = open + 1
  while (text[at] !== mark) {
    const char = text[at]
    if (char === undefined || char === '\n') return unterminated(at)
    if (char !== '\\') {
      at += width(codeAt(text, at))
      continue
    }
    const length = escapeLength(text, at + 1, mark, bracedEscapes)
    if (length === undefined) return { error: { message: 'invalid char escape', at: at + 1 } }
    at += 1 + length
  }
  const literal = unescapeLiteral(toBytes(text.slice(open + 1, at)), kind === 'Bytes' ? 'bytes' : 'string')
  if ('error' in literal) return { error: { message: literal.error, at } }
  const value = kind === 'Bytes' ? literal.bytes : fromBytes(literal.bytes)
  return { token: { kind, value, start, end: at + 1 } }
}

const escapes = /(?:[abfnrtv\\]|[0-7]{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|U[0-9a-fA-F]{8})/y

function escapeLength(text: string, at: number, mark: string, braced: boolean): number | undefined {
  if (text[at] === mark) return 1
  if (!braced && text.startsWith('u{', at)) return undefined
  escapes.lastIndex = at
  return escapes.exec(text)?.[0].length
}

/** `..` between backticks; a doubled backtick represents one. */
function scanRaw(text: string, start: number): Scan {
  let at = start + 1
  for (;;) {
    const end = text.indexOf('`', at)
    if (end < 0) return unterminated(text.length)
    if (text[end + 1] !== '`') {
      return { token: { kind: 'String', value: text.slice(start + 1, end).replaceAll('``', '`'), start, end: end + 1 } }
    }
    at = end + 2
  }
}
