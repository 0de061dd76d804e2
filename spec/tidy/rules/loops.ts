import ts from 'typescript'
import { bounds } from '../loops'
import { inSrc, nodeRule } from '../rule'

/**
 * Loops and repeats that data could make endless, by what a reader sees of them. Bounded at sight are: `for … of` and the methods of
 * lists (what they walk is there already), a `for` that counts up to the length of a list or a constant, or down to 0 from the end of
 * a list, and repeats of a constant. Whatever else repeats is listed in ../loops.ts with its bound.
 */
export const boundedLoops = nodeRule('bounded loops', inSrc, (node, { path }) => {
  const head = headOf(node)
  if (head === undefined || bounds[path]?.[head] !== undefined) return undefined
  return `${head}: what bounds it? Say it in spec/tidy/loops.ts`
})

/** How the list calls a loop or repeat; undefined for anything else, and for what is bounded at sight. */
export function headOf(node: ts.Node): string | undefined {
  if (ts.isForStatement(node)) return isCounted(node) ? undefined : `for (${forHead(node)})`
  if (ts.isWhileStatement(node)) return `while (${flat(node.expression)})`
  if (ts.isDoStatement(node)) return `do while (${flat(node.expression)})`
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return repeatHead(node)
  return undefined
}

const flat = (node: ts.Node): string => node.getText().replace(/\s+/g, ' ')

const forHead = ({ condition, incrementor, initializer }: ts.ForStatement): string => {
  const bound = [condition, incrementor].map((part) => (part ? flat(part) : '')).join('; ')
  return condition && incrementor ? bound : `${initializer ? flat(initializer) : ''}; ${bound}`
}

function isCounted({ initializer, condition, incrementor, statement }: ts.ForStatement): boolean {
  const counter = initializer && ts.isVariableDeclarationList(initializer) ? initializer.declarations[0] : undefined
  if (!counter || !condition || !ts.isBinaryExpression(condition) || !incrementor) return false
  if (!isStep(incrementor) || writes(statement, counter.name.getText())) return false
  const { left, operatorToken, right } = condition
  if (left.getText() !== counter.name.getText()) return false
  if (operatorToken.kind === ts.SyntaxKind.LessThanToken && incrementor.operator === ts.SyntaxKind.PlusPlusToken)
    return ts.isNumericLiteral(right) || (isLength(right) && !grows(statement, right))
  return (
    operatorToken.kind === ts.SyntaxKind.GreaterThanEqualsToken &&
    right.getText() === '0' &&
    incrementor.operator === ts.SyntaxKind.MinusMinusToken &&
    counter.initializer !== undefined &&
    /^[\w.]+\.length - 1$/.test(counter.initializer.getText())
  )
}

const isStep = (node: ts.Expression): node is ts.PostfixUnaryExpression => ts.isPostfixUnaryExpression(node)

const isLength = (node: ts.Expression): node is ts.PropertyAccessExpression =>
  ts.isPropertyAccessExpression(node) && (node.name.text === 'length' || node.name.text === 'size')

/** The list that is counted becomes longer on the way. */
function grows(body: ts.Node, { expression }: ts.PropertyAccessExpression): boolean {
  const list = expression.getText()
  return ['push', 'unshift', 'splice', 'add', 'set'].some((method) => body.getText().includes(`${list}.${method}(`))
}

/** The body turns the counter back or elsewhere. */
function writes(body: ts.Node, counter: string): boolean {
  return new RegExp(String.raw`(?<![\w.])${counter}(?:\+\+|--| (?:[-+*/]|>>|<<)?= )`).test(body.getText())
}

const repeats: ReadonlySet<string> = new Set(['repeat', 'padStart', 'padEnd'])
const allocations: ReadonlySet<string> = new Set(['Array', 'ArrayBuffer', 'Uint8Array', 'Float64Array', 'Int32Array'])

function repeatHead(node: ts.CallExpression | ts.NewExpression): string | undefined {
  const [first] = node.arguments ?? []
  if (!first || ts.isNumericLiteral(first)) return undefined
  const called = node.expression
  if (ts.isIdentifier(called) && allocations.has(called.text)) return `${called.text}(${flat(first)})`
  if (!ts.isPropertyAccessExpression(called)) return undefined
  if (repeats.has(called.name.text)) return `${called.name.text}(${flat(first)})`
  if (called.getText() !== 'Array.from' || !ts.isObjectLiteralExpression(first)) return undefined
  const length = first.properties.find((property) => property.name?.getText() === 'length')
  if (!length || !ts.isPropertyAssignment(length) || ts.isNumericLiteral(length.initializer)) return undefined
  return isLength(length.initializer) ? undefined : `Array.from(${flat(first)})`
}
