import type { RegisteredTargetsAnswer, RolloutAsk, StepPluginAnswer, VerifyWeightAnswer } from '../model/ask'
import type { Change } from '../model/change'
import type { WeightDestination } from '../model/rolloutStatus'
import { sameJson } from '../model/sameJson'

/** How the modelled traffic router behaves. Default: it obeys at once and cannot verify. */
export interface RouterModel {
  /**
   * Seconds from a command until traffic follows. Each new weight has its own: one that is already on its way arrives
   * in its time, whatever comes after it. A weight that is commanded again while it is the last one is no new command.
   */
  readonly lagSeconds?: number
  /** It can say whether the weight is in effect. */
  readonly verifies?: boolean
  /** It says yes to every weight, in effect or not. */
  readonly lies?: boolean
  /** It refuses every call from this second until before the other. */
  readonly refuses?: {
    readonly fromSeconds: number
    readonly untilSeconds: number
    /** Only these calls, such as `setHeaderRoute`. Default: all. */
    readonly calls?: readonly string[]
  }
  /**
   * In this time new weights reach only a share of its proxies, from 0 to 1; the others go on with what they had until
   * the time is over.
   */
  readonly partial?: { readonly share: number; readonly fromSeconds: number; readonly untilSeconds: number }
}

export interface RouterState {
  /** The last weight that was set; null before the first. */
  readonly commanded: number | null
  /** Weights that traffic does not follow yet, and when it will, in order. */
  readonly onTheWay: readonly { readonly weight: number; readonly atSeconds: number }[]
  /** The weights that were set for others than canary and stable. */
  readonly destinations: readonly WeightDestination[]
  /** Header and mirror routes that were set and not removed, in the order of their setting. */
  readonly routes: readonly ManagedRoute[]
  /** The share of traffic that the canary really gets. */
  readonly effective: number
  /** While only some of the proxies follow: the weights that these have, and the others. */
  readonly split?: { readonly followed: number; readonly kept: number; readonly untilSeconds: number }
}

/** A route beside the weights: requests with a header go to the canary, or copies of requests do. */
export interface ManagedRoute {
  readonly name: string
  readonly kind: 'header' | 'mirror'
  /** Of a mirror: the part of requests that is copied. */
  readonly percentage?: number
}

/** A new one for each world: its lists are in the frames that callers get. */
export const quietRouter = (): RouterState => ({
  commanded: null,
  onTheWay: [],
  destinations: [],
  routes: [],
  effective: 0,
})

/** Lets traffic follow the commands whose lag is over. */
export function settleRouter(state: RouterState, model: RouterModel, second: number): RouterState {
  const whole = mended(state, second)
  const arrived = whole.onTheWay.filter(({ atSeconds }) => atSeconds <= second)
  const last = arrived.at(-1)
  if (!last) return whole
  const onTheWay = whole.onTheWay.slice(arrived.length)
  const { partial } = model
  if (!partial || second < partial.fromSeconds || second >= partial.untilSeconds)
    return { ...whole, effective: last.weight, onTheWay }
  const kept = whole.split?.kept ?? whole.effective
  const share = Math.max(0, Math.min(1, partial.share))
  const effective = Math.round((share * last.weight + (1 - share) * kept) * 1e6) / 1e6
  return { ...whole, effective, onTheWay, split: { followed: last.weight, kept, untilSeconds: partial.untilSeconds } }
}

/** All proxies follow again. */
function mended(state: RouterState, second: number): RouterState {
  if (!state.split || second < state.split.untilSeconds) return state
  const { split, ...whole } = state
  return { ...whole, effective: split.followed }
}

export function tellRouter(
  state: RouterState,
  model: RouterModel,
  changes: readonly Change[],
  second: number,
): RouterState {
  let next = state
  for (const change of changes) {
    next = withRoutes(next, change)
    if (change.kind !== 'setWeight') continue
    const { weight, destinations } = change
    if (!sameJson(destinations, next.destinations)) next = { ...next, destinations }
    if (weight === next.commanded) continue
    const command = { weight, atSeconds: second + (model.lagSeconds ?? 0) }
    next = { ...next, commanded: weight, onTheWay: [...next.onTheWay, command] }
  }
  return settleRouter(next, model, second)
}

/** A route without a match is removed. */
function withRoutes(state: RouterState, change: Change): RouterState {
  if (change.kind === 'removeManagedRoutes') return state.routes.length === 0 ? state : { ...state, routes: [] }
  if (change.kind !== 'setHeaderRoute' && change.kind !== 'setMirrorRoute') return state
  const { name = '', match } = change.route
  const others = state.routes.filter((route) => route.name !== name)
  const route: ManagedRoute =
    change.kind === 'setHeaderRoute'
      ? { name, kind: 'header' }
      : { name, kind: 'mirror', percentage: change.route.percentage ?? 100 }
  const routes = match === undefined || match.length === 0 ? others : [...others, route]
  return sameJson(routes, state.routes) ? state : { ...state, routes }
}

export const refusesAt = ({ refuses }: RouterModel, call: string, second: number): boolean =>
  refuses !== undefined &&
  second >= refuses.fromSeconds &&
  second < refuses.untilSeconds &&
  (refuses.calls?.includes(call) ?? true)

/** Why the router does not do this, as a host reports it; undefined if it does, or is not asked. */
export const refusal = (model: RouterModel, change: Change, second: number): { message: string } | undefined =>
  'router' in change && refusesAt(model, change.kind, second) ? { message: `router refused ${change.kind}` } : undefined

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
