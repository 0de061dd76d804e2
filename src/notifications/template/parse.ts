import type { Command, Node, Nodes, Operand, Pipeline, Template } from './ast'
import { fail } from './failure'
import { constantOf, textOf } from './literals'
import { type Piece, piecesOf, type Token } from './tokens'

/** Go's text/template, read; functions are looked up in `knows`. Fails with the reason. */
export function parseTemplate(text: string, knows: (name: string) => boolean): Template {
  const defined: Record<string, Nodes> = Object.create(null)
  const reader: Reader = { pieces: piecesOf(text), at: 0, defined, knows, depth: 0 }
  const { nodes, end } = readList(reader)
  if (end) fail(`unexpected {{${end}}}`)
  return { nodes, defined }
}

interface Reader {
  readonly pieces: readonly Piece[]
  at: number
  readonly defined: Record<string, Nodes>
  readonly knows: (name: string) => boolean
  depth: number
}

interface List {
  readonly nodes: Nodes
  /** `end` or `else` that ended it; absent at the end of the text. */
  readonly end?: 'end' | 'else'
  /** What stands behind `else`. */
  readonly behind?: readonly Token[]
}

const deepest = 100

function readList(reader: Reader): List {
  if (++reader.depth > deepest) fail('actions are nested too deeply', 'unsupported')
  const nodes: Node[] = []
  while (reader.at < reader.pieces.length) {
    const piece = reader.pieces[reader.at++]
    if (!piece) break
    if (piece.kind === 'text') {
      nodes.push(piece)
      continue
    }
    const [first, ...rest] = piece.tokens
    const word = first?.kind === 'word' ? first.text : ''
    const behind = rest[0]?.kind === 'space' ? rest.slice(1) : rest
    if (word === 'end' || word === 'else') {
      reader.depth--
      return { nodes, end: word, behind }
    }
    const node = readNode(reader, word, piece.tokens, behind)
    if (node) nodes.push(node)
  }
  reader.depth--
  return { nodes }
}

function readNode(reader: Reader, word: string, tokens: readonly Token[], behind: readonly Token[]): Node | undefined {
  switch (word) {
    case 'if':
    case 'with':
    case 'range':
      return readBranch(reader, word, behind)
    case 'break':
    case 'continue':
      return { kind: word }
    case 'template':
      return readCall(reader, behind)
    case 'define':
      readDefinition(reader, behind)
      return undefined
    case 'block': {
      const { name, rest } = namedFirst(behind, 'block')
      reader.defined[name] = readBody(reader, 'block')
      return { kind: 'template', name, pipeline: readPipeline(reader, rest) }
    }
    default:
      return { kind: 'action', pipeline: readPipeline(reader, tokens) }
  }
}

function readBranch(reader: Reader, kind: 'if' | 'with' | 'range', tokens: readonly Token[]): Node {
  const pipeline = readPipeline(reader, tokens, kind === 'range')
  const { nodes, end, behind = [] } = readList(reader)
  if (!end) return fail(`{{${kind}}} is not ended`)
  if (end === 'end') return { kind, pipeline, body: nodes, otherwise: [] }
  return { kind, pipeline, body: nodes, otherwise: readElse(reader, behind) }
}

/** `{{else}}`, or `{{else if ...}}`, which the same `{{end}}` ends. */
function readElse(reader: Reader, behind: readonly Token[]): Nodes {
  const [first, ...rest] = behind
  if (!first) return readBody(reader, 'else')
  if (first.kind === 'word' && (first.text === 'if' || first.text === 'with')) {
    if (++reader.depth > deepest) fail('actions are nested too deeply', 'unsupported')
    const node = readBranch(reader, first.text, rest[0]?.kind === 'space' ? rest.slice(1) : rest)
    reader.depth--
    return [node]
  }
  return fail(`unexpected ${first.text} behind else`)
}

function readBody(reader: Reader, what: string): Nodes {
  const { nodes, end } = readList(reader)
  return end === 'end' ? nodes : fail(end ? `unexpected {{else}} in ${what}` : `{{${what}}} is not ended`)
}

function namedFirst(
  tokens: readonly Token[],
  word: string,
): { readonly name: string; readonly rest: readonly Token[] } {
  const [first, ...rest] = tokens
  if (first?.kind !== 'text') return fail(`${word} needs a name in quotes`)
  return { name: textOf(first.text), rest: rest[0]?.kind === 'space' ? rest.slice(1) : rest }
}

function readDefinition(reader: Reader, behind: readonly Token[]): void {
  const { name } = namedFirst(behind, 'define')
  reader.defined[name] = readBody(reader, 'define')
}

function readCall(reader: Reader, behind: readonly Token[]): Node {
  const { name, rest } = namedFirst(behind, 'template')
  return rest.length === 0
    ? { kind: 'template', name }
    : { kind: 'template', name, pipeline: readPipeline(reader, rest) }
}

interface Words {
  readonly tokens: readonly Token[]
  at: number
}

function readPipeline(reader: Reader, tokens: readonly Token[], inRange = false): Pipeline {
  const words: Words = { tokens, at: 0 }
  const pipeline = pipelineOf(reader, words, inRange)
  const left = words.tokens[words.at]
  if (left) fail(`unexpected ${left.text}`)
  return pipeline
}

function pipelineOf(reader: Reader, words: Words, inRange = false): Pipeline {
  const { variables, assigns } = declarationOf(words)
  if (variables.length > (inRange ? 2 : 1)) fail('too many declarations in command')
  const commands: Command[] = [commandOf(reader, words)]
  while (taken(words, '|')) commands.push(commandOf(reader, words))
  return { variables, assigns, commands }
}

/** `$a :=`, `$a, $b :=` or `$a =`; anything else is none. */
function declarationOf(words: Words): Pick<Pipeline, 'variables' | 'assigns'> {
  const start = words.at
  const variables: string[] = []
  for (;;) {
    skipSpace(words)
    const token = words.tokens[words.at]
    if (token?.kind !== 'variable') break
    variables.push(token.text)
    words.at++
    if (taken(words, ',')) continue
    if (taken(words, ':=')) return { variables, assigns: false }
    if (taken(words, '=')) return { variables, assigns: true }
    break
  }
  words.at = start
  return { variables: [], assigns: false }
}

function skipSpace(words: Words): void {
  if (words.tokens[words.at]?.kind === 'space') words.at++
}

/** Whether a mark stands next, behind a space or not; then it is passed. */
function taken(words: Words, mark: string): boolean {
  const start = words.at
  skipSpace(words)
  const token = words.tokens[words.at]
  if (token?.kind === 'mark' && token.text === mark) {
    words.at++
    return true
  }
  words.at = start
  return false
}

function commandOf(reader: Reader, words: Words): Command {
  const operands: Operand[] = []
  for (;;) {
    skipSpace(words)
    const token = words.tokens[words.at]
    if (!token || (token.kind === 'mark' && (token.text === '|' || token.text === ')'))) break
    operands.push(operandOf(reader, words))
  }
  const [first, ...rest] = operands
  if (!first) return fail('missing value for command')
  return first.kind === 'nil' ? fail('nil is not a command') : { first, rest }
}

/** A value with the fields behind it, without a space between them. */
function operandOf(reader: Reader, words: Words): Operand {
  const operand = termOf(reader, words)
  const names: string[] = []
  for (let token = words.tokens[words.at]; token?.kind === 'field'; token = words.tokens[words.at]) {
    names.push(token.text)
    words.at++
  }
  return names.length === 0 ? operand : { kind: 'fields', of: operand, names }
}

function termOf(reader: Reader, words: Words): Operand {
  const token = words.tokens[words.at]
  if (!token) return fail('missing value')
  if (token.kind === 'field') return { kind: 'dot' }
  words.at++
  switch (token.kind) {
    case 'variable':
      return { kind: 'variable', name: token.text }
    case 'text':
    case 'number':
      return { kind: 'constant', value: constantOf(token.text) }
    case 'word':
      return wordOf(reader, token.text)
    default:
      break
  }
  if (token.text === '.') return { kind: 'dot' }
  if (token.text !== '(') return fail(`unexpected ${token.text}`)
  if (++reader.depth > deepest) fail('parentheses are nested too deeply', 'unsupported')
  const pipeline = pipelineOf(reader, words)
  reader.depth--
  return taken(words, ')') ? { kind: 'pipeline', pipeline } : fail('unclosed left paren')
}

function wordOf(reader: Reader, word: string): Operand {
  if (word === 'true' || word === 'false') return { kind: 'constant', value: word === 'true' }
  if (word === 'nil') return { kind: 'nil' }
  return reader.knows(word)
    ? { kind: 'function', name: word }
    : fail(`the function ${word} is not supported here`, 'unsupported')
}
