import { duplicate, forbidden, invalid, invalidWord, missing, notFound, unsupported } from '../fieldError'
import { entriesOf } from '../labels'
import { dnsLabel } from '../names'
import { childOf, field, formatted, isSet, itemsOf, own, type Rule, report, required, type Spot, textAt } from '../rule'
import {
  amountProblems,
  compareQuantities,
  containerResourceProblems,
  isHugePages,
  mayOvercommit,
  quantityAt,
  quantityText,
} from './amounts'
import type { PodFacts } from './podFacts'

// Resources of containers, and what a pod's overhead may be.

const isComputed = (resource: string): boolean => resource === 'cpu' || resource === 'memory'

/** Limits, or requests: their names and amounts. */
function amounts(list: Spot, alsoFor: (resource: string) => void = () => undefined): void {
  for (const [resource, value] of entriesOf(list.value)) {
    const quantity = quantityAt(value)
    if (!quantity) continue
    const path = `${list.path}[${resource}]`
    for (const detail of containerResourceProblems(resource)) report(list, invalidWord(path, resource, detail))
    for (const problem of amountProblems(resource, quantity, path)) report(list, problem)
    alsoFor(resource)
  }
}

/** No more may be asked for than the limit; exactly the limit where a resource cannot be shared out twice. */
function againstLimit(spot: Spot, resource: string): void {
  const requested = quantityAt(own(own(spot.value, 'requests'), resource))
  const limit = quantityAt(own(own(spot.value, 'limits'), resource))
  if (!requested) return
  if (!limit) {
    const detail = 'Limit must be set for non overcommitable resources'
    if (!mayOvercommit(resource)) report(spot, missing(`${spot.path}.limits`, detail))
    return
  }
  const difference = compareQuantities(requested, limit)
  const complain = (bound: string): void => {
    const detail = `must be ${bound} ${resource} limit of ${quantityText(limit)}`
    report(spot, invalid(`${spot.path}.requests`, quantityText(requested), detail))
  }
  if (difference !== 0 && !mayOvercommit(resource)) complain('equal to')
  else if (difference > 0) complain('less than or equal to')
}

/** `limits` and `requests` of a container; a pod's overhead is read as limits. */
export const resourceAmounts: Rule = (spot) => {
  if (!isSet(own(spot.value, 'limits')) && !isSet(own(spot.value, 'requests'))) return
  amounts(childOf(spot, 'limits'))
  amounts(childOf(spot, 'requests'), (resource) => againstLimit(spot, resource))
  const named = [...Object.keys(own(spot.value, 'limits') ?? {}), ...Object.keys(own(spot.value, 'requests') ?? {})]
  if (named.some(isHugePages) && !named.some(isComputed)) {
    report(spot, forbidden(spot.path, 'HugePages require cpu or memory'))
  }
}

/** Claims that a container makes use of: each at most once, all of them known to the pod. */
export const resourceClaims =
  (pod: PodFacts): Rule =>
  (list) => {
    const [whole, parts] = [new Set<string>(), new Map<string, Set<string>>()]
    for (const spot of itemsOf(list)) {
      const [name, request] = [textAt(own(spot.value, 'name')), textAt(own(spot.value, 'request'))]
      if (name === '') {
        report(spot, missing(spot.path))
        continue
      }
      const asked = parts.get(name) ?? new Set()
      if (whole.has(name)) report(spot, duplicate(spot.path, name))
      else if (request === '') {
        for (let again = 0; again < asked.size; again++) report(spot, duplicate(spot.path, name))
        whole.add(name)
      } else {
        field('request', formatted(dnsLabel))(spot)
        if (asked.has(request)) report(spot, duplicate(spot.path, `${name}/${request}`))
        parts.set(name, asked.add(request))
      }
      if (!pod.claims.has(name)) report(spot, notFound(spot.path, name, claimsThereAre(pod)))
    }
  }

const claimsThereAre = ({ claims }: PodFacts): string =>
  `must be one of the names in pod.spec.resourceClaims${claims.size === 0 ? ' which is empty' : `: ${[...claims].sort().join(', ')}`}`

const resizable = ['cpu', 'memory'] as const
const resizePolicies = ['NotRequired', 'RestartContainer'] as const

/** What happens to a container when its resources change. Complaints stand at the list. */
export const resizePolicy =
  (pod: PodFacts): Rule =>
  (list) => {
    const seen = new Set<string>()
    const known = (value: string, supported: readonly string[]): void => {
      if (value === '') required()({ ...list, value })
      else if (!supported.includes(value)) report(list, unsupported(list.path, value, supported))
    }
    for (const spot of itemsOf(list)) {
      const resource = textAt(own(spot.value, 'resourceName'))
      const policy = textAt(own(spot.value, 'restartPolicy'))
      if (seen.has(resource)) report(spot, duplicate(spot.path, resource))
      seen.add(resource)
      known(resource, resizable)
      known(policy, resizePolicies)
      if (pod.restartPolicy === 'Never' && policy !== 'NotRequired') {
        report(list, invalidWord(list.path, policy, "must be 'NotRequired' when `restartPolicy` is 'Never'"))
      }
    }
  }
