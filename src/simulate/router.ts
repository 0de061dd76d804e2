import type { RegisteredTargetsAnswer, RolloutAsk, StepPluginAnswer, VerifyWeightAnswer } from '../model/ask'
import type { Change } from '../model/change'
import type { WeightDestination } from '../model/rolloutStatus'
import { sameJson } from '../model/sameJson'

/** How the modelled traffic router behaves. Default: it obeys at once and cannot verify. */
export interface RouterModel {
  /** Seconds from a command until traffic follows. */
  readonly lagSeconds?: number
  /** It can say whether the weight is in effect. */
  readonly verifies?: boolean
  /** It says yes to every weight, in effect or not. */
  readonly lies?: boolean
  /** It refuses every call from this second until before the other. */
  readonly refuses?: { readonly fromSeconds: number; readonly untilSeconds: number }
}

export interface RouterState {
  /** The last weight it was told; null before the first. */
  readonly commanded: number | null
  readonly commandedAtSeconds: number
  /** What it was told to send to others than canary and stable. */
  readonly destinations: readonly WeightDestination[]
  /** The share of traffic that the canary really gets. */
  readonly effective: number
}

export const quietRouter: RouterState = {
  commanded: null,
  commandedAtSeconds: 0,
  destinations: [],
  effective: 0,
}

/** Lets traffic follow the last command once the lag is over. */
export function settleRouter(state: RouterState, model: RouterModel, second: number): RouterState {
  const { commanded, commandedAtSeconds, effective } = state
  if (commanded === null || effective === commanded || second < commandedAtSeconds + (model.lagSeconds ?? 0))
    return state
  return { ...state, effective: commanded }
}

export function tellRouter(
  state: RouterState,
  model: RouterModel,
  changes: readonly Change[],
  second: number,
): RouterState {
  let next = state
  for (const change of changes) {
    if (change.kind !== 'setWeight') continue
    const { weight, destinations } = change
    if (!sameJson(destinations, next.destinations)) next = { ...next, destinations }
    if (weight !== next.commanded) next = { ...next, commanded: weight, commandedAtSeconds: second }
  }
  return settleRouter(next, model, second)
}

export const refusesAt = (model: RouterModel, second: number): boolean =>
  model.refuses !== undefined && second >= model.refuses.fromSeconds && second < model.refuses.untilSeconds

/** Why the router does not do this, as a host reports it; undefined where it does, or is not asked. */
export const refusal = (model: RouterModel, change: Change, second: number): { message: string } | undefined =>
  'router' in change && refusesAt(model, second) ? { message: `router refused ${change.kind}` } : undefined

/** The same question gets the same answer whenever it is asked. */
export const isAlwaysAnsweredSo = (ask: RolloutAsk, model: RouterModel): boolean =>
  ask.kind !== 'verifyWeight' || !model.verifies

export type RouterAnswer = VerifyWeightAnswer | StepPluginAnswer | RegisteredTargetsAnswer

/** What the modelled host answers: the router as it is, step plugins that succeed, no AWS targets. */
export function answerAsk(ask: RolloutAsk, state: RouterState, model: RouterModel, second: number): RouterAnswer {
  switch (ask.kind) {
    case 'verifyWeight': {
      if (!model.verifies) return {}
      const told = tellRouter(
        state,
        model,
        [{ kind: 'setWeight', router: ask.router, weight: ask.weight, destinations: [] }],
        second,
      )
      return { verified: model.lies === true || told.effective === ask.weight }
    }
    case 'stepPlugin':
      return { phase: 'Successful' }
    case 'registeredTargets':
      return { targets: [] }
  }
}
