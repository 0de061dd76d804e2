import ts from 'typescript'
import { mutatedOperator, oppositeFunction } from './findMutants'

// A pass over the recordings with probes in the place of operators shows, for all mutants at once, in which cases a mutant's
// expression has another value than the original. Only those cases can notice it.

interface Edit {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** Whether to evaluate an expression may do something. A mistake in this makes the recordings fail, so it is not overlooked. */
function hasEffects(node: ts.Node, source: ts.SourceFile): boolean {
  if (
    ts.isCallExpression(node) &&
    /^(scale|drop|drain|set|remove|delay|note|update)/.test(node.expression.getText(source))
  )
    return true
  return ts.forEachChild(node, (child) => hasEffects(child, source) || undefined) === true
}

const isShortCircuit = (operator: string): boolean => operator === '&&' || operator === '||'

/**
 * The text of a file with a probe around everything that has mutants. `numberOf` says which number a mutant has, by the place of
 * its token and the replacement.
 */
export function withProbes(
  file: string,
  text: string,
  numberOf: (start: number, replacement: string) => number,
): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
  const edits: Edit[] = []
  const insert = (at: number, added: string): void => {
    edits.push({ from: at, to: at, text: added })
  }
  const visitBinary = (node: ts.BinaryExpression, replacements: readonly string[]): void => {
    const start = node.operatorToken.getStart(source)
    const operator = node.operatorToken.getText(source)
    const numbers = replacements.map((one) => [one, numberOf(start, one)] as const)
    if (isShortCircuit(operator) && hasEffects(node.right, source)) {
      insert(node.getStart(source), `(__probe.reached(${numbers[0]?.[1]}), `)
      ts.forEachChild(node, visit)
      insert(node.end, ')')
    } else if (isShortCircuit(operator)) {
      insert(node.getStart(source), `__probe.${operator === '&&' ? 'and' : 'or'}(() => `)
      visit(node.left)
      edits.push({ from: node.left.end, to: node.right.getStart(source), text: ', () => ' })
      visit(node.right)
      insert(node.end, `, ${numbers[0]?.[1]})`)
    } else if (operator.endsWith('=') && operator.length === 2 && /^[+-]/.test(operator)) {
      insert(node.right.getStart(source), `__probe.added(${numbers[0]?.[1]}, `)
      ts.forEachChild(node, visit)
      insert(node.end, ')')
    } else {
      insert(node.getStart(source), `__probe.${names[operator]}(`)
      visit(node.left)
      edits.push({ from: node.left.end, to: node.right.getStart(source), text: ', ' })
      visit(node.right)
      insert(node.end, `, ${JSON.stringify(numbers.map(([one, number]) => [names[one], number]))})`)
    }
  }
  const visit = (node: ts.Node): void => {
    const replacements = mutatedOperator(node)
    const opposite = ts.isPropertyAccessExpression(node) ? oppositeFunction(node, source) : undefined
    if (replacements && ts.isBinaryExpression(node)) visitBinary(node, replacements)
    else if (opposite && ts.isPropertyAccessExpression(node)) {
      const number = numberOf(node.name.getStart(source), opposite)
      edits.push({
        from: node.getStart(source),
        to: node.end,
        text: `__probe.math(Math.${node.name.text}, Math.${opposite}, ${number})`,
      })
    } else ts.forEachChild(node, visit)
  }
  visit(source)
  return applied(text, edits)
}

/** Edits in the order in which they were made, where they stand at the same place. */
function applied(text: string, edits: readonly Edit[]): string {
  let at = 0
  let result = ''
  for (const { from, to, text: added } of [...edits].sort((left, right) => left.from - right.from)) {
    result += text.slice(at, from) + added
    at = to
  }
  return result + text.slice(at)
}

const names: Readonly<Record<string, string>> = {
  '<': 'less',
  '<=': 'atMost',
  '>': 'more',
  '>=': 'atLeast',
  '===': 'same',
  '!==': 'other',
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'by',
  '%': 'rest',
}

/** `+` is one of these too, so operands may be text. */
type Operate = (left: never, right: never) => unknown

const operate: Readonly<Record<string, Operate>> = {
  less: (left, right) => left < right,
  atMost: (left, right) => left <= right,
  more: (left, right) => left > right,
  atLeast: (left, right) => left >= right,
  same: (left, right) => left === right,
  other: (left, right) => left !== right,
  plus: (left: number, right: number) => left + right,
  minus: (left: number, right: number) => left - right,
  times: (left: number, right: number) => left * right,
  by: (left: number, right: number) => left / right,
  rest: (left: number, right: number) => left % right,
}

type Lazy = () => unknown

type Others = readonly (readonly [operation: string, number: number])[]

/** A mutant may reach for what is not there: that is a difference too. */
function isOther(evaluate: Lazy, value: unknown): boolean {
  try {
    return !Object.is(evaluate(), value)
  } catch {
    return true
  }
}

/** What the probes of a process call; `differs` is told each time that a mutant would have given another value. */
export function probes(differs: (mutant: number) => void): Readonly<Record<string, unknown>> {
  const binary = Object.entries(operate).map(([name, original]) => [
    name,
    (left: never, right: never, others: Others): unknown => {
      const value = original(left, right)
      for (const [other, number] of others) if (!Object.is(operate[other]?.(left, right), value)) differs(number)
      return value
    },
  ])
  return {
    ...Object.fromEntries(binary),
    reached: differs,
    and: (left: Lazy, right: Lazy, number: number): unknown => {
      const value = left() && right()
      if (isOther(() => left() || right(), value)) differs(number)
      return value
    },
    or: (left: Lazy, right: Lazy, number: number): unknown => {
      const value = left() || right()
      if (isOther(() => left() && right(), value)) differs(number)
      return value
    },
    added(number: number, value: number): number {
      if (value !== 0) differs(number)
      return value
    },
    math:
      (original: (...values: number[]) => number, opposite: typeof original, number: number) =>
      (...values: number[]): number => {
        const value = original(...values)
        if (!Object.is(opposite(...values), value)) differs(number)
        return value
      },
  }
}
