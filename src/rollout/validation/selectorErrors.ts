import { labelValueProblems, qualifiedNameProblems } from '../../model/analysisRuns/qualifiedName'
import { type FieldError, forbidden, invalidValue, requiredValue } from '../../model/fieldError'
import { goKeys } from '../../model/hash/goJson'
import type { LabelSelector, LabelSelectorRequirement } from '../../model/meta'

const valueRules: Readonly<Record<string, 'some' | 'none'>> = {
  In: 'some',
  NotIn: 'some',
  Exists: 'none',
  DoesNotExist: 'none',
}

/** What Kubernetes finds wrong with a label selector (behaviour 2.1, rule 3). Go looks at the labels in random order, we by key. */
export function* selectorErrors(selector: LabelSelector, path: string): Generator<FieldError> {
  const { matchLabels, matchExpressions } = selector
  for (const key of goKeys(matchLabels ?? {})) {
    const value = matchLabels?.[key] ?? ''
    yield* invalid('label-key', `${path}.matchLabels`, key, qualifiedNameProblems(key))
    yield* invalid('label-value', `${path}.matchLabels`, value, labelValueProblems(value))
  }
  for (const [index, requirement] of (matchExpressions ?? []).entries()) {
    yield* requirementErrors(requirement, `${path}.matchExpressions[${index}]`)
  }
}

function* requirementErrors(requirement: LabelSelectorRequirement, path: string): Generator<FieldError> {
  const { key = '', operator = '', values } = requirement
  const count = values?.length ?? 0
  const wants = Object.hasOwn(valueRules, operator) ? valueRules[operator] : undefined
  if (wants === 'some' && count === 0) {
    const body = requiredValue("must be specified when `operator` is 'In' or 'NotIn'")
    yield { code: 'selector-values', path: `${path}.values`, body }
  }
  if (wants === 'none' && count > 0) {
    const body = forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
    yield { code: 'selector-values', path: `${path}.values`, body }
  }
  if (wants === undefined) yield* invalid('selector-operator', `${path}.operator`, operator, [notAnOperator])
  yield* invalid('label-key', `${path}.key`, key, qualifiedNameProblems(key))
  for (const [index, value] of (values ?? []).entries()) {
    yield* invalid('label-value', `${path}.values[${index}]`, value, labelValueProblems(value))
  }
}

const notAnOperator = 'not a valid selector operator'

function* invalid(code: string, path: string, value: string, details: readonly string[]): Generator<FieldError> {
  for (const detail of details) yield { code, path, body: invalidValue(value, detail) }
}
