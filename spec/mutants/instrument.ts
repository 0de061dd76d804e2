import ts from 'typescript'
import { type Alternative, alternativesOf, isCondition } from './alternatives'
import { sourceOf } from './findMutants'

// All mutants of a file in one text, so that nothing is compiled anew for each. `switches`: the one whose number is
// `__mutants.on` is in the place of the code. `probes`: the code as it is, and `__mutants.hit` is called for every mutant that would
// have had another value, so that a mutant is tried with nothing that cannot notice it.

export type Mode = 'switches' | 'probes'

/** The text of a file with its mutants, the first of which has a number; the mutants are numbered as `findMutants` lists them. */
export function instrumented(file: string, text: string, first: number, mode: Mode): string {
  const source = sourceOf(file, text)
  let next = first
  const print = (node: ts.Node): string => {
    if (ts.isTypeNode(node)) return node.getText(source)
    const found = alternativesOf(node, source)
    const number = next
    next += found.length
    if (found.length === 0) return isEndless(node) ? watched(node, source, print) : withParts(node, source, print)
    if (mode === 'probes') return probed(node, found, number, source, print)
    const code = switched(node, found, number, withParts(node, source, print))
    return isLoopCondition(node) ? `(__mutants.tick() && ${code})` : code
  }
  return withParts(source, source, print, 0)
}

type Print = (node: ts.Node) => string

/** The text of a node, its children as they are printed. */
function withParts(node: ts.Node, source: ts.SourceFile, print: Print, from = node.getStart(source)): string {
  const { text } = source
  let at = from
  let result = ''
  ts.forEachChild(node, (child) => {
    const start = child.getStart(source)
    if (start < at) throw new Error(`the parts of ${ts.SyntaxKind[node.kind]} are not in order in ${source.fileName}`)
    result += text.slice(at, start) + print(child)
    at = child.end
  })
  return result + text.slice(at, node.end)
}

function switched(node: ts.Node, found: readonly Alternative[], first: number, code: string): string {
  if (ts.isExpressionStatement(node)) return `if (__mutants.on !== ${first}) {${code}\n}`
  const others = found.map((one, index) => `__mutants.on === ${first + index} ? (${one.text}) : `)
  return `(${others.join('')}(${code}))`
}

/** A loop without a condition could go on for ever with a mistake in it. */
const isEndless = (node: ts.Node): boolean => ts.isForStatement(node) && !node.condition

function watched(node: ts.Node, source: ts.SourceFile, print: Print): string {
  const { statement } = node as ts.ForStatement
  return withParts(node, source, (child) =>
    child === statement ? `{ __mutants.tick(); ${print(child)}\n}` : print(child),
  )
}

function isLoopCondition(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isWhileStatement(parent) || ts.isDoStatement(parent)) return parent.expression === node
  return ts.isForStatement(parent) && parent.condition === node
}

function probed(
  node: ts.Node,
  found: readonly Alternative[],
  first: number,
  source: ts.SourceFile,
  print: Print,
): string {
  const conditions = found.filter(({ kind }) => kind === 'condition')
  const own = found.slice(0, found.length - conditions.length)
  const code = ownProbe(node, own, first, source, print)
  if (conditions.length === 0) return code
  const values = conditions.map(({ text }) => text)
  return `__mutants.condition(${code}, ${first + own.length}, [${values}])`
}

function ownProbe(
  node: ts.Node,
  own: readonly Alternative[],
  first: number,
  source: ts.SourceFile,
  print: Print,
): string {
  const [one] = own
  if (!one) return withParts(node, source, print)
  const hit = `__mutants.hit(${first}, ${own.length})`
  if (ts.isExpressionStatement(node)) return `{ ${hit}; ${withParts(node, source, print)}\n}`
  if (one.kind === 'chain') return `__mutants.chain(${withParts(node, source, print)}, ${first}, ${own.length})`
  const isOperator = one.operator !== undefined || one.kind === 'default'
  if (!ts.isBinaryExpression(node) || !isOperator || (/=$/.test(one.operator ?? '') && !isComparison(one)))
    return `(${hit}, ${withParts(node, source, print)})`
  const [left, right] = [print(node.left), print(node.right)]
  const operator = node.operatorToken.getText(source)
  if (one.kind === 'logic' || one.kind === 'default') {
    const name = { '&&': 'and', '||': 'or', '??': 'nullish' }[operator]
    return `__mutants.${name}(${left}, () => (${right}), ${first}, ${isCondition(node)})`
  }
  const others = own.map((other) => other.operator)
  return `__mutants.binary(${JSON.stringify(operator)}, ${left}, ${right}, ${first}, ${JSON.stringify(others)})`
}

const isComparison = ({ kind }: Alternative): boolean => kind === 'border' || kind === 'equality'
