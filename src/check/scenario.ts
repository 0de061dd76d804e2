import type { Series } from '../model/series'
import type { PodModel } from '../simulate/pods'
import type { RouterModel } from '../simulate/router'
import { simulateWatched } from '../simulate/simulate'
import type { WorldEvent } from '../simulate/worldEvent'
import type { StrategyFacts } from './facts'
import { type Invariant, judge, type Violation } from './invariant'
import { type StrategyState, stateOf } from './state'

/**
 * One run, as plain data: commands, faults, and when the disturbances end. It replays byte for byte. Its fields are
 * those of the `spec` of a Simulation file, which `simulationOf` of `rollout-engine/scenario` makes of it.
 */
export interface Scenario {
  /** The run begins with the first install; else with the first version installed and Healthy. */
  readonly firstInstall: boolean
  readonly events: readonly WorldEvent[]
  readonly pods: PodModel
  readonly router: RouterModel
  readonly series: Series
  /** From then on there are no disturbances, and a good update is in progress. */
  readonly healedAtSeconds: number
  /** How long the controller may take without disturbances. */
  readonly settleSeconds: number
  readonly untilSeconds: number
}

/** A run, up to the first violation. */
export interface Run {
  readonly states: readonly StrategyState[]
  readonly violation: Violation | undefined
}

/** A controller that needs more than twice the time of an undisturbed update plus some minutes never finishes. */
export const settleSecondsOf = ({ updateSeconds }: StrategyFacts): number => 2 * updateSeconds + 300

/** Runs a scenario until a sentence does not hold. The same scenario gives the same states. */
export function runScenario(facts: StrategyFacts, scenario: Scenario, invariants: readonly Invariant[]): Run {
  const { firstInstall, events, pods, router, series, untilSeconds, healedAtSeconds, settleSeconds } = scenario
  const { manifests, installed, name, options } = facts
  const states: StrategyState[] = []
  const { next, end } = judge(invariants, { healedAtSeconds, settleSeconds })
  const isRestless = restlessness()
  let violation: Violation | undefined
  let isCut = false
  const timeline = simulateWatched(
    { manifests: firstInstall ? manifests : installed, name, options, events, pods, router, series, untilSeconds },
    (turn) => {
      const now = stateOf(turn)
      states.push(now)
      violation = next(now)
      isCut = violation !== undefined || isRestless(now)
      return isCut ? 'stop' : undefined
    },
  )
  const isWhole = !isCut && timeline.frames.length > 0
  return { states, violation: isWhole ? end(untilSeconds) : violation }
}

/** The number of turns after which the modelled world stops a second. */
const restlessTurns = 60
const mostRestlessSeconds = 3

/** A run that never settles costs a lot and shows nothing new, so it is stopped after some seconds. */
export function restlessness(): (now: StrategyState) => boolean {
  let [second, turns, restless] = [-1, 0, 0]
  return ({ atSeconds }) => {
    turns = atSeconds === second ? turns + 1 : 0
    second = atSeconds
    if (turns === restlessTurns) restless++
    return restless >= mostRestlessSeconds
  }
}
