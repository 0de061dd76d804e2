import {
  budgetOf,
  type ConditionIssue,
  type ConditionOptions,
  environmentFor,
  instantOf,
  issueOf,
  notBool,
  soundOptions,
} from './condition'
import type { Trace } from './evaluate/machine'
import { attempt } from './failure'
import { languageOf } from './language'
import { compile, type Problem, read, run, spenderOf } from './run'
import type { BuiltinNode, Node } from './syntax/ast'
import { childrenOf } from './syntax/children'
import { toHost } from './values/toHost'
import { isNil, type Value } from './values/value'

/** A part of a condition and what it came to. */
export interface ConditionPart {
  /** As it is written. */
  readonly expression: string
  /** As JavaScript has it; absent if it is too large to show. */
  readonly value?: unknown
}

/** A part that decided. */
export interface DecidingPart extends ConditionPart {
  /** UTF-16 units from the start of the condition. */
  readonly offset: number
  /** The measured values in it: whatever is not a literal. */
  readonly operands: readonly ConditionPart[]
  /** The elements that it was looked at for, the outermost loop first: `#` in `all(result, # < 0.05)`. */
  readonly elements: readonly { readonly of: string; readonly index: number; readonly value?: unknown }[]
}

/** What became of a condition, and which part of it decided. */
export interface ConditionExplanation {
  readonly value: boolean
  /** The smallest parts that made the condition what it is. */
  readonly decidedBy: readonly DecidingPart[]
  /** The same in words. */
  readonly text: string
}

interface Seen {
  readonly text: string
  readonly values: ReadonlyMap<Node, Value>
  readonly elements: ReadonlyMap<Node, { readonly index: number; readonly item: Value }>
  readonly show: (value: Value) => { readonly value?: unknown }
}

/** Steps for showing values, apart from those of the evaluation. */
const showingSteps = 10_000

/**
 * Whether a condition holds for a result, and which parts of it decided. Of `a and b` that is false the first false
 * part decides, of `a or b` that is true the first true one; where both had to agree, both do. `all`, `any` and `none`
 * are decided by the element that ended them, where one did.
 *
 * Issues are those of `evaluateCondition`.
 *
 * @example
 * const why = explainCondition('len(result) > 0 and all(result, # < 0.05)', [0.02, 0.07])
 * 'text' in why && why.text // => 'false, because # < 0.05 is false: # is 0.07 (element 1 of result)'
 */
export function explainCondition(
  condition: string,
  result: unknown,
  given: ConditionOptions = {},
): ConditionExplanation | { readonly issue: ConditionIssue } {
  const options = soundOptions(given)
  const refused = (problem: Problem): { readonly issue: ConditionIssue } => ({
    issue: issueOf(condition, problem, options.path),
  })
  const language = languageOf(options.controller)
  const { ast, problem } = read(condition, language)
  if (!ast) return refused(problem)
  const budget = budgetOf(options)
  const prepared = environmentFor(result, options, budget)
  if ('problem' in prepared) return refused(prepared.problem)
  const compiled = compile(ast, prepared.environment.natures, language)
  if (!compiled.checked) return refused(compiled.problem)
  const context = { language, environment: prepared.environment, now: instantOf(options.now) }
  const outcome = run(compiled.optimized, { ...context, budget })
  if ('problem' in outcome) return refused(outcome.problem)
  if (typeof outcome.value !== 'boolean') return { issue: notBool(outcome.value, options.path) }
  const { seen, value } = watch(condition, compiled.checked, context, budget)
  // What is optimized, as upstream does, can differ from what is written; then nothing smaller than the whole can be
  // named.
  const whole = { expression: condition.trim(), value: outcome.value, offset: 0, operands: [], elements: [] }
  const parts = (): readonly DecidingPart[] =>
    decide(compiled.checked, seen).map((one) => partOf(one, compiled.checked, seen))
  const decidedBy = value === outcome.value ? parts() : [whole]
  return { value: outcome.value, decidedBy, text: inWords(outcome.value, decidedBy) }
}

type Context = Parameters<typeof run>[1]

/**
 * Evaluates what is written, and keeps every part's last value: a loop that ends early ends with the element that ended
 * it.
 */
function watch(
  text: string,
  node: Node,
  context: Omit<Context, 'budget' | 'trace'>,
  budget: Context['budget'],
): { readonly seen: Seen; readonly value: Value | undefined } {
  const values = new Map<Node, Value>()
  const elements = new Map<Node, { index: number; item: Value }>()
  const trace: Trace = (part, value, loop) => {
    values.set(part, value)
    if (part.kind === 'predicate' && loop) elements.set(part, { index: loop.index, item: loop.item() })
  }
  const outcome = run(node, { ...context, budget, trace })
  const spend = spenderOf({ stepsLeft: showingSteps, memory: 0 })
  const show = (value: Value): { readonly value?: unknown } => {
    const shown = attempt(() => toHost(value, spend))
    return 'value' in shown ? { value: shown.value } : {}
  }
  return { seen: { text, values, elements, show }, value: 'value' in outcome ? outcome.value : undefined }
}

interface Decided {
  readonly node: Node
  readonly loops: readonly BuiltinNode[]
}

function decide(node: Node, seen: Seen, loops: readonly BuiltinNode[] = []): readonly Decided[] {
  const within = (part: Node): readonly Decided[] => decide(part, seen, loops)
  switch (node.kind) {
    case 'binary':
      return decideBinary(node, seen, within) ?? [{ node, loops }]
    case 'unary':
      return node.operator === 'not' || node.operator === '!' ? within(node.operand) : [{ node, loops }]
    case 'conditional': {
      const chosen = seen.values.get(node.condition) === true ? node.whenTrue : node.whenFalse
      return within(chosen.kind === 'bool' ? node.condition : chosen)
    }
    case 'let':
    case 'predicate':
      return within(node.body)
    case 'sequence':
      return within(node.nodes[node.nodes.length - 1]!)
    case 'builtin': {
      const predicate = node.arguments[1]
      // `all` and `none` are ended by an element that makes them false, `any` by one that makes it true.
      const endings: Readonly<Record<string, boolean>> = { all: false, none: false, any: true }
      const ended = Object.hasOwn(endings, node.name) && seen.values.get(node) === endings[node.name]
      return ended && predicate ? decide(predicate, seen, [...loops, node]) : [{ node, loops }]
    }
    default:
      return [{ node, loops }]
  }
}

function decideBinary(
  { operator, left, right }: Node & { readonly kind: 'binary' },
  { values }: Seen,
  within: (part: Node) => readonly Decided[],
): readonly Decided[] | undefined {
  if (operator === '??') return within(isNil(values.get(left) ?? null) ? right : left)
  const isAnd = operator === 'and' || operator === '&&'
  if (!isAnd && operator !== 'or' && operator !== '||') return undefined
  const alone = [left, right].find((part) => values.get(part) === !isAnd)
  if (alone) return within(alone)
  const both = [left, right].filter((part) => part.kind !== 'bool')
  return both.length > 0 ? both.flatMap(within) : undefined
}

const mostOperands = 6

function partOf({ node, loops }: Decided, whole: Node, seen: Seen): DecidingPart {
  const expression = node === whole ? seen.text.trim() : textOf(node, seen)
  const inputs =
    node.kind === 'builtin' || node.kind === 'call' ? node.arguments : node.kind === 'binary' ? childrenOf(node) : []
  const operands = new Map<string, ConditionPart>()
  for (const operand of inputs.flatMap(measured)) {
    const value = seen.values.get(operand)
    const text = textOf(operand, seen)
    if (value !== undefined && operands.size < mostOperands)
      operands.set(text, { expression: text, ...seen.show(value) })
  }
  const elements = loops.flatMap((loop) => {
    const element = seen.elements.get(loop.arguments[1]!)
    return element ? [{ of: textOf(loop.arguments[0]!, seen), index: element.index, ...seen.show(element.item) }] : []
  })
  const shown = seen.show(seen.values.get(node) ?? null)
  return { expression, ...shown, offset: node.span.start, operands: [...operands.values()], elements }
}

const textOf = ({ span }: Node, { text }: Seen): string => text.slice(span.start, span.end).trim()

/** The parts of an operand that come from the measurement. */
function measured(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'name':
    case 'pointer':
    case 'member':
    case 'chain':
    case 'call':
    case 'slice':
    case 'builtin':
      return [node]
    case 'binary': {
      const parts = childrenOf(node).flatMap(measured)
      return parts.length > 0 ? [node, ...parts] : []
    }
    case 'predicate':
      return []
    default:
      return childrenOf(node).flatMap(measured)
  }
}

function inWords(value: boolean, decidedBy: readonly DecidingPart[]): string {
  return `${value}, because ${decidedBy.map(partInWords).join(' and ')}`
}

function partInWords(part: DecidingPart): string {
  const operands = part.operands.map(({ expression, ...rest }) => `${expression} is ${shown(rest)}`).join(', ')
  const elements = part.elements.map(({ of, index }) => `element ${index} of ${of}`).join(', ')
  const details = operands === '' ? '' : `: ${operands}`
  return `${part.expression} is ${shown(part)}${details}${elements === '' ? '' : ` (${elements})`}`
}

const longest = 60

function shown(part: { readonly value?: unknown }): string {
  if (!('value' in part)) return '…'
  // JSON has neither NaN and infinities nor integers beyond 2^53.
  const spell = (_: string, inner: unknown): unknown =>
    typeof inner === 'bigint' || (typeof inner === 'number' && !Number.isFinite(inner)) ? String(inner) : inner
  const text = typeof part.value === 'number' ? String(part.value) : (JSON.stringify(part.value, spell) ?? '')
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}
