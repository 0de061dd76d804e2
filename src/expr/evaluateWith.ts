import { toBytes } from '../go/bytes'
import { type ConditionIssue, type ConditionOptions, instantOf, issueOf } from './condition'
import { attempt } from './failure'
import { languageOf } from './language'
import { defaultSteps, evaluateTree, read, spenderOf } from './run'
import { fromHost } from './values/fromHost'
import { toHost } from './values/toHost'

/**
 * The value of an expression about named variables, such as `rollout` in the triggers of notifications. Nothing is
 * known of their types beforehand, so only the evaluation finds out what does not fit.
 */
export function evaluateWith(
  expression: string,
  variables: Readonly<Record<string, unknown>>,
  options: ConditionOptions = {},
): { readonly value: unknown } | { readonly issue: ConditionIssue } {
  const language = languageOf(options.controller)
  const budget = { stepsLeft: options.steps ?? defaultSteps, memory: 0 }
  const { ast, problem } = read(expression, language)
  if (!ast) return { issue: issueOf(expression, problem, options.path) }
  const given = attempt(() =>
    Object.entries(variables).map(([name, value]) => [toBytes(name), fromHost(value, 'json')] as const),
  )
  if ('failure' in given) return { issue: issueOf(expression, given.failure, options.path) }
  const natures = Object.fromEntries(given.value.map(([name]) => [name, {}]))
  const environment = { values: Object.fromEntries(given.value), natures }
  const outcome = evaluateTree(ast, { environment, language, now: instantOf(options.now), budget })
  if ('problem' in outcome) return { issue: issueOf(expression, outcome.problem, options.path) }
  const host = attempt(() => toHost(outcome.value, spenderOf(budget)))
  return 'value' in host ? { value: host.value } : { issue: issueOf(expression, host.failure, options.path) }
}
