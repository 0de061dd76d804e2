import { fromBytes, toBytes } from '../go/bytes'
import type { ControllerVersion } from '../model/controllerVersion'
import { type ConditionIssue, issueOf, notBool } from './condition'
import { fail } from './failure'
import { languageOf } from './language'
import { compile, defaultSteps, type Outcome, read, run } from './run'
import { boolType, floatType, funcOf, type GoType, stringType } from './types/goType'
import { isUnknown, type Nature, unknown } from './types/nature'
import type { Func, Value } from './values/value'

/** The meaning of a name in a condition. */
export type NameType = 'number' | 'text' | 'bool'

/** Names that a condition may use besides the builtins of the language. */
export interface ConditionNames {
  readonly variables: Readonly<Record<string, NameType>>
  /** Functions of one text, by what they give back. */
  readonly functions: Readonly<Record<string, NameType>>
}

export type PlainValue = number | string | boolean

/** The values of the names in one evaluation. A function gives back `{ problem }` for a text that it does not know. */
export interface NamedValues {
  readonly variables: Readonly<Record<string, PlainValue>>
  readonly functions: Readonly<Record<string, (text: string) => PlainValue | { readonly problem: string }>>
}

/** A condition that was read once and is judged many times. */
export type NamedCondition = (values: NamedValues) => { readonly value: boolean } | { readonly issue: ConditionIssue }

const types: Readonly<Record<NameType, GoType>> = { number: floatType, text: stringType, bool: boolType }

/**
 * Reads a condition about named values, whose types are known beforehand: unknown names and types that never fit are
 * reported before anything is evaluated.
 */
export function namedCondition(
  text: string,
  { variables, functions }: ConditionNames,
  path = '',
  controller?: ControllerVersion,
): { readonly holds: NamedCondition } | { readonly issue: ConditionIssue } {
  const language = languageOf(controller)
  const { ast, problem } = read(text, language)
  if (!ast) return { issue: issueOf(text, problem, path) }
  const functionType = (type: NameType): GoType => funcOf({ inputs: [stringType], outputs: [types[type]] })
  const natures: Readonly<Record<string, Nature>> = Object.fromEntries([
    ...Object.entries(variables).map(([name, type]) => [name, { type: types[type] }] as const),
    ...Object.entries(functions).map(([name, type]) => [name, { type: functionType(type) }] as const),
  ])
  const compiled = compile(ast, natures, language)
  if (!compiled.checked) return { issue: issueOf(text, compiled.problem, path) }
  const { nature = unknown } = compiled.checked
  if (!isUnknown(nature) && nature.type?.kind !== 'bool')
    return {
      issue: { code: 'condition-not-bool', path, message: `expected bool, but got ${nature.type?.name ?? 'nil'}` },
    }
  const holds: NamedCondition = (given) => {
    const called = Object.entries(functions).map(([name, type]): [string, Value] => [
      name,
      functionOf(functionType(type), name, given.functions[name]),
    ])
    const values = { ...mapped(given.variables, hostValue), ...Object.fromEntries(called) }
    const budget = { stepsLeft: defaultSteps, memory: 0 }
    return judged(run(compiled.optimized, { environment: { values, natures }, language, budget }), text, path)
  }
  return { holds }
}

function judged(outcome: Outcome, text: string, path: string): ReturnType<NamedCondition> {
  if ('problem' in outcome) return { issue: issueOf(text, outcome.problem, path) }
  return typeof outcome.value === 'boolean' ? { value: outcome.value } : { issue: notBool(outcome.value, path) }
}

const functionOf = (type: GoType, name: string, call: NamedValues['functions'][string] | undefined): Func => ({
  type,
  call: ([argument]) => {
    const answer = call?.(typeof argument === 'string' ? fromBytes(argument) : '') ?? { problem: 'is not known here' }
    return typeof answer === 'object' ? fail(toBytes(`${name}(): ${answer.problem}`)) : hostValue(answer)
  },
})

const hostValue = (value: PlainValue): Value => (typeof value === 'string' ? toBytes(value) : value)

const mapped = (
  record: Readonly<Record<string, PlainValue>>,
  change: (value: PlainValue) => Value,
): Record<string, Value> => Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
