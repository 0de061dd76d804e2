import { forbidden, invalid, invalidWord, tooLong } from './fieldError'
import { byteLength, labelValue, qualifiedName } from './names'
import {
  all,
  each,
  field,
  fieldsAt,
  formatted,
  isEmpty,
  isSet,
  listAt,
  own,
  type Rule,
  report,
  required,
  textAt,
  when,
} from './rule'

/** The entries of a map in the order of its keys. Go takes them in any order; so does no test. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (!isSet(value)) return noEntries
  const entries = Object.entries(fieldsAt(value))
  return entries.length < 2 ? entries : entries.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
}

const noEntries: readonly (readonly [string, unknown])[] = []

export const labelName: Rule = formatted(qualifiedName)
const labelText: Rule = formatted(labelValue)

/** Keys are qualified names, values are label values; complaints stand at the map. */
export const labels: Rule = (spot) => {
  for (const [key, value] of entriesOf(spot.value)) {
    labelName({ value: key, path: spot.path, errors: spot.errors })
    labelText({ value: textAt(value), path: spot.path, errors: spot.errors })
  }
}

const mostAnnotationBytes = 256 * 1024

export const annotations: Rule = (spot) => {
  let bytes = 0
  for (const [key, value] of entriesOf(spot.value)) {
    bytes += byteLength(key) + byteLength(textAt(value))
    for (const detail of qualifiedName(key.toLowerCase())) report(spot, invalid(spot.path, key, detail))
  }
  if (bytes > mostAnnotationBytes) report(spot, tooLong(spot.path, mostAnnotationBytes))
}

const valuesNeeded = required("must be specified when `operator` is 'In' or 'NotIn'")

const noValues: Rule = (spot) => {
  if (isEmpty(spot.value)) return
  report(spot, forbidden(spot.path, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
}

/** What an operator asks of its values, the same for label and node selectors. */
export const valuesRules: Readonly<Record<string, Rule>> = {
  In: valuesNeeded,
  NotIn: valuesNeeded,
  Exists: noValues,
  DoesNotExist: noValues,
}

/** Looks the operator up and applies its rule to the values. */
export const operatorRule =
  (rules: Readonly<Record<string, Rule>>): Rule =>
  (spot) => {
    const operator = textAt(own(spot.value, 'operator'))
    const rule = Object.hasOwn(rules, operator) ? rules[operator] : undefined
    if (rule) field('values', rule)(spot)
    else report(spot, invalidWord(`${spot.path}.operator`, operator, 'not a valid selector operator'))
  }

const requirement = all(
  operatorRule(valuesRules),
  field('key', labelName),
  field('values', each(formatted(labelValue))),
)

/** A label selector that may be missing. */
export const labelSelector: Rule = when(
  isSet,
  field('matchLabels', labels),
  field('matchExpressions', each(requirement)),
)

/** The keys that a selector speaks of. */
export const selectorKeys = (selector: unknown): ReadonlySet<string> =>
  new Set([
    ...Object.keys(fieldsAt(own(selector, 'matchLabels'))),
    ...listAt(own(selector, 'matchExpressions')).map((expression) => textAt(own(expression, 'key'))),
  ])
