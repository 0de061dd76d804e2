import { reconcileRollout } from '../reconcile'
import type { RolloutDecision, RolloutObservation, RolloutOptions } from '../rollout/observation'
import type { ClusterObjects } from './cluster/state'
import { observeRollout } from './observe'
import { answerAsk, type RouterModel, type RouterState, refusals } from './router'

/** What a decision is made of, in a modelled cluster at one second. */
export interface Situation {
  readonly objects: ClusterObjects
  readonly key: string
  /** RFC 3339, and the same since the start of the simulation. */
  readonly now: string
  readonly second: number
  readonly router: RouterState
  readonly routerModel: RouterModel
  readonly options?: RolloutOptions
}

export interface Decided {
  readonly decision: RolloutDecision
  /** The router refused its part of the decision. */
  readonly refused: boolean
  /** How often the reducer was called. */
  readonly reconciles: number
}

type Answers = NonNullable<RolloutObservation['answers']>

const mostRounds = 60

/** Asks and answers with the same clock until the decision is complete. */
export function decide(situation: Situation): Decided {
  const { objects, key, now, options, router, routerModel, second } = situation
  let answers: Answers = {}
  for (let round = 1; ; round++) {
    const decision = reconcileRollout(observeRollout(objects, key, now, options, answers))
    const failures = refusals(routerModel, decision.changes, second)
    const isNews = Object.keys(failures).some((change) => answers.failures?.[change] === undefined)
    if ((!isNews && decision.asks.length === 0) || round >= mostRounds) {
      return { decision, refused: Object.keys(answers.failures ?? {}).length > 0, reconciles: round }
    }
    const replies = decision.asks.map((ask) => [ask.key, answerAsk(ask, router, routerModel, second)] as const)
    answers = {
      replies: { ...answers.replies, ...Object.fromEntries(replies) },
      failures: { ...answers.failures, ...failures },
    }
  }
}
