import { fromBytes, toBytes } from '../go/bytes'
import { formatInstant, rfc3339Nano } from '../go/time/format'
import type { Instant } from '../go/time/instant'
import { parseInstant } from '../go/time/parse'
import { utc } from '../go/time/zone'
import type { ControllerVersion } from '../model/controllerVersion'
import type { Issue } from '../model/issue'
import { conditionEnvironment, type Environment, timeEnvironment } from './environment'
import type { Budget } from './evaluate/machine'
import { attempt } from './failure'
import { languageOf } from './language'
import { compile, defaultSteps, evaluateTree, type Outcome, type Problem, read, spenderOf } from './run'
import type { Node } from './syntax/ast'
import { fromHost, type ResultType } from './values/fromHost'
import { toHost } from './values/toHost'
import { isList, isTime, typeName, type Value } from './values/value'

/** Where in an expression something is wrong. */
export interface Position {
  /** UTF-16 units from the start, as JavaScript counts. */
  readonly offset: number
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
}

/**
 * What is wrong with an expression. `message` is upstream's text. Codes:
 * - `condition-syntax`: it is no expression;
 * - `condition-type`: it cannot work whatever the measurement is, or not with a result of this type;
 * - `condition-evaluation`: it failed on this result;
 * - `condition-not-bool`: it worked, but what came out is neither true nor false;
 * - `condition-budget`: it takes too many steps, too much memory or is nested too deeply.
 */
export interface ConditionIssue extends Issue {
  readonly code: `condition-${'syntax' | 'type' | 'evaluation' | 'not-bool' | 'budget'}`
  readonly position?: Position
}

/** Options of the readers of conditions. */
export interface ConditionOptions {
  /** The Go type in which the provider brings the result. Default `json`: every number is a float64. */
  readonly resultType?: ResultType
  /**
   * Which version of the controller evaluates it; the newest release by default. v1.7 to v1.9 have an older language.
   */
  readonly controller?: ControllerVersion
  /** What `now()` gives, as RFC 3339. Without it `now()` fails: nothing here reads a clock. */
  readonly now?: string
  /** Where the expression is in a manifest; copied into issues. */
  readonly path?: string
  /** How many steps the evaluation may take. */
  readonly steps?: number
}

/**
 * Reads a condition and says what is wrong with it whatever the measurement will be: syntax, unknown names, types that
 * never fit. `ast` is there wherever the syntax is right; its nodes have source spans. Source: expr-lang 1.17,
 * behaviour 4.9.
 *
 * @example
 * parseCondition('result[0] < 0.05').issues // => []
 * parseCondition('result[0] <').issues[0]?.message // => 'unexpected token EOF'
 * parseCondition('resalt < 1').issues[0]?.message // => 'unknown name resalt'
 */
export function parseCondition(
  text: string,
  path = '',
  controller?: ControllerVersion,
): { readonly ast?: Node; readonly issues: readonly ConditionIssue[] } {
  const { ast, problem } = read(text, languageOf(controller))
  if (!ast) return { issues: [issueOf(text, problem, path)] }
  const { natures } = conditionEnvironment(null, () => {})
  const compiled = compile(ast, { ...natures, result: {} }, languageOf(controller))
  return compiled.checked ? { ast, issues: [] } : { ast, issues: [issueOf(text, compiled.problem, path)] }
}

export function issueOf(text: string, problem: Problem, path = ''): ConditionIssue {
  const issue = { code: `condition-${problem.code}`, path, message: problem.message } as const
  if (problem.at === undefined) return issue
  const before = text.slice(0, problem.at)
  const line = before.split('\n').length
  const column = problem.at - before.lastIndexOf('\n')
  return { ...issue, line, position: { offset: problem.at, line, column } }
}

/** Options as a host without types may give them. */
export const soundOptions = (options: ConditionOptions | null | undefined): ConditionOptions =>
  typeof options === 'object' && options !== null ? options : {}

export function budgetOf({ steps }: ConditionOptions): Budget {
  const isGranted = typeof steps === 'number' && !Number.isNaN(steps)
  return { stepsLeft: isGranted ? steps : defaultSteps, memory: 0 }
}

export function instantOf(now: string | undefined): Instant | undefined {
  const reading = typeof now !== 'string' ? undefined : parseInstant(rfc3339Nano, toBytes(now))
  return reading && 'instant' in reading ? { ...reading.instant, zone: utc } : undefined
}

/** The environment for a result, or why it cannot be had. */
export function environmentFor(
  result: unknown,
  options: ConditionOptions,
  budget: Budget,
): { readonly environment: Environment } | { readonly problem: Problem } {
  const outcome = attempt(() => fromHost(result, options.resultType ?? 'json'))
  if ('value' in outcome) return { environment: conditionEnvironment(outcome.value, spenderOf(budget)) }
  return { problem: { code: outcome.failure.code, message: outcome.failure.message } }
}

/** Evaluates and gives the value as the language has it; for judges and printers that need the exact type. */
export function evaluateRaw(
  expression: string,
  result: unknown,
  given: ConditionOptions = {},
  budget: Budget = budgetOf(soundOptions(given)),
): Outcome {
  const options = soundOptions(given)
  const language = languageOf(options.controller)
  const { ast, problem } = read(expression, language)
  if (!ast) return { problem }
  const prepared = environmentFor(result, options, budget)
  if ('problem' in prepared) return prepared
  return evaluateTree(ast, { environment: prepared.environment, language, now: instantOf(options.now), budget })
}

/**
 * The value of any expression about a measurement's result, as JavaScript has it (integers beyond 2^53 as bigint, times
 * as RFC 3339, durations as `1h30m0s`), and the name of its Go type.
 *
 * @example
 * evaluateExpression('max(result)', [1, 5]) // => { value: 5, type: 'float64' }
 */
export function evaluateExpression(
  expression: string,
  result: unknown,
  given: ConditionOptions = {},
): { readonly value: unknown; readonly type: string } | { readonly issue: ConditionIssue } {
  const options = soundOptions(given)
  const budget = budgetOf(options)
  const outcome = evaluateRaw(expression, result, options, budget)
  if ('problem' in outcome) return { issue: issueOf(expression, outcome.problem, options.path) }
  const { value } = outcome
  const host = attempt(() => toHost(value, spenderOf(budget)))
  if ('value' in host) return { value: host.value, type: typeName(value) }
  return { issue: issueOf(expression, { code: host.failure.code, message: host.failure.message }, options.path) }
}

/**
 * Whether a condition holds for a measurement's result (behaviour 4.9).
 *
 * @example
 * evaluateCondition('result[0] < 0.05', [0.02]) // => { value: true }
 * const outcome = evaluateCondition('result.errors', { errors: 3 })
 * 'issue' in outcome && outcome.issue.message // => 'expected bool, but got float64'
 */
export function evaluateCondition(
  expression: string,
  result: unknown,
  given: ConditionOptions = {},
): { readonly value: boolean } | { readonly issue: ConditionIssue } {
  const options = soundOptions(given)
  const outcome = evaluateRaw(expression, result, options)
  if ('problem' in outcome) return { issue: issueOf(expression, outcome.problem, options.path) }
  if (typeof outcome.value === 'boolean') return { value: outcome.value }
  return { issue: notBool(outcome.value, options.path) }
}

export const notBool = (value: Value, path = ''): ConditionIssue => ({
  code: 'condition-not-bool',
  path,
  message: `expected bool, but got ${typeName(value)}`,
})

export interface MeasurementConditions extends Omit<ConditionOptions, 'path'> {
  readonly result: unknown
  readonly successCondition?: string
  readonly failureCondition?: string
}

export type MeasuredPhase = 'Successful' | 'Failed' | 'Inconclusive' | 'Error'

/**
 * The phase of a measurement (behaviour 4.9). Without conditions it is successful; with both, a true failure condition
 * wins. Both are always evaluated, so that an error in either makes the measurement an Error with upstream's text.
 */
export function evaluateResult(input: MeasurementConditions): {
  readonly phase: MeasuredPhase
  readonly error?: string
} {
  const { result, successCondition = '', failureCondition = '' } = input
  const problem = (which: string, condition: string, message: string): { phase: MeasuredPhase; error: string } => {
    if (!languageOf(input.controller).explainsErrors) return { phase: 'Error', error: message }
    const empty = result === null || result === undefined || isEmptyList(input)
    const reason = empty ? 'metric result is nil or empty: no data returned from the metric provider' : message
    return { phase: 'Error', error: `could not evaluate ${which} "${condition}": ${reason}` }
  }
  const success = successCondition === '' ? undefined : evaluateCondition(successCondition, result, input)
  if (success && 'issue' in success) return problem('successCondition', successCondition, success.issue.message)
  const failure = failureCondition === '' ? undefined : evaluateCondition(failureCondition, result, input)
  if (failure && 'issue' in failure) return problem('failureCondition', failureCondition, failure.issue.message)
  if (failure?.value || (success && !failure && !success.value)) return { phase: 'Failed' }
  return { phase: success && !success.value ? 'Inconclusive' : 'Successful' }
}

function isEmptyList({ result, resultType = 'json' }: MeasurementConditions): boolean {
  const outcome = attempt(() => fromHost(result, resultType))
  return 'value' in outcome && (outcome.value === null || (isList(outcome.value) && outcome.value.length === 0))
}

/**
 * The instant that an expression represents, as RFC 3339: start and end of a Prometheus range query.
 *
 *     evalTime('now() - duration("10m")', '2030-01-01T00:00:00Z')   // { time: '2029-12-31T23:50:00Z' }
 */
export function evalTime(
  expression: string,
  now?: string,
  controller?: ControllerVersion,
): { readonly time: string } | { readonly issue: ConditionIssue } {
  const budget = budgetOf({})
  const language = languageOf(controller)
  const { ast, problem } = read(expression, language)
  if (!ast) return { issue: issueOf(expression, problem) }
  const outcome = evaluateTree(ast, { environment: timeEnvironment(), language, now: instantOf(now), budget })
  if ('problem' in outcome) return { issue: issueOf(expression, outcome.problem) }
  const { value } = outcome
  if (isTime(value)) return { time: fromBytes(formatInstant(value.instant, rfc3339Nano)) }
  return { issue: issueOf(expression, { code: 'type', message: `expected time.Time, but got ${typeName(value)}` }) }
}
