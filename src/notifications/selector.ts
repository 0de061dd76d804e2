import { expressionSelects } from '../kube/labelSelector'
import { ownValue } from '../model/json'
import type { StringMap } from '../model/meta'

type Requirement = readonly [pattern: RegExp, operator: string]

const key = '([^\\s!=,()]+)'

/** The forms of a requirement in the text of a label selector, as kubectl's `-l` takes them. */
const requirements: readonly Requirement[] = [
  [new RegExp(`^${key}\\s*!=\\s*([^\\s!=,()]*)$`), 'NotIn'],
  [new RegExp(`^${key}\\s*==?\\s*([^\\s!=,()]*)$`), 'In'],
  [new RegExp(`^${key}\\s+in\\s*\\(([^()]*)\\)$`), 'In'],
  [new RegExp(`^${key}\\s+notin\\s*\\(([^()]*)\\)$`), 'NotIn'],
  [new RegExp(`^!\\s*${key}$`), 'DoesNotExist'],
  [new RegExp(`^${key}$`), 'Exists'],
]

/**
 * Whether labels fit a selector such as `team=shop,tier in (web, api),!legacy`. One that cannot be read fits nothing.
 */
export function selects(selector: string, labels: StringMap): boolean {
  if (selector.trim() === '') return true
  return requirementsOf(selector).every((text) => holds(text.trim(), labels))
}

/** The parts between commas, but for those in brackets. */
function requirementsOf(selector: string): readonly string[] {
  const parts: string[] = []
  let isInside = false
  let from = 0
  for (let at = 0; at < selector.length; at++) {
    if (selector[at] === '(') isInside = true
    else if (selector[at] === ')') isInside = false
    else if (selector[at] === ',' && !isInside) {
      parts.push(selector.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, selector.slice(from)]
}

function holds(text: string, labels: StringMap): boolean {
  for (const [pattern, operator] of requirements) {
    const match = pattern.exec(text)
    if (!match) continue
    const [, name = '', values = ''] = match
    const list = values.split(',').map((value) => value.trim())
    return expressionSelects({ key: name, operator, values: list }, ownValue(labels, name))
  }
  return false
}
