import type { ConditionOptions } from '../expr/condition'
import { type ConditionPart, type DecidingPart, explainCondition } from '../expr/explain'
import { showValue } from './showValue'

// An explanation is worth less than a verdict: conditions that are dear go without.
const mostSteps = 50_000

/**
 * Which parts of a condition decided and what was measured in them, in words: `result[0] >= 0.95 is false, as result[0]
 * is 0.9`. Of a condition that decided as a whole just what was measured; undefined if there is nothing to tell.
 */
export function decidingPart(condition: string, result: unknown, options: ConditionOptions): string | undefined {
  const explanation = explainCondition(condition, result, { ...options, steps: mostSteps })
  if ('issue' in explanation) return undefined
  const { decidedBy } = explanation
  const told = decidedBy.map((part) => inWords(part, decidedBy.length === 1 && part.expression === condition.trim()))
  return told.filter((part) => part !== '').join(' and ') || undefined
}

function inWords(part: DecidingPart, isWhole: boolean): string {
  const operands = part.operands.map(isWords).join(', ')
  const elements = part.elements.map(({ of, index }) => `element ${index} of ${of}`).join(', ')
  const measured = elements === '' ? operands : [operands, `(${elements})`].filter((text) => text !== '').join(' ')
  if (isWhole) return measured
  return measured === '' ? isWords(part) : `${isWords(part)}, as ${measured}`
}

const isWords = (part: ConditionPart): string =>
  `${part.expression} is ${'value' in part ? cut(showValue(part.value)) : '…'}`

const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
