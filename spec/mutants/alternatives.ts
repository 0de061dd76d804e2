import ts from 'typescript'

// What can be wrong at one place of a program: the kinds of Stryker's mutators, and numbers.

export type Kind =
  | 'condition'
  | 'border'
  | 'equality'
  | 'logic'
  | 'default'
  | 'arithmetic'
  | 'negation'
  | 'chain'
  | 'text'
  | 'number'
  | 'boolean'
  | 'list'
  | 'object'
  | 'method'
  | 'statement'

export interface Alternative {
  readonly kind: Kind
  /** Where the code is that it takes the place of. */
  readonly start: number
  readonly end: number
  readonly text: string
  /** Of an operator: the other one. */
  readonly operator?: string
}

const borders: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
}
const equalities: Readonly<Record<string, readonly string[]>> = { '===': ['!=='], '!==': ['==='] }
const logic: Readonly<Record<string, readonly string[]>> = { '&&': ['||'], '||': ['&&'] }
const sums: Readonly<Record<string, readonly string[]>> = {
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '+=': ['-='],
  '-=': ['+='],
  '??=': ['='],
}

const operators: readonly (readonly [Kind, typeof borders])[] = [
  ['border', borders],
  ['equality', equalities],
  ['logic', logic],
  ['arithmetic', sums],
]

const opposites: Readonly<Record<string, string>> = {
  min: 'max',
  max: 'min',
  ceil: 'floor',
  floor: 'ceil',
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  toUpperCase: 'toLowerCase',
  toLowerCase: 'toUpperCase',
}
/** Methods whose result is like what they are called on. */
const droppable: readonly string[] = ['filter', 'sort', 'reverse', 'slice', 'trim', 'toSorted', 'toReversed']

/** Everything that could be wrong at a node itself; its children have their own. */
export function alternativesOf(node: ts.Node, source: ts.SourceFile): readonly Alternative[] {
  if (ts.isExpressionStatement(node)) return removed(node, source)
  if (!ts.isExpression(node) || !isValue(node)) return []
  const own = ts.isOptionalChain(node) ? chains(node, source) : (ofSyntax[node.kind]?.(node as never, source) ?? [])
  return [...own, ...conditions(node, source)]
}

type Finder = (node: never, source: ts.SourceFile) => readonly Alternative[]

const text =
  (kind: Kind, replacement: (node: ts.Expression) => string | undefined) =>
  (node: ts.Expression, source: ts.SourceFile): readonly Alternative[] => {
    const other = replacement(node)
    return other === undefined ? [] : [whole(kind, node, source, other)]
  }

const ofSyntax: Readonly<Partial<Record<ts.SyntaxKind, Finder>>> = {
  [ts.SyntaxKind.BinaryExpression]: binary,
  [ts.SyntaxKind.PrefixUnaryExpression]: unary,
  [ts.SyntaxKind.PostfixUnaryExpression]: counting,
  [ts.SyntaxKind.CallExpression]: calls,
  [ts.SyntaxKind.TrueKeyword]: text('boolean', () => 'false'),
  [ts.SyntaxKind.FalseKeyword]: text('boolean', () => 'true'),
  [ts.SyntaxKind.NumericLiteral]: text('number', (node) => `${Number(node.getText().replaceAll('_', '')) + 1}`),
  [ts.SyntaxKind.StringLiteral]: text('text', (node) => ((node as ts.StringLiteral).text === '' ? "'mutant'" : "''")),
  [ts.SyntaxKind.NoSubstitutionTemplateLiteral]: text('text', () => "''"),
  [ts.SyntaxKind.TemplateExpression]: text('text', () => "''"),
  [ts.SyntaxKind.ArrayLiteralExpression]: text('list', (node) =>
    (node as ts.ArrayLiteralExpression).elements.length > 0 ? '[]' : undefined,
  ),
  [ts.SyntaxKind.ObjectLiteralExpression]: text('object', (node) =>
    (node as ts.ObjectLiteralExpression).properties.length > 0 ? '({})' : undefined,
  ),
}

function whole(kind: Kind, node: ts.Node, source: ts.SourceFile, other: string, operator?: string): Alternative {
  return { kind, start: node.getStart(source), end: node.end, text: other, ...(operator && { operator }) }
}

/** The text of a node with other text in the place of one of its tokens. */
function withToken(node: ts.Node, token: ts.Node, other: string, source: ts.SourceFile): string {
  const all = source.text
  return all.slice(node.getStart(source), token.getStart(source)) + other + all.slice(token.end, node.end)
}

function binary(node: ts.BinaryExpression, source: ts.SourceFile): readonly Alternative[] {
  const operator = node.operatorToken.getText(source)
  if (operator === '??') {
    return [node.left, node.right].map((side) => whole('default', node, source, side.getText(source)))
  }
  if (operator === '+' && [node.left, node.right].some((side) => ts.isStringLiteralLike(side))) return []
  return operators.flatMap(([kind, table]) =>
    (Object.hasOwn(table, operator) ? (table[operator] ?? []) : []).map((other) =>
      whole(kind, node, source, withToken(node, node.operatorToken, other, source), other),
    ),
  )
}

function unary(node: ts.PrefixUnaryExpression, source: ts.SourceFile): readonly Alternative[] {
  const operand = node.operand.getText(source)
  switch (node.operator) {
    case ts.SyntaxKind.ExclamationToken:
      return [whole('negation', node, source, operand)]
    case ts.SyntaxKind.MinusToken:
      return [whole('negation', node, source, operand)]
    case ts.SyntaxKind.PlusPlusToken:
      return [whole('arithmetic', node, source, `--${operand}`)]
    default:
      return []
  }
}

function counting(node: ts.PostfixUnaryExpression, source: ts.SourceFile): readonly Alternative[] {
  const operand = node.operand.getText(source)
  const other = node.operator === ts.SyntaxKind.PlusPlusToken ? '--' : '++'
  return [whole('arithmetic', node, source, operand + other)]
}

function calls(node: ts.CallExpression, source: ts.SourceFile): readonly Alternative[] {
  const callee = node.expression
  if (!ts.isPropertyAccessExpression(callee)) return []
  const name = callee.name.text
  if (Object.hasOwn(opposites, name))
    return [whole('method', node, source, withToken(node, callee.name, opposites[name] ?? '', source))]
  return droppable.includes(name) ? [whole('method', node, source, callee.expression.getText(source))] : []
}

/** The links of a chain that its end stands for: only a whole chain can be put into brackets. */
export function linksOf(node: ts.Node): readonly ts.Node[] {
  const links: ts.Node[] = []
  for (let at: ts.Node = node; ts.isOptionalChain(at); at = at.expression) links.push(at)
  return links
}

const isInnerLink = (node: ts.Node): boolean => {
  const { parent } = node
  return ts.isOptionalChain(node) && parent && ts.isOptionalChain(parent) && parent.expression === node
}

function chains(node: ts.Node, source: ts.SourceFile): readonly Alternative[] {
  if (isInnerLink(node)) return []
  return linksOf(node).flatMap((link) => {
    const token = (link as ts.PropertyAccessChain).questionDotToken
    if (!token) return []
    const other = ts.isPropertyAccessExpression(link) ? '.' : ''
    return [whole('chain', node, source, withToken(node, token, other, source))]
  })
}

/** Whether a node is asked for nothing but its truth. */
export function isCondition(node: ts.Node): boolean {
  const { parent } = node
  if (!parent) return false
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent))
    return parent.expression === node
  if (ts.isConditionalExpression(parent) || ts.isForStatement(parent)) return parent.condition === node
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken
  if (ts.isParenthesizedExpression(parent)) return isCondition(parent)
  return isLogical(parent) && isCondition(parent)
}

const isLogical = (node: ts.Node): boolean =>
  ts.isBinaryExpression(node) && Object.hasOwn(logic, node.operatorToken.getText())

function conditions(node: ts.Expression, source: ts.SourceFile): readonly Alternative[] {
  const { parent } = node
  const isLoop = ts.isWhileStatement(parent) || ts.isDoStatement(parent) || ts.isForStatement(parent)
  const isWhole = isLoop || ts.isIfStatement(parent) || ts.isConditionalExpression(parent)
  if (!isWhole || !isCondition(node)) return []
  return (isLoop ? ['false'] : ['true', 'false']).map((other) => whole('condition', node, source, other))
}

/** Whether the place of an expression takes any other: not a target of an assignment, a name, or a part of a chain or a call. */
function isValue(node: ts.Expression): boolean {
  const { parent } = node
  if (!parent || isInnerLink(node)) return false
  if (ts.isBinaryExpression(parent) && parent.left === node && isAssignment(parent.operatorToken.kind)) return false
  if (ts.isCallExpression(parent) && parent.expression === node) return false
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return false
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) return parent.name !== node
  if (ts.isBindingElement(parent)) return parent.propertyName !== node && parent.name !== node
  if (ts.isDeleteExpression(parent) || ts.isTypeOfExpression(parent) || ts.isTaggedTemplateExpression(parent))
    return false
  if (ts.isComputedPropertyName(parent) || ts.isLiteralTypeNode(parent)) return false
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.expression === node
  if (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.MinusToken) return false
  if (ts.isExpressionStatement(parent)) return ts.isBinaryExpression(node)
  return !isInThrow(node)
}

/** What a mistake of a programmer is told in is no behaviour. */
const isInThrow = (node: ts.Node): boolean => ts.findAncestor(node, ts.isThrowStatement) !== undefined

const isAssignment = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment

function removed(node: ts.ExpressionStatement, source: ts.SourceFile): readonly Alternative[] {
  return ts.isStringLiteral(node.expression) ? [] : [whole('statement', node, source, ';')]
}
