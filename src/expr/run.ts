import { fromBytes } from '../go/bytes'
import type { Instant } from '../go/time/instant'
import { checkExpression } from './check/check'
import type { Environment } from './environment'
import { evaluate } from './evaluate/evaluate'
import { type Budget, type Machine, spendSteps, type Trace } from './evaluate/machine'
import { attempt, type FailureCode } from './failure'
import type { Language } from './language'
import { optimize } from './optimize/optimize'
import type { Node } from './syntax/ast'
import { parse } from './syntax/parse'
import { equal, equalOfType } from './values/equal'
import { dictOf, type Spend, type Value } from './values/value'

/** Nodes are upstream's limit; depth and length are ours. */
export const limits = { nodes: 10_000, depth: 300, length: 100_000 } as const
/** Roughly: nodes evaluated, elements looked at, and bytes of text in sixties. A hundred thousand take some 25 ms. */
export const defaultSteps = 100_000

export interface Problem {
  readonly code: 'syntax' | FailureCode
  /** Upstream's text. */
  readonly message: string
  /** UTF-16 offset, where known. */
  readonly at?: number
}

export type Checked =
  | { readonly ast: Node; readonly problem?: Problem }
  | { readonly ast?: undefined; readonly problem: Problem }

/** Reads an expression. */
export function read(text: string, language: Language): Checked {
  if (typeof text !== 'string') return { problem: { code: 'syntax', message: 'an expression must be text' } }
  if (text.length > limits.length) {
    return { problem: { code: 'budget', message: `expression is longer than ${limits.length} characters` } }
  }
  const syntax = parse(text, limits, language)
  if ('error' in syntax) return { problem: { code: 'syntax', message: syntax.error.message, at: syntax.error.at } }
  return { ast: syntax.ast }
}

export type Compiled =
  | { readonly checked: Node; readonly optimized: Node }
  | { readonly checked?: undefined; readonly problem: Problem }

/** Checks an expression against an environment and optimizes it, as upstream does before it runs anything. */
export function compile(ast: Node, natures: Environment['natures'], language: Language): Compiled {
  const outcome = attempt(() => {
    const checked = checkExpression(ast, natures, language)
    return { checked, optimized: optimize(checked, language) }
  })
  return 'value' in outcome ? outcome.value : { problem: problemOf(outcome.failure) }
}

const problemOf = (failure: { message: string; code: FailureCode; at?: number }, at = failure.at): Problem => ({
  code: failure.code,
  message: fromBytes(failure.message),
  at,
})

export interface RunOptions {
  readonly environment: Environment
  readonly language: Language
  readonly now?: Instant
  readonly budget: Budget
  readonly trace?: Trace
}

export type Outcome = { readonly value: Value } | { readonly problem: Problem }

export function run(node: Node, { environment, language, now, budget, trace }: RunOptions): Outcome {
  const machine: Machine = {
    language,
    env: dictOf(Object.entries(environment.values)),
    now,
    variables: new Map(),
    loops: [],
    regexes: new Map(),
    constants: new Map(),
    parked: [],
    budget,
    spend: spenderOf(budget),
    equal: language.machine.comparesElements ? equal : equalOfType,
    current: undefined,
    trace,
    evaluate,
  }
  const outcome = attempt(() => evaluate(node, machine))
  if ('value' in outcome) return outcome
  return { problem: problemOf(outcome.failure, machine.current?.span.at) }
}

export const spenderOf =
  (budget: Budget): Spend =>
  (steps) =>
    spendSteps(budget, steps)

/** Checks and evaluates. */
export function evaluateTree(ast: Node, options: RunOptions): Outcome {
  const compiled = compile(ast, options.environment.natures, options.language)
  return compiled.checked ? run(compiled.optimized, options) : { problem: compiled.problem }
}
