import { fail } from './failure'

/** A piece of a template: text, or what stands between `{{` and `}}`. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly tokens: readonly Token[] }

export type TokenKind = 'field' | 'variable' | 'word' | 'text' | 'number' | 'space' | 'mark'

/** `text` of a field is its name without the dot; of a text its value. */
export interface Token {
  readonly kind: TokenKind
  readonly text: string
}

const opening = /\{\{(-[ \t\r\n])?/g

/** Longer templates are refused: a ConfigMap holds a megabyte. */
const mostCharacters = 1_000_000

/** Cuts a template into texts and actions; `{{- ` and ` -}}` take the spaces beside them away. */
export function piecesOf(template: string): readonly Piece[] {
  if (template.length > mostCharacters) fail('the template is too long', 'unsupported')
  const pieces: Piece[] = []
  let at = 0
  let trimsNext = false
  for (;;) {
    opening.lastIndex = at
    const open = opening.exec(template)
    const textEnd = open ? open.index : template.length
    const text = withoutSpace(template.slice(at, textEnd), trimsNext, open?.[1] !== undefined)
    if (text !== '') pieces.push({ kind: 'text', text })
    if (!open) return pieces
    const action = readAction(template, textEnd + open[0].length)
    if (action.tokens.length > 0) pieces.push({ kind: 'action', tokens: action.tokens })
    at = action.end
    trimsNext = action.trims
  }
}

function withoutSpace(text: string, before: boolean, behind: boolean): string {
  let from = 0
  let to = text.length
  while (before && from < to && isSpace(text[from])) from++
  while (behind && to > from && isSpace(text[to - 1])) to--
  return text.slice(from, to)
}

const isSpace = (character: string | undefined): boolean =>
  character === ' ' || character === '\t' || character === '\r' || character === '\n'

interface Action {
  readonly tokens: readonly Token[]
  readonly end: number
  readonly trims: boolean
}

const comment = /\/\*.*?\*\/([ \t\r\n]-)?\}\}/sy

function readAction(template: string, start: number): Action {
  comment.lastIndex = start
  const said = comment.exec(template)
  if (said) return { tokens: [], end: comment.lastIndex, trims: said[1] !== undefined }
  const tokens: Token[] = []
  let at = start
  while (at < template.length) {
    const end = /^([ \t\r\n]-)?\}\}/.exec(template.slice(at, at + 4))
    if (end) return { tokens: trimmed(tokens), end: at + end[0].length, trims: end[1] !== undefined }
    const token = readToken(template, at)
    tokens.push(token)
    at = token.end
  }
  return fail('unclosed action')
}

const trimmed = (tokens: readonly Token[]): readonly Token[] => {
  const from = tokens[0]?.kind === 'space' ? 1 : 0
  const to = tokens.at(-1)?.kind === 'space' ? tokens.length - 1 : tokens.length
  return tokens.slice(from, Math.max(from, to)).map(({ kind, text }) => ({ kind, text }))
}

type Read = Token & { readonly end: number }

const patterns: readonly (readonly [kind: TokenKind, pattern: RegExp])[] = [
  ['space', /[ \t\r\n]+/y],
  ['number', /[+-]?(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y],
  ['field', /\.[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['variable', /\$(?:[\p{L}_][\p{L}\p{Nd}_]*)?/uy],
  ['word', /[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['text', /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'/y],
  ['mark', /:=|[.|(),=]/y],
]

function readToken(template: string, at: number): Read {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at
    const match = pattern.exec(template)
    if (!match) continue
    return { kind, text: kind === 'field' ? match[0].slice(1) : match[0], end: at + match[0].length }
  }
  return fail(`unexpected ${JSON.stringify(template[at])} in an action`)
}
