import { duplicate, forbidden, invalid, invalidWord, missing } from '../fieldError'
import { labelName, labelSelector, operatorRule, selectorKeys, valuesRules } from '../labels'
import { dnsLabel, dnsSubdomain, labelValue, qualifiedName } from '../names'
import {
  all,
  each,
  field,
  formatted,
  ifGiven,
  isEmpty,
  isSet,
  itemsOf,
  listAt,
  number,
  oneOf,
  own,
  positive,
  type Rule,
  report,
  required,
  type Spot,
  textAt,
  untilBroken,
  when,
} from '../rule'

// Which nodes a pod may run on.

const oneValue: Rule = (spot) => {
  if (listAt(spot.value).length === 1) return
  report(spot, missing(spot.path, "must be specified single value when `operator` is 'Lt' or 'Gt'"))
}

const wellFormedValues = field('values', each(formatted(labelValue)))

/** Values of labels are not looked at where a term is only preferred. */
const nodeExpression = (values: 'anyValues' | 'labelValues'): Rule =>
  all(
    operatorRule({ ...valuesRules, Gt: oneValue, Lt: oneValue }),
    field('key', labelName),
    ...(values === 'labelValues' ? [wellFormedValues] : []),
  )

const oneName: Rule = (spot) => {
  if (listAt(spot.value).length === 1) return
  report(spot, missing(spot.path, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"))
}

const nodeField = all(operatorRule({ In: oneName, NotIn: oneName }), (spot) => {
  const key = textAt(own(spot.value, 'key'))
  if (key === 'metadata.name') field('values', each(formatted(dnsSubdomain)))(spot)
  else report(spot, invalid(`${spot.path}.key`, key, 'not a valid field selector key'))
})

const nodeTerm = (values: 'anyValues' | 'labelValues'): Rule =>
  all(field('matchExpressions', each(nodeExpression(values))), field('matchFields', each(nodeField)))

const weight = field(
  'weight',
  number((value) => value >= 1 && value <= 100, 'must be in the range 1-100'),
)

const requiredNow = 'requiredDuringSchedulingIgnoredDuringExecution'
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution'

const nodeAffinity = all(
  field(
    requiredNow,
    when(
      isSet,
      field(
        'nodeSelectorTerms',
        untilBroken(required('must have at least one node selector term'), each(nodeTerm('labelValues'))),
      ),
    ),
  ),
  field(preferred, each(weight, field('preference', nodeTerm('anyValues')))),
)

/** Keys whose values are taken from the pod itself. */
const labelKeys =
  (selector: unknown): Rule =>
  (list) => {
    if (isEmpty(list.value)) return
    if (isSet(selector)) each(labelName)(list)
    else report(list, forbidden(list.path, 'must not be specified when labelSelector is not set'))
  }

function matchLabelKeys(term: Spot): void {
  const selector = own(term.value, 'labelSelector')
  const [keys, others] = [listAt(own(term.value, 'matchLabelKeys')), listAt(own(term.value, 'mismatchLabelKeys'))]
  field('matchLabelKeys', labelKeys(selector))(term)
  field('mismatchLabelKeys', labelKeys(selector))(term)
  if (isSet(selector)) keysSaidTwice(term, selector, keys)
  for (const [index, key] of keys.entries()) {
    if (!others.includes(key)) continue
    const detail = 'exists in both matchLabelKeys and mismatchLabelKeys'
    report(term, invalid(`${term.path}.matchLabelKeys[${index}]`, key, detail))
  }
}

/** A key that the selector names a second time in an expression. */
function keysSaidTwice(term: Spot, selector: unknown, keys: readonly unknown[]): void {
  const indexOf = new Map(keys.map((key, index) => [key, index]))
  const named = new Set(Object.keys(own(selector, 'matchLabels') ?? {}))
  for (const expression of listAt(own(selector, 'matchExpressions'))) {
    const key = textAt(own(expression, 'key'))
    const index = indexOf.get(key)
    if (index !== undefined && named.has(key)) {
      report(term, invalid(`${term.path}[${index}]`, key, 'exists in both matchLabelKeys and labelSelector'))
    }
    named.add(key)
  }
}

const podTerm = all(
  field('labelSelector', labelSelector),
  field('namespaceSelector', labelSelector),
  (spot) => {
    const names = listAt(own(spot.value, 'namespaces'))
    for (const value of names) formatted(dnsLabel)({ ...spot, value, path: `${spot.path}.namespace` })
  },
  matchLabelKeys,
  field('topologyKey', required('can not be empty'), labelName),
)

const podAffinity = all(
  field(requiredNow, each(podTerm)),
  field(preferred, each(weight, field('podAffinityTerm', podTerm))),
)

export const affinity = all(
  field('nodeAffinity', when(isSet, nodeAffinity)),
  field('podAffinity', when(isSet, podAffinity)),
  field('podAntiAffinity', when(isSet, podAffinity)),
)

const tolerationValue: Rule = (spot) => {
  const [operator, value] = [textAt(own(spot.value, 'operator')), textAt(own(spot.value, 'value'))]
  const path = `${spot.path}.operator`
  if (operator === 'Exists') {
    if (value !== '') report(spot, invalid(path, value, "value must be empty when `operator` is 'Exists'"))
  } else if (operator === 'Equal' || operator === '') {
    const details = labelValue(value)
    if (details.length > 0) report(spot, invalid(path, value, details.join(';')))
  } else field('operator', oneOf('Equal', 'Exists'))(spot)
}

const needsExists = 'operator must be Exists when `key` is empty, which means "match all values and all keys"'

export const toleration = all(
  field('key', ifGiven(labelName)),
  (spot) => {
    const operator = textAt(own(spot.value, 'operator'))
    if (textAt(own(spot.value, 'key')) !== '' || operator === 'Exists') return
    report(spot, invalidWord(`${spot.path}.operator`, operator, needsExists))
  },
  (spot) => {
    const effect = textAt(own(spot.value, 'effect'))
    if (!isSet(own(spot.value, 'tolerationSeconds')) || effect === 'NoExecute') return
    report(
      spot,
      invalidWord(`${spot.path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"),
    )
  },
  tolerationValue,
  field('effect', ifGiven(oneOf('NoSchedule', 'PreferNoSchedule', 'NoExecute'))),
)

const spreadMinDomains: Rule = (spot) => {
  const domains = own(spot.value, 'minDomains')
  if (!isSet(domains)) return
  field('minDomains', positive)(spot)
  const action = textAt(own(spot.value, 'whenUnsatisfiable'))
  if (action === 'DoNotSchedule') return
  const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`
  report(spot, invalid(`${spot.path}.minDomains`, domains, detail))
}

const spreadKeys: Rule = (spot) => {
  const selector = own(spot.value, 'labelSelector')
  field('matchLabelKeys', (list) => {
    if (isEmpty(list.value)) return
    const named = selectorKeys(selector)
    if (!isSet(selector)) {
      report(list, forbidden(list.path, 'must not be specified when labelSelector is not set'))
    }
    each(labelName, (key) => {
      if (!named.has(textAt(key.value))) return
      report(key, invalid(key.path, key.value, 'exists in both matchLabelKeys and labelSelector'))
    })(list)
  })(spot)
}

const policy = when(isSet, oneOf('Honor', 'Ignore'))

const pairOf = (constraint: unknown): string =>
  `{${textAt(own(constraint, 'topologyKey'))}, ${textAt(own(constraint, 'whenUnsatisfiable'))}}`

/** A pair of topology key and action is given once; the first of several is complained about. */
export const topologySpread: Rule = (list) => {
  const lastAt = new Map(listAt(list.value).map((constraint, index) => [pairOf(constraint), index]))
  for (const [index, spot] of itemsOf(list).entries()) {
    field('maxSkew', positive)(spot)
    field('topologyKey', required('can not be empty'))(spot)
    field('whenUnsatisfiable', oneOf('DoNotSchedule', 'ScheduleAnyway'))(spot)
    const pair = pairOf(spot.value)
    if (lastAt.get(pair) !== index) {
      report(spot, duplicate(`${spot.path}.{topologyKey, whenUnsatisfiable}`, pair))
    }
    spreadMinDomains(spot)
    field('nodeAffinityPolicy', policy)(spot)
    field('nodeTaintsPolicy', policy)(spot)
    spreadKeys(spot)
    field('labelSelector', labelSelector)(spot)
  }
}

/** Complaints about a gate's name stand at the gate. */
export const schedulingGates: Rule = (list) => {
  const seen = new Set<string>()
  for (const spot of itemsOf(list)) {
    const name = textAt(own(spot.value, 'name'))
    formatted(qualifiedName)({ ...spot, value: name })
    if (seen.has(name)) report(spot, duplicate(spot.path, name))
    seen.add(name)
  }
}
