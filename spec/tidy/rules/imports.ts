import { posix } from 'node:path'
import ts from 'typescript'
import { arrowExceptions, arrows, namespaceImports, nodeFolders, packages, rolloutFloors } from '../house'
import { type Found, inSrc, layerOf, nodesOf, type ParsedFile, type Rule } from '../rule'

export interface Imported {
  readonly node: ts.Node
  readonly specifier: string
}

/** Every module that a file names: imports, re-exports, `import()`, `require()`, `import('…')` types. */
export function* importsOf(file: ParsedFile): Generator<Imported> {
  for (const node of nodesOf(file.source)) {
    const named = namedModule(node)
    if (named !== undefined && ts.isStringLiteralLike(named)) yield { node, specifier: named.text }
  }
}

function namedModule(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isExternalModuleReference(node)) return node.expression
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined
  if (!ts.isCallExpression(node)) return undefined
  const called = node.expression
  const loads = called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === 'require')
  return loads ? node.arguments[0] : undefined
}

const isRelative = (specifier: string): boolean => specifier.startsWith('.')

/** Path of the imported file without extension. */
export const targetOf = (from: string, specifier: string): string => posix.join(posix.dirname(from), specifier)

export const importArrows: Rule = {
  name: 'import arrows',
  appliesTo: inSrc,
  *check(file): Generator<Found> {
    const from = layerOf(file.path)
    const allowed = Object.hasOwn(arrows, from) ? arrows[from] : undefined
    if (!allowed) {
      yield { node: file.source, message: `no arrows are known for ${from}: list it in spec/tidy/house.ts` }
      return
    }
    for (const { node, specifier } of importsOf(file)) {
      if (!isRelative(specifier)) continue
      const target = targetOf(file.path, specifier)
      const to = layerOf(target)
      if (!inSrc(target)) yield { node, message: `${specifier} lies outside of src/` }
      else if (/\.[cm]?[jt]s$/.test(specifier)) yield { node, message: `${specifier} has an extension` }
      else if (from !== to && !allowed.includes(to) && !isException(file.path, target))
        yield { node, message: `${from} must not import from ${to} (${specifier})` }
    }
  },
}

const isException = (from: string, to: string): boolean =>
  arrowExceptions.some((exception) => from.startsWith(exception.from) && to.startsWith(exception.to))

const rolloutFolder = 'src/rollout/'

/** Room, or file without its extension, directly in the folder of the Rollout reducer. */
const rolloutRoomOf = (path: string): string =>
  path.slice(rolloutFolder.length).split('/')[0]?.replace(/\.ts$/, '') ?? ''

const floorOf = (room: string): number => rolloutFloors.findIndex((floor) => floor.includes(room))

export const reducerFloors: Rule = {
  name: 'floors of the Rollout reducer',
  appliesTo: (path) => path.startsWith(rolloutFolder),
  *check(file): Generator<Found> {
    const room = rolloutRoomOf(file.path)
    if (floorOf(room) < 0) {
      yield { node: file.source, message: `${room} has no floor: give it one in spec/tidy/house.ts` }
      return
    }
    for (const { node, specifier } of importsOf(file)) {
      const target = isRelative(specifier) ? targetOf(file.path, specifier) : ''
      if (!target.startsWith(rolloutFolder)) continue
      const other = rolloutRoomOf(target)
      if (other !== room && floorOf(other) >= floorOf(room))
        yield { node, message: `${room} must not import from ${other}, which is no floor below (${specifier})` }
    }
  },
}

export const packageAllowList: Rule = {
  name: 'packages',
  appliesTo: inSrc,
  *check(file): Generator<Found> {
    const folder = layerOf(file.path)
    for (const { node, specifier } of importsOf(file)) {
      if (isRelative(specifier)) continue
      const message = specifier.startsWith('node:')
        ? wrongBuiltIn(folder, specifier)
        : (wrongPackage(folder, specifier) ?? wrongForm(node, specifier))
      if (message !== undefined) yield { node, message }
    }
  },
}

const wrongBuiltIn = (folder: string, specifier: string): string | undefined =>
  nodeFolders.includes(folder) ? undefined : `${specifier} is for ${nodeFolders.join(' and ')} only`

function wrongPackage(folder: string, specifier: string): string | undefined {
  const folders = Object.hasOwn(packages, specifier) ? packages[specifier] : undefined
  if (!folders) return `${specifier} is not on the list of packages`
  return folders.includes(folder) ? undefined : `${specifier} is for ${folders.join(' and ')} only`
}

function wrongForm(node: ts.Node, specifier: string): string | undefined {
  const name = Object.hasOwn(namespaceImports, specifier) ? namespaceImports[specifier] : undefined
  if (name === undefined) return undefined
  const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined
  const right = bindings && ts.isNamespaceImport(bindings) && bindings.name.text === name
  return right ? undefined : `write import * as ${name} from '${specifier}'`
}
