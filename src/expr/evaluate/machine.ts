import { fromBytes, toBytes } from '../../go/bytes'
import { compileGoRegex, type GoRegex } from '../../go/regex'
import type { Instant } from '../../go/time/instant'
import { fail } from '../failure'
import type { Language } from '../language'
import type { Node } from '../syntax/ast'
import type { Equal } from '../values/equal'
import { assertedName, type Dict, isPointer, type Spend, type Value } from '../values/value'

/** The state of one evaluation. */
export interface Machine {
  readonly language: Language
  /** All names of the environment; `$env`. */
  readonly env: Dict
  /** What `now()` gives; without it `now()` fails. */
  readonly now: Instant | undefined
  readonly variables: Map<string, Value>
  /** Loops around the current place, the innermost last. */
  readonly loops: Loop[]
  readonly regexes: Map<string, GoRegex>
  /** Sets of constants that were made. */
  readonly constants: Map<Node, Dict>
  /**
   * Operands that wait for the next one, as on upstream's stack. It matters, because a backward loop (`findLast`, and
   * `last(filter(..))`) leaves its own values there: in `1 < findLast(xs, # > 1)` the left side is then `true`.
   */
  readonly parked: Value[]
  readonly budget: Budget
  readonly spend: Spend
  /** `==` of the language. */
  readonly equal: Equal
  /** The node that is being evaluated; after a failure the one that failed. */
  current: Node | undefined
  readonly trace?: Trace
  /** Evaluates any node; passed along so that the parts of the evaluator need not import each other. */
  readonly evaluate: (node: Node, machine: Machine) => Value
}

/** Called with every node's value, and with the loop around it. */
export type Trace = (node: Node, value: Value, loop: Loop | undefined) => void

/** A builtin on values, as opposed to a loop. */
export type Builtin = (inputs: readonly Value[], machine: Machine) => Value

/** The element that a predicate looks at. */
export interface Loop {
  readonly item: () => Value
  index: number
  accumulator: Value
}

export interface Budget {
  stepsLeft: number
  memory: number
}

/** Elements of arrays and bytes of strings that an expression may make; upstream's number. */
const memoryBudget = 1_000_000
/** No string may become longer. Ours: upstream does not count what `+` makes. */
const longestString = 4_000_000

export function spendSteps(budget: Budget, steps: number): void {
  budget.stepsLeft -= steps
  if (budget.stepsLeft < 0) fail('evaluation takes too many steps', 'budget')
}

/** Upstream's memory budget. */
export function grow({ budget }: Machine, size: number): void {
  budget.memory += size
  if (budget.memory >= memoryBudget) fail('memory budget exceeded', 'budget')
}

/** Pays for a string of that many bytes before it is made. */
export function payString(machine: Machine, length: number): void {
  if (length > longestString) fail('string is too long', 'budget')
  machine.spend(length / 64)
}

export const park = ({ parked }: Machine, value: Value): void => {
  parked.push(value)
}

/** What was parked last. */
export const unpark = ({ parked }: Machine): Value => parked.pop() ?? null

/** The last `count` parked values, in the order in which they came. */
export const unparkAll = ({ parked }: Machine, count: number): readonly Value[] =>
  count === 0 ? [] : parked.splice(Math.max(0, parked.length - count), count)

/** What a pointer points to; every other value as it is. */
export function deref(value: Value): Value {
  return isPointer(value) ? deref(value.target) : value
}

/** The same, where the language follows pointers besides those that are operands. */
export const reach = (value: Value, { language }: Machine): Value =>
  language.machine.followsPointers ? deref(value) : value

const refuse = (value: Value, wanted: string): never =>
  fail(`interface conversion: interface {} is ${assertedName(value)}, not ${wanted}`)

export const assertBool = (value: Value): boolean => (typeof value === 'boolean' ? value : refuse(value, 'bool'))
export const assertString = (value: Value): string => (typeof value === 'string' ? value : refuse(value, 'string'))
export const assertInt = (value: Value): bigint => (typeof value === 'bigint' ? value : refuse(value, 'int'))
export const assertNamed = (value: Value, wanted: string): Value =>
  assertedName(value) === wanted ? value : refuse(value, wanted)

/** Whether a Go pattern matches; each pattern is compiled once in an evaluation. */
export function matches(machine: Machine, pattern: string, subject: string): boolean {
  let regex = machine.regexes.get(pattern)
  if (!regex) {
    machine.spend(pattern.length / 4)
    const text = fromBytes(pattern)
    if (toBytes(text) !== pattern) return fail(`error parsing regexp: invalid UTF-8: \`${pattern}\``)
    const reading = compileGoRegex(text)
    if ('problem' in reading) return fail(toBytes(reading.problem))
    regex = reading.regex
    machine.spend(regex.effort * 4)
    machine.regexes.set(pattern, regex)
  }
  machine.spend(10 + (subject.length * regex.size) / 8)
  return regex.test(fromBytes(subject))
}
