import ts from 'typescript'
import { programs, weakMaps } from '../house'
import { type Found, inSrc, nodeRule, nodesOf, type ParsedFile, type Rule } from '../rule'
import { isDeclaredBetween } from './scope'

/** Importing a module does nothing: `sideEffects: false` in package.json is a promise. */
export const onlyDeclarations: Rule = {
  name: 'module state: declarations only',
  appliesTo: (path) => inSrc(path) && !programs.includes(path),
  *check(file) {
    for (const statement of file.source.statements) {
      if (ts.isVariableStatement(statement)) {
        if (!(statement.declarationList.flags & ts.NodeFlags.Const))
          yield { node: statement, message: 'module-level let or var' }
      } else if (!isDeclaration(statement)) yield { node: statement, message: 'runs when the module is loaded' }
    }
  },
}

const isDeclaration = (statement: ts.Statement): boolean =>
  ts.isImportDeclaration(statement) ||
  ts.isExportDeclaration(statement) ||
  ts.isExportAssignment(statement) ||
  ts.isFunctionDeclaration(statement) ||
  ts.isInterfaceDeclaration(statement) ||
  ts.isTypeAliasDeclaration(statement) ||
  ts.isClassDeclaration(statement) ||
  ts.isEnumDeclaration(statement) ||
  ts.isModuleDeclaration(statement)

const collections: ReadonlySet<string> = new Set(['Map', 'Set'])
const memos: ReadonlySet<string> = new Set(['WeakMap', 'WeakSet'])

export const noMutableCollections = nodeRule('module state: collections', inSrc, (node, { path }) => {
  if (!ts.isNewExpression(node) || !ts.isIdentifier(node.expression)) return undefined
  const name = node.expression.text
  if (memos.has(name) && !Object.hasOwn(weakMaps, path))
    return `${name}: files that may are listed in spec/tidy/house.ts`
  if (!collections.has(name) || ts.findAncestor(node, ts.isFunctionLike)) return undefined
  return isTypedReadonly(node, name) ? undefined : `module-level ${name} that is not typed Readonly${name}`
})

/** A type around the node says so: that of the constant, or an assertion. */
function isTypedReadonly(node: ts.Node, name: string): boolean {
  const typed = ts.findAncestor(node, (around) => typeAround(around)?.getText().includes(`Readonly${name}<`) ?? false)
  return typed !== undefined
}

function typeAround(node: ts.Node): ts.TypeNode | undefined {
  return ts.isVariableDeclaration(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)
    ? node.type
    : undefined
}

/** Nothing of module level is written to, whatever its type says. */
export const noModuleWrites: Rule = {
  name: 'module state: writes',
  appliesTo: inSrc,
  *check(file): Generator<Found> {
    const names = moduleNames(file)
    for (const node of nodesOf(file.source)) {
      const root = writtenRoot(node)
      if (!root || !names.has(root.text) || isDeclaredBetween(root, root.text)) continue
      yield { node, message: `writes to ${root.text}, which lives as long as the module` }
    }
    yield* statefulPatterns(file)
  },
}

/** Constants of the module, imported ones too; memos are another rule's. */
function moduleNames(file: ParsedFile): ReadonlySet<string> {
  const names = new Set<string>()
  for (const statement of file.source.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations)
        if (ts.isIdentifier(name) && !isMemo(initializer)) names.add(name.text)
    } else if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings
      if (bindings && ts.isNamedImports(bindings)) for (const one of bindings.elements) names.add(one.name.text)
    }
  }
  return names
}

const isMemo = (node: ts.Expression | undefined): boolean =>
  node !== undefined && ts.isNewExpression(node) && ts.isIdentifier(node.expression) && memos.has(node.expression.text)

const mutators: ReadonlySet<string> = new Set([
  ...['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin'],
  ...['set', 'add', 'delete', 'clear'],
])
const objectMutators: ReadonlySet<string> = new Set([
  'assign',
  'defineProperty',
  'defineProperties',
  'setPrototypeOf',
  'freeze',
])

/** The name at the root of what a node writes to: `x` in `x.a[0] = 1`, `delete x.a`, `x.a.push(1)`, `Object.assign(x)`. */
function writtenRoot(node: ts.Node): ts.Identifier | undefined {
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) return rootOf(node.left)
  if (ts.isDeleteExpression(node)) return rootOf(node.expression)
  if (ts.isPostfixUnaryExpression(node)) return rootOf(node.operand)
  if (ts.isPrefixUnaryExpression(node)) {
    const steps = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken
    return steps ? rootOf(node.operand) : undefined
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
  const { expression: receiver, name } = node.expression
  const first = node.arguments[0]
  if (ts.isIdentifier(receiver) && receiver.text === 'Object' && objectMutators.has(name.text))
    return first && rootOf(first)
  return mutators.has(name.text) ? rootOf(receiver) : undefined
}

const isAssignment = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment

function rootOf(node: ts.Expression): ts.Identifier | undefined {
  if (ts.isIdentifier(node)) return node
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'lastIndex' ? undefined : rootOf(node.expression)
  if (ts.isElementAccessExpression(node) || ts.isParenthesizedExpression(node)) return rootOf(node.expression)
  if (ts.isNonNullExpression(node) || ts.isAsExpression(node)) return rootOf(node.expression)
  return undefined
}

/** A regular expression with g or y remembers where it stopped, unless somebody says where to start. */
function* statefulPatterns(file: ParsedFile): Generator<Found> {
  for (const statement of file.source.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!initializer || !ts.isRegularExpressionLiteral(initializer) || !ts.isIdentifier(name)) continue
      if (!/\/[a-z]*[gy][a-z]*$/.test(initializer.text)) continue
      const used = [...nodesOf(file.source)].filter(ts.isPropertyAccessExpression)
      const members = used.filter((one) => ts.isIdentifier(one.expression) && one.expression.text === name.text)
      const remembers = members.some((one) => one.name.text === 'exec' || one.name.text === 'test')
      const isReset = members.some((one) => one.name.text === 'lastIndex' && ts.isBinaryExpression(one.parent))
      if (remembers && !isReset) yield { node: initializer, message: `${name.text} remembers its lastIndex` }
    }
  }
}
