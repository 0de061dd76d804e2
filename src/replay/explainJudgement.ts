import type { Found } from '../metrics/providers/found'
import type { Metric } from '../model/analysis'
import type { MeasuredPhaseName } from '../model/series'
import { decidingPart } from './explainDecision'
import type { Moment } from './moment'

/** Which condition holds or does not, and where it is not plainly fine which part of it decided. */
export function explainJudgement(
  { successCondition, failureCondition }: Metric,
  phase: MeasuredPhaseName,
  { result, resultType }: Found,
  at: Moment,
): string {
  if (!successCondition && !failureCondition) return 'there is no condition'
  const success = `successCondition ${JSON.stringify(successCondition)}`
  const failure = `failureCondition ${JSON.stringify(failureCondition)}`
  if (phase === 'Successful') return successCondition ? `${success} holds` : `${failure} does not hold`
  const told = (sentence: string, ...conditions: readonly (string | undefined)[]): string => {
    const parts = conditions.map((condition) => condition && decidingPart(condition, result, { resultType, ...at }))
    const known = [...new Set(parts.filter((part) => part !== undefined && part !== ''))]
    return known.length === 0 ? sentence : `${sentence}: ${known.join('; ')}`
  }
  if (phase === 'Inconclusive')
    return told(`neither ${success} nor ${failure} holds`, successCondition, failureCondition)
  return failureCondition
    ? told(`${failure} holds`, failureCondition)
    : told(`${success} does not hold`, successCondition)
}
