import type { Series } from '../model/series'
import type { PodModel } from '../simulate/podGroup'
import type { Reducers } from '../simulate/reducers'
import type { RouterModel } from '../simulate/router'
import { simulateWatched } from '../simulate/simulate'
import type { WorldEvent } from '../simulate/worldEvent'
import type { StrategyFacts } from './facts'
import { type Invariant, judge, judgeAll, type Violation } from './invariant'
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
export function runScenario(
  facts: StrategyFacts,
  scenario: Scenario,
  invariants: readonly Invariant[],
  reducers?: Reducers,
): Run {
  const { next, end } = judge(invariants, scenario)
  let violation: Violation | undefined
  const { states, isWhole } = statesOf(facts, scenario, reducers, (now) => {
    violation = next(now)
    return violation !== undefined
  })
  return { states, violation: isWhole ? end(scenario.untilSeconds) : violation }
}

/** A run to its end, with the first violation of each sentence. */
export interface WholeRun {
  readonly states: readonly StrategyState[]
  readonly violations: readonly Violation[]
}

/**
 * The same, and it goes on after a violation: one disturbance may break several sentences. A run may be cut after some
 * turns that changed an object: many short runs find more than a few long ones. A controller that tries the same again
 * and again may wait for its deadline, and is not cut.
 */
export function runWhole(
  facts: StrategyFacts,
  scenario: Scenario,
  invariants: readonly Invariant[],
  mostChanges?: number,
): WholeRun {
  const { next, end } = judgeAll(invariants, scenario)
  let changes = 0
  let objects: StrategyState['objects'] | undefined
  const { states, isWhole } = statesOf(facts, scenario, undefined, (now) => {
    next(now)
    if (now.objects !== objects) changes++
    objects = now.objects
    return mostChanges !== undefined && changes >= mostChanges
  })
  // A run that was cut has no end to judge.
  return { states, violations: end(isWhole ? scenario.untilSeconds : (states.at(-1)?.atSeconds ?? 0)) }
}

/** The states of a run; `note` gets each of them, and ends the run with `true`. */
function statesOf(
  facts: StrategyFacts,
  scenario: Scenario,
  reducers: Reducers | undefined,
  note: (now: StrategyState) => boolean,
): { readonly states: readonly StrategyState[]; readonly isWhole: boolean } {
  const { firstInstall, events, pods, router, series, untilSeconds } = scenario
  const { manifests, installed, name, options } = facts
  const maxReconciles = Math.min(mostTurns, facts.maxReconciles)
  const states: StrategyState[] = []
  const isRestless = impatience(maxReconciles)
  let isCut = false
  const timeline = simulateWatched(
    {
      manifests: firstInstall ? manifests : installed,
      name,
      options,
      events,
      pods,
      router,
      series,
      untilSeconds,
      maxReconciles,
    },
    (turn) => {
      const now = stateOf(turn)
      states.push(now)
      isCut = note(now) || isRestless(now)
      return isCut ? 'stop' : undefined
    },
    reducers,
  )
  return { states, isWhole: !isCut && timeline.reconciles < maxReconciles && timeline.frames.length > 0 }
}

/** The number of turns after which the modelled world stops a second. */
const restlessTurns = 60
const mostRestlessSeconds = 3

/** A run that never settles costs a lot and shows nothing new, so it is stopped after some seconds. */
export function restlessness(): (now: Pick<StrategyState, 'atSeconds'>) => boolean {
  let [second, turns, restless] = [-1, 0, 0]
  return ({ atSeconds }) => {
    turns = atSeconds === second ? turns + 1 : 0
    second = atSeconds
    if (turns === restlessTurns) restless++
    return restless >= mostRestlessSeconds
  }
}

/** The modelled world stops a second after 30 rounds: a Rollout that changes in almost all of them never settles. */
const mostOwnTurns = 28

/** The longest run; a strategy of many steps and measurements needs some hundred turns. */
const mostTurns = 10_000

/** The same for random runs, which may be stopped earlier: nobody waits for what comes after a livelock. */
function impatience(most: number): (now: StrategyState) => boolean {
  let [second, own, restless, all] = [-1, 0, 0, 0]
  return ({ atSeconds, by }) => {
    const isOwn = by.startsWith('Rollout ')
    own = atSeconds === second ? own + (isOwn ? 1 : 0) : 0
    second = atSeconds
    if (isOwn && own === mostOwnTurns) restless++
    return restless >= mostRestlessSeconds || ++all >= most
  }
}
