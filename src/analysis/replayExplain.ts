import { type ConditionOptions, evaluateExpression, parseCondition } from './condition/condition'
import type { Node } from './condition/syntax/ast'
import { showValue } from './replayForms'

/** A condition on a result. */
interface Question {
  readonly condition: string
  readonly result: unknown
  readonly options: ConditionOptions
}

/**
 * Which part of a condition made it true or false, and what stood in it: `result[0] >= 0.95 is false, as result[0] is 0.9`.
 * Of `a && b` that is false the first part that is false decides, of `a || b` that is true the first that is true; where all
 * parts had to agree it is the whole. The parts are evaluated by themselves; where one cannot be, what surrounds it decides.
 */
export function decidingPart(condition: string, result: unknown, options: ConditionOptions): string | undefined {
  const question: Question = { condition, result, options: { ...options, steps: mostSteps } }
  const { ast } = parseCondition(condition)
  const value = ast && truthOf(question, ast)
  if (!ast || value === undefined) return undefined
  const node = narrow(question, ast, value)
  const operands = operandsOf(question, node)
  const text = bare(textOf(question, node))
  if (node === ast) return operands || undefined
  const truth = `${text} is ${truthOf(question, node)}`
  return operands === '' ? truth : `${truth}, as ${operands}`
}

// An explanation is worth less than a verdict: parts that are dear are left out.
const mostSteps = 10_000
const mostDepth = 20

const textOf = ({ condition }: Question, { span }: Node): string => condition.slice(span.start, span.end)

function partValue(question: Question, node: Node): { readonly value: unknown } | undefined {
  const outcome = evaluateExpression(textOf(question, node), question.result, question.options)
  return 'issue' in outcome ? undefined : outcome
}

function truthOf(question: Question, node: Node): boolean | undefined {
  const value = partValue(question, node)?.value
  return typeof value === 'boolean' ? value : undefined
}

function narrow(question: Question, node: Node, value: boolean): Node {
  let [at, truth] = [node, value]
  for (let depth = 0; depth < mostDepth; depth++) {
    const next = step(question, at, truth)
    if (!next) break
    at = next
    truth = truthOf(question, next) ?? truth
  }
  return at
}

/** The operand that decided, where it was one alone. */
function step(question: Question, node: Node, value: boolean): Node | undefined {
  if (node.kind === 'unary' && (node.operator === '!' || node.operator === 'not')) {
    return truthOf(question, node.operand) === undefined ? undefined : node.operand
  }
  if (node.kind !== 'binary') return undefined
  const isAnd = node.operator === '&&' || node.operator === 'and'
  const isOr = node.operator === '||' || node.operator === 'or'
  if ((isAnd && !value) || (isOr && value)) {
    return [node.left, node.right].find((operand) => truthOf(question, operand) === value)
  }
  return undefined
}

const literals: readonly Node['kind'][] = ['int', 'float', 'string', 'bool', 'nil', 'array', 'map', 'bytes', 'constant']
const mostOperands = 4

/** `result.errors is 7, result.most is 3` of a comparison, of all comparisons that had to agree, or of a call's arguments. */
function operandsOf(question: Question, node: Node): string {
  const shown = new Map<string, string>()
  for (const part of node.kind === 'builtin' || node.kind === 'call' ? node.arguments : leavesOf(node)) {
    if (part === node || literals.includes(part.kind)) continue
    const found = partValue(question, part)
    if (found) shown.set(bare(textOf(question, part)), cut(showValue(found.value)))
    if (shown.size === mostOperands) break
  }
  return [...shown].map(([text, value]) => `${text} is ${value}`).join(', ')
}

/** What operators stand between. Ranges say themselves what they are. */
function leavesOf(node: Node): readonly Node[] {
  if (node.kind === 'unary' && node.operator !== '-') return leavesOf(node.operand)
  if (node.kind !== 'binary') return [node]
  return node.operator === '..' ? [] : [...leavesOf(node.left), ...leavesOf(node.right)]
}

const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

/** Without parentheses around the whole. */
function bare(text: string): string {
  const inner = text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1).trim() : undefined
  return inner !== undefined && parseCondition(inner).ast ? bare(inner) : text
}
