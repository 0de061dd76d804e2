import { goQuote } from '../../go/goQuote'
import { goJson, goKeys } from '../../go/json/goJson'
import { type CodedFieldError, fieldErrorText, invalidPrinted, invalidValue } from '../../kube/fieldErrorBody'
import { labelValue, qualifiedName } from '../../kube/names'
import { isPlainSelector } from '../../kube/plainLabels'
import type { LabelSelector } from '../../model/meta'

/**
 * Why Kubernetes cannot select by this selector, in the words of its label library; undefined if it can. A missing
 * selector is usable: it selects nothing. Go iterates over the labels in random order, we sort by key.
 */
export function selectorProblem(selector: LabelSelector | undefined | null): string | undefined {
  return !selector || isPlainSelector(selector) ? undefined : firstProblem(selector)
}

function firstProblem(selector: LabelSelector): string | undefined {
  for (const key of goKeys(selector.matchLabels ?? {})) {
    const problem = requirementProblem(key, undefined, [selector.matchLabels?.[key] ?? ''])
    if (problem !== undefined) return problem
  }
  for (const given of selector.matchExpressions ?? []) {
    // A null is a field that nobody wrote.
    const [key, operator] = [given.key ?? '', given.operator ?? '']
    if (!Object.hasOwn(wantsValues, operator)) return `${goQuote(operator)} is not a valid label selector operator`
    const problem = requirementProblem(key, wantsValues[operator], given.values ?? [])
    if (problem !== undefined) return problem
  }
  return undefined
}

const wantsValues: Readonly<Record<string, boolean>> = { In: true, NotIn: true, Exists: false, DoesNotExist: false }

function requirementProblem(key: string, wants: boolean | undefined, values: readonly string[]): string | undefined {
  const errors: CodedFieldError[] = []
  const keyProblems = qualifiedName(key)
  const note = (path: string, body: string): void => void errors.push({ code: 'selector', path, body })
  if (keyProblems.length > 0) note('key', invalidValue(key, keyProblems.join('; ')))
  if (wants === true && values.length === 0) {
    note('values', invalidPrinted('null', "for 'in', 'notin' operators, values set can't be empty"))
  }
  if (wants === false && values.length > 0) {
    note('values', invalidPrinted(goJson(values), 'values set must be empty for exists and does not exist'))
  }
  for (const [index, value] of values.entries()) {
    const problems = labelValue(value)
    if (problems.length > 0) note(`values[${index}][${key}]`, invalidValue(value, problems.join('; ')))
  }
  return aggregate(errors.map(fieldErrorText))
}

/** Joins errors as Go does, each text once. */
function aggregate(texts: readonly string[]): string | undefined {
  const different = [...new Set(texts)]
  return different.length > 1 ? `[${different.join(', ')}]` : different[0]
}
