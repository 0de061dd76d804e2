import { isSorted } from '../../go/json/goJson'
import { expressionSelects } from '../../kube/labelSelector'
import { isOwn, ownValue } from '../../model/json'
import type { LabelSelector, LabelSelectorRequirement, StringMap } from '../../model/meta'

/**
 * Does the selector pick these labels? An absent or empty selector picks nothing here, and neither does an unknown
 * operator.
 */
export function selects(selector: LabelSelector | undefined, labels: StringMap | undefined): boolean {
  const { matchLabels, matchExpressions } = selector ?? {}
  let isEmpty = true
  for (const key in matchLabels) {
    if (!isOwn.call(matchLabels, key)) continue
    if (ownValue(labels, key) !== matchLabels[key]) return false
    isEmpty = false
  }
  if (!matchExpressions?.length) return !isEmpty
  return matchExpressions.every((expression) => expressionSelects(expression, ownValue(labels, expression.key)))
}

/** A selector as text, keys in byte order: `app=web,tier in (a,b),!old`. */
export function formatSelector(selector: LabelSelector | undefined): string {
  const { matchLabels, matchExpressions } = selector ?? {}
  // Nearly every selector has labels only, most of them one.
  if (matchLabels && !matchExpressions?.length) return formatLabels(matchLabels)
  const parts: [string, string][] = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => [
    key,
    `${key}=${value}`,
  ])
  for (const expression of selector?.matchExpressions ?? []) parts.push([expression.key, formatExpression(expression)])
  if (parts.length === 0) return '<none>'
  return parts
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, text]) => text)
    .join(',')
}

function formatLabels(labels: StringMap): string {
  const keys = Object.keys(labels)
  if (keys.length === 0) return '<none>'
  if (!isSorted(keys)) keys.sort()
  let text = ''
  for (const key of keys) text += `${text === '' ? '' : ','}${key}=${labels[key]}`
  return text
}

function formatExpression({ key, operator, values }: LabelSelectorRequirement): string {
  const list = [...(values ?? [])].sort().join(',')
  switch (operator) {
    case 'In':
      return `${key} in (${list})`
    case 'NotIn':
      return `${key} notin (${list})`
    case 'DoesNotExist':
      return `!${key}`
    default:
      return key
  }
}
