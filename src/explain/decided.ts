import type { RegisteredTargetsAnswer, RolloutAsk, StepPluginAnswer, VerifyWeightAnswer } from '../model/ask'
import type { RolloutDecision, RolloutObservation } from '../rollout/observation'
import { reconcileRollout } from '../rollout/reconcileRollout'
import { wellFormed } from '../rollout/validation/wellFormed'

/** The limit of rounds; a decision that still has questions is reported as it is. */
const mostRounds = 8

type Answer = VerifyWeightAnswer | StepPluginAnswer | RegisteredTargetsAnswer

/**
 * The controller's decision without a live host: routers and plugins answer as the status records their last answer.
 */
export function decided(observation: RolloutObservation): RolloutDecision {
  const known = wellFormed(observation)
  const { answers } = known
  let replies: Record<string, Answer> = { ...answers?.replies }
  let decision = reconcileRollout(observation)
  for (let round = 0; round < mostRounds && decision.asks.length > 0; round++) {
    const given = decision.asks.map((ask) => [ask.key, lastAnswer(ask, known)] as const)
    replies = { ...replies, ...Object.fromEntries(given) }
    decision = reconcileRollout({ ...observation, answers: { failures: {}, ...answers, replies } })
  }
  return decision
}

function lastAnswer(ask: RolloutAsk, { rollout }: RolloutObservation): Answer {
  const { verified } = rollout.status?.canary?.weights ?? {}
  if (ask.kind === 'verifyWeight') return typeof verified === 'boolean' ? { verified } : {}
  return ask.kind === 'stepPlugin' ? { phase: 'Running' } : { targets: [] }
}
