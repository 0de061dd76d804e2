import { posix } from 'node:path'
import ts from 'typescript'
import { rolloutFloors } from './house'
import { parse, type SourceText } from './rule'

// A newcomer reads a canary's reconcile from `reconcileRollout` down: each function in the order of its calls, each function once.
// This counts how often that reader turns back. docs/internals/architecture.md says what counts.

/** A function, or another constant, of the reducer: `src/rollout/canary.ts#canaryStages`. */
interface Place {
  readonly file: string
  readonly body: ts.Node
}

export interface Walk {
  /** Files that were read, in the order of their first page. */
  readonly files: readonly string[]
  /** Ways into a file that was left before: `traffic/routers.ts askWeight`. */
  readonly returns: readonly string[]
  /** Calls from a floor to a higher one. */
  readonly climbs: readonly string[]
  /** Calls of helpers that end at once; the reader need not follow them. */
  readonly leafCalls: number
}

const room = 'src/rollout/'
const table = `${room}semantics.ts#main`
/** Functions of the other strategy. */
const isOther = (key: string): boolean => /[bB]lueGreen|(?:Pre|Post)Promotion/.test(key)

interface Book {
  readonly places: ReadonlyMap<string, Place>
  /** What a name means in a file: the key of a place. */
  readonly meaning: (file: string, name: string) => string | undefined
}

/** Every constant and function of the reducer by its key. */
function read(sources: readonly SourceText[]): Book {
  const places = new Map<string, Place>()
  const imported = new Map<string, string>()
  for (const { path, source } of sources.map(parse))
    for (const statement of source.statements) {
      for (const [name, body] of declared(statement)) places.set(`${path}#${name}`, { file: path, body })
      for (const [name, original, from] of importsOf(statement))
        imported.set(`${path}#${name}`, `${posix.join(posix.dirname(path), from)}.ts#${original}`)
    }
  return {
    places,
    meaning: (file, name) => {
      const key = imported.get(`${file}#${name}`) ?? `${file}#${name}`
      return places.has(key) ? key : undefined
    },
  }
}

function declared(statement: ts.Statement): readonly (readonly [name: string, body: ts.Node])[] {
  if (ts.isFunctionDeclaration(statement))
    return statement.name && statement.body ? [[statement.name.text, statement.body]] : []
  if (!ts.isVariableStatement(statement)) return []
  return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
    ts.isIdentifier(name) && initializer ? [[name.text, initializer] as const] : [],
  )
}

function importsOf(statement: ts.Statement): readonly (readonly [name: string, original: string, from: string])[] {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return []
  const { importClause, moduleSpecifier } = statement
  const names = importClause?.namedBindings
  if (!names || !ts.isNamedImports(names)) return []
  return names.elements.map(({ name, propertyName }) => [name.text, (propertyName ?? name).text, moduleSpecifier.text])
}

/** What a place uses, in the order of the text. A member of `semantics` is the newest version's. */
function usesOf({ meaning, places }: Book, key: string): readonly string[] {
  const place = places.get(key)
  if (!place) return []
  const found: string[] = []
  const note = (file: string, name: string): void => {
    const used = meaning(file, name)
    if (used !== undefined && used !== key && !isOther(used) && !used.startsWith(`${room}semantics.ts`))
      found.push(used)
  }
  const visit = (node: ts.Node): void => {
    const member = memberOfSemantics(places, node)
    if (member !== undefined) note(`${room}semantics.ts`, member)
    else if (ts.isIdentifier(node)) note(place.file, node.text)
    else if (ts.isPropertyAccessExpression(node)) visit(node.expression)
    else if (ts.isPropertyAssignment(node)) visit(node.initializer)
    else ts.forEachChild(node, visit)
  }
  visit(place.body)
  return found
}

const memberOfSemantics = (places: Book['places'], node: ts.Node): string | undefined =>
  ts.isPropertyAccessExpression(node) && /\bsemantics$/.test(node.expression.getText())
    ? newest(places).get(node.name.text)
    : undefined

/** The newest version's table: member -> the name of its function. */
function newest(places: Book['places']): ReadonlyMap<string, string> {
  const body = places.get(table)?.body
  const members = body && ts.isObjectLiteralExpression(body) ? body.properties : []
  return new Map(
    members.map((member) => [
      member.name?.getText() ?? '',
      ts.isPropertyAssignment(member) ? member.initializer.getText() : (member.name?.getText() ?? ''),
    ]),
  )
}

const fileOf = (key: string): string => key.slice(0, key.indexOf('#'))
const short = (key: string): string => key.slice(room.length).replace('#', ' ')

function floorOf(file: string): number {
  const name = file.slice(room.length).replace(/(?:\/.*|\.ts)$/, '')
  return rolloutFloors.findIndex((floor) => floor.includes(name))
}

export function walkOfCanary(
  sources: readonly SourceText[],
  start = `${room}reconcileRollout.ts#reconcileRollout`,
): Walk {
  const book = read(sources.filter(({ path }) => path.startsWith(room)))
  const [known, left, files] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const [returns, climbs]: [string[], string[]] = [[], []]
  let leafCalls = 0
  const unread = (key: string): readonly string[] => usesOf(book, key).filter((used) => !known.has(used))
  const isLeaf = (key: string, seen = new Set([key])): boolean =>
    unread(key).every((used) => {
      if (seen.has(used)) return true
      seen.add(used)
      return fileOf(used) === fileOf(key) && isLeaf(used, seen)
    })
  const learn = (key: string): void => {
    known.add(key)
    unread(key).forEach(learn)
  }
  const enter = (key: string): void => {
    known.add(key)
    const file = fileOf(key)
    files.add(file)
    for (const used of usesOf(book, key)) {
      const there = fileOf(used)
      if (known.has(used)) continue
      if (there !== file && floorOf(there) > floorOf(file)) climbs.push(short(used))
      if (there !== file && isLeaf(used)) {
        leafCalls++
        learn(used)
        left.add(there)
        continue
      }
      if (there !== file && left.has(there)) returns.push(short(used))
      enter(used)
      if (there !== file) left.add(there)
    }
  }
  enter(start)
  return { files: [...files], returns, climbs, leafCalls }
}
