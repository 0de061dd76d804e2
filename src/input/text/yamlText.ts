import { Composer, type CST, type Document, Lexer, Parser } from 'yaml'
import type { Limits } from '../limits'
import type { Finding, ReadDocument } from '../places'
import { type ReadText, tooDeepFinding, tooMany } from './jsonText'
import { partsOf, readParts } from './yamlParts'
import { documentValue } from './yamlValue'

// `yaml` is driven token by token, because its one-call functions have no bounds: its composer recurses by nesting,
// keeps an Error object for each mistake and looks for double keys in quadratic time.

/** Tokens that make the parser and the composer keep more than a token's worth: as many as they cost in memory. */
const tokenWeights: Readonly<Record<string, number>> = { '[': 10, '{': 10, ',': 6, '-': 6, '?': 6 }

/** Mistakes after which a text is not YAML at all. */
const maxErrors = 20

interface Reading {
  readonly documents: ReadDocument[]
  readonly composer: Composer
  readonly limits: Limits
  readonly text: string
  readonly base: number
  aliasNodes: number
}

/** Shorter texts are read as a whole: there is nothing to gain. */
const longCharacters = 500_000

/**
 * Reads YAML documents, with places. Linear in time; what a document, or an object of a long list, keeps is freed
 * before the next.
 */
export function readYamlText(text: string, limits: Limits, long = longCharacters): ReadText {
  const parts = text.length < long ? undefined : partsOf(text)
  const document =
    parts && readParts(parts, limits, ({ from, to }, inside) => readWhole(text.slice(from, to), inside, from))
  return document ? { documents: [document] } : readWhole(text, limits, 0)
}

/** `base`: where the text begins in the one that places count in. */
function readWhole(text: string, limits: Limits, base: number): ReadText & { readonly aliasNodes: number } {
  const reading: Reading = { documents: [], limits, text, base, composer: newComposer(), aliasNodes: 0 }
  let unfinished = feed(reading)
  // The composer holds each document back until the next one begins; mistakes of one that is given up are not the last
  // one's.
  if (unfinished) inside(reading.composer).errors = []
  for (const document of reading.composer.end()) {
    if (!take(reading, document)) unfinished = tooMany(limits, document.range[0])
  }
  const { documents, aliasNodes } = reading
  return unfinished ? { documents, aliasNodes, unfinished } : { documents, aliasNodes }
}

function feed(reading: Reading): Finding | undefined {
  const { text, limits } = reading
  const parser = new Parser()
  const feeding: Feeding = { parser, offset: 0, tokens: 0, stray: 0, early: [] }
  for (const lexeme of new Lexer().lex(text)) {
    feeding.offset += lexeme.length
    // A level of nesting is one entry of the parser's stack; the document and a scalar that is being read are two more.
    if (parser.stack.length > limits.maxDepth + 3) return tooDeepFinding(limits, feeding.offset)
    feeding.tokens += tokenWeights[lexeme] ?? 1
    if (feeding.tokens > limits.maxTokens) return tooLarge(limits, feeding.offset)
    const stop = composeAll(reading, feeding, parser.next(lexeme))
    if (stop) return stop
  }
  return composeAll(reading, feeding, parser.end())
}

interface Feeding {
  readonly parser: Parser
  offset: number
  /** Of the document that is read. */
  tokens: number
  stray: number
  /** What is stray in a document comes before the document; the composer would take it as a mistake of the last one. */
  readonly early: CST.Token[]
}

function composeAll(reading: Reading, feeding: Feeding, tokens: Iterable<CST.Token>): Finding | undefined {
  for (const token of tokens) {
    if (token.type === 'error' && ++feeding.stray > maxErrors) return noYaml(feeding.offset)
    if (token.type === 'error' && feeding.parser.stack.length > 0) {
      feeding.early.push(token)
      continue
    }
    const inOrder = token.type === 'document' ? [token, ...feeding.early.splice(0)] : [token]
    for (const one of inOrder) {
      const stop = compose(reading, feeding, one)
      if (stop) return stop
    }
  }
  return undefined
}

function compose(reading: Reading, feeding: Feeding, token: CST.Token): Finding | undefined {
  try {
    for (const document of reading.composer.next(token)) {
      if (!take(reading, document)) return tooMany(reading.limits, feeding.offset)
      feeding.tokens = 0
      feeding.stray = 0
    }
    return undefined
  } catch (error) {
    if (error === tooManyErrors) return noYaml(feeding.offset)
    throw error
  }
}

const tooManyErrors = Symbol('too many errors')

/** The only way to stop the parser; `compose` catches it. */
function giveUp(): never {
  throw tooManyErrors
}

/** What the composer keeps of a mistake, as far as it is used here. */
interface Mistake {
  readonly message: string
  readonly pos: readonly [number, number]
}

/** What of the composer is replaced: it is private, and `spec/input/hostile.spec.ts` tells if it is no longer there. */
interface ComposerInside {
  errors: Mistake[]
  onError: (source: number | [number, number] | { offset: number }, code: string, text: string, mild?: boolean) => void
}

const inside = (composer: Composer): ComposerInside => composer as unknown as ComposerInside

/** A composer that gives up after `maxErrors` mistakes: it would make an Error object with a stack for every one. */
function newComposer(): Composer {
  const composer = new Composer({
    schema: 'failsafe',
    resolveKnownTags: false,
    uniqueKeys: false,
    keepSourceTokens: false,
    prettyErrors: false,
  })
  const replaced = inside(composer)
  replaced.onError = (source, _code, message, isMild) => {
    if (isMild) return
    if (replaced.errors.length >= maxErrors) giveUp()
    const offset = typeof source === 'number' ? source : Array.isArray(source) ? source[0] : source.offset
    replaced.errors.push({ message, pos: [offset, offset] })
  }
  return composer
}

function take(reading: Reading, document: Document.Parsed): boolean {
  const { documents, limits, text, base } = reading
  const index = documents.length
  if (index >= limits.maxDocuments) return false
  const offset = base + (document.contents?.range?.[0] ?? document.range[0])
  const mistake = firstMistake(document.errors)
  if (mistake) {
    const findings = [withHint(syntax(mistake.message, afterBlanks(text, mistake.pos[0])), text)]
    documents.push({ index, value: undefined, offset, places: new Map(), findings })
    return true
  }
  const read = documentValue(document, limits, { maxAliasNodes: limits.maxAliasNodes - reading.aliasNodes, base })
  reading.aliasNodes += read.aliasNodes
  documents.push({ index, value: read.value, offset, places: read.places, findings: read.findings })
  return true
}

/** The parser names the beginning of a line whose indentation is wrong; people look for its first letter. */
function afterBlanks(text: string, offset: number): number {
  let at = offset
  while (text[at] === ' ') at++
  return at
}

/** The others follow from the first: a wrong indentation makes nonsense of what comes after it. */
const firstMistake = (mistakes: readonly Mistake[]): Mistake | undefined =>
  mistakes.reduce<Mistake | undefined>(
    (first, mistake) => (first && first.pos[0] <= mistake.pos[0] ? first : mistake),
    undefined,
  )

const syntax = (message: string, offset: number): Finding => ({
  code: 'syntax',
  path: [],
  offset,
  message: `not valid YAML: ${message[0]?.toLowerCase()}${message.slice(1)}`,
})

/** What people most often forget, by the line that is not YAML; the first that fits is reported. */
const hints: readonly (readonly [line: RegExp, hint: string])[] = [
  [/\{\{\s*(?:args|inputs)\./, 'a text with {{args.x}} has to stand in quotes where it begins with it'],
  [/\{\{/, 'this looks like a Helm template: render it first, with helm template'],
  [/[:-]\s+!/, 'a text that begins with ! is a tag to YAML: put it in quotes'],
]

function withHint(first: Finding, text: string): Finding {
  const line = text.slice(text.lastIndexOf('\n', first.offset) + 1, (first.offset ?? 0) + 200).split('\n')[0]!
  const hint = hints.find(([sign]) => sign.test(line))?.[1]
  return hint === undefined ? first : { ...first, message: `${first.message} (${hint})` }
}

const tooLarge = (limits: Limits, offset: number): Finding => ({
  code: 'too-large',
  path: [],
  offset,
  message: `a YAML document, or one object of a long list, of more than ${limits.maxTokens} tokens: the rest was not read; split it, write it as JSON, or raise maxTokens`,
})

const noYaml = (offset: number): Finding => ({
  code: 'syntax',
  path: [],
  offset,
  message: `not valid YAML: more than ${maxErrors} mistakes in one document; the rest was not read`,
})
