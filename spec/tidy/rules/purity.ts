import ts from 'typescript'
import { dateFile } from '../house'
import { hasModifier, isPure, nodeRule } from '../rule'

const bannedNames: ReadonlySet<string> = new Set([
  ...['Date', 'Intl', 'performance', 'process', 'console', 'crypto', 'fetch', 'globalThis', 'Buffer', 'require'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'queueMicrotask'],
  ...['eval', 'Function', 'WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer', 'Atomics'],
])

const asynchronousNames: ReadonlySet<string> = new Set([
  ...['Promise', 'PromiseLike', 'AsyncIterable', 'AsyncIterator', 'AsyncGenerator'],
])

/** A global that depends on when, where or for whom it runs. Its name must not be taken by anything else either. */
export const noImpureGlobals = nodeRule('impure globals', isPure, (node, { path }) => {
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) return 'import.meta is not pure'
  if (!ts.isIdentifier(node) || isMemberName(node) || !bannedNames.has(node.text)) return undefined
  return node.text === 'Date' && path === dateFile ? undefined : `${node.text} is not pure`
})

/** Also where `Date` is allowed, the clock is not. */
export const noClock = nodeRule('clock', isPure, (node) => {
  if (!ts.isIdentifier(node) || node.text !== 'Date' || isMemberName(node)) return undefined
  const { parent } = node
  if (ts.isNewExpression(parent) && parent.expression === node)
    return (parent.arguments ?? []).length > 0 ? undefined : 'new Date() reads the clock'
  if (ts.isCallExpression(parent) && parent.expression === node) return 'Date() reads the clock'
  if (ts.isPropertyAccessExpression(parent) && parent.name.text !== 'now') return undefined
  return ts.isTypeReferenceNode(parent) ? undefined : 'Date.now, or Date as a value, reads the clock'
})

export const noRandomness = nodeRule('randomness', isPure, (node) => {
  if (!ts.isIdentifier(node) || node.text !== 'Math' || isMemberName(node)) return undefined
  const { parent } = node
  const known = ts.isPropertyAccessExpression(parent) && parent.expression === node
  return known && parent.name.text !== 'random' ? undefined : 'Math.random, or Math as a value, is not pure'
})

const isLocaleName = (name: string): boolean => name.startsWith('toLocale') || name === 'localeCompare'

export const noLocale = nodeRule('locale', isPure, (node) => {
  const named = ts.isIdentifier(node) || ts.isStringLiteralLike(node) ? node.text : ''
  return isLocaleName(named) ? `${named} depends on the locale` : undefined
})

export const noAsynchrony = nodeRule('asynchrony', isPure, (node) => {
  if (hasModifier(node, ts.SyntaxKind.AsyncKeyword)) return 'only adapters and cli are asynchronous'
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return 'await waits'
  if (!ts.isIdentifier(node) || isMemberName(node) || !asynchronousNames.has(node.text)) return undefined
  return `${node.text} belongs to asynchronous code`
})

export const noClasses = nodeRule('classes', isPure, (node) =>
  ts.isClassLike(node) ? 'state is plain data: no classes' : undefined,
)

/** The name of a member (`x.process`, `{ process: 1 }`), which is nobody's global. */
function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node
  if (ts.isQualifiedName(parent)) return parent.right === node
  if (ts.isBindingElement(parent)) return parent.propertyName === node
  if (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent))
    return parent.name === node
  return ts.isPropertySignature(parent) || ts.isMethodSignature(parent) || ts.isNamedTupleMember(parent)
}
