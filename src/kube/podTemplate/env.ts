import { invalid } from '../fieldError'
import { configKey, dnsLabel, dnsSubdomain, dnsSubdomainPrefix, envName, relaxedEnvName } from '../names'
import {
  all,
  childOf,
  field,
  formatted,
  ifGiven,
  isSet,
  itemsOf,
  own,
  type Rule,
  report,
  required,
  textAt,
  untilBroken,
  when,
} from '../rule'
import { fieldRef, fieldsForEnv, resourceFieldRef } from './downwardApi'
import { noBackSteps } from './paths'

// Variables of the environment.

/** A key of a ConfigMap or Secret. */
const keySelector = all(
  field('name', formatted(dnsSubdomain)),
  field('key', untilBroken(required(), formatted(configKey))),
)

const fileKey = all(
  field('key', untilBroken(required(), formatted(relaxedEnvName))),
  field('volumeName', untilBroken(required(), formatted(dnsLabel))),
  field('path', untilBroken(required(), noBackSteps)),
)

const sources: readonly (readonly [string, Rule])[] = [
  ['fieldRef', fieldRef(fieldsForEnv)],
  ['resourceFieldRef', resourceFieldRef('env')],
  ['configMapKeyRef', keySelector],
  ['secretKeyRef', keySelector],
  ['fileKeyRef', fileKey],
]

const tooManySources = 'may not have more than one field specified at a time'

const valueFrom: Rule = (variable) => {
  const spot = childOf(variable, 'valueFrom')
  if (!isSet(spot.value)) return
  const given = sources.filter(([name]) => isSet(own(spot.value, name)))
  for (const [name, rule] of given) field(name, rule)(spot)
  const complain = (detail: string): void => report(spot, invalid(spot.path, '', detail))
  if (given.length === 0) {
    complain('must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`')
  } else if (textAt(own(variable.value, 'value')) !== '') {
    complain('may not be specified when `value` is not empty')
  } else if (given.length > 1) complain(tooManySources)
}

export const variable = all(field('name', untilBroken(required(), formatted(envName))), valueFrom)

const wholeSource = field('name', untilBroken(required(), formatted(dnsSubdomainPrefix)))

/** All variables of a ConfigMap or Secret. Which of them is complained about at the list. */
export const envFrom: Rule = (list) => {
  for (const spot of itemsOf(list)) {
    field('prefix', ifGiven(formatted(envName)))(spot)
    for (const name of ['configMapRef', 'secretRef']) field(name, when(isSet, wholeSource))(spot)
    const [one, other] = [isSet(own(spot.value, 'configMapRef')), isSet(own(spot.value, 'secretRef'))]
    if (!one && !other) report(list, invalid(list.path, '', 'must specify one of: `configMapRef` or `secretRef`'))
    if (one && other) report(list, invalid(list.path, '', tooManySources))
  }
}
