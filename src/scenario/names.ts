import type { StrategyState } from '../check/state'
import type { ClusterObjects } from '../cluster/objects'
import type { ConditionNames, NamedValues, NameType } from '../expr/named'
import type { Measurement } from '../model/analysis'
import { allOfKind } from '../model/kinds'
import { answersOfRun, type SimulationAnswers } from '../simulate/answers/answers'
import type { Timeline } from '../simulate/simulation'

// The names that conditions of scenarios may use.

type Plain = number | string | boolean

interface Name {
  readonly type: NameType
  readonly of: (now: StrategyState) => Plain
}

const number = (of: (now: StrategyState) => number): Name => ({ type: 'number', of })
const text = (of: (now: StrategyState) => string): Name => ({ type: 'text', of })
const bool = (of: (now: StrategyState) => boolean): Name => ({ type: 'bool', of })

const stateNames: Readonly<Record<string, Name>> = {
  second: number(({ atSeconds }) => atSeconds),
  phase: text(({ phase }) => phase),
  message: text(({ message }) => message),
  aborted: bool(({ aborted }) => aborted),
  paused: bool(({ paused }) => paused),
  updating: bool(({ updating }) => updating),
  analysisPassed: bool(({ analysisPassed }) => analysisPassed),
  // -1 where there are no steps.
  step: number(({ stepIndex }) => stepIndex ?? -1),
  steps: number(({ stepCount }) => stepCount),
  replicas: number(({ replicas }) => replicas),
  available: number(({ pods }) => pods.total.available),
  wanted: number(({ pods }) => pods.total.wanted),
  revision: number(({ revisions, newestHash }) => revisions.find(({ hash }) => hash === newestHash)?.revision ?? 0),
}

/** Words that may stand without quotes. */
const words: readonly string[] = [
  ...['stable', 'canary', 'commanded'],
  ...['Healthy', 'Progressing', 'Paused', 'Degraded'],
  ...['Pending', 'Running', 'Successful', 'Failed', 'Inconclusive', 'Error'],
]

type Answer = Plain | { readonly problem: string }

interface NamedFunction {
  readonly type: NameType
  readonly of: (now: StrategyState, text: string) => Answer
}

const isPodRole = (role: string): role is 'stable' | 'canary' => role === 'stable' || role === 'canary'

const ofRole =
  (of: (now: StrategyState, role: 'stable' | 'canary') => number) =>
  (now: StrategyState, role: string): Answer =>
    isPodRole(role) ? of(now, role) : { problem: `expected stable or canary, got ${role}` }

const stateFunctions: Readonly<Record<string, NamedFunction>> = {
  weight: {
    type: 'number',
    of: ({ weight }, role) => {
      if (role === 'commanded') return weight.commanded ?? Number.NaN
      return isPodRole(role) ? weight[role] : { problem: `expected stable, canary or commanded, got ${role}` }
    },
  },
  availableOf: { type: 'number', of: ofRole(({ pods }, role) => pods[role].available) },
  wantedOf: { type: 'number', of: ofRole(({ pods }, role) => pods[role].wanted) },
  metric: { type: 'number', of: ({ objects }, name) => numberOf(newestMeasurement(objects, name)?.value) },
  verdict: { type: 'text', of: ({ objects }, name) => newestMeasurement(objects, name)?.phase ?? '' },
}

/** Those of `finally`: besides the last state, numbers about the whole run. */
const endNumbers: Readonly<Record<string, (answers: SimulationAnswers) => number>> = {
  peakPods: ({ peakPods }) => peakPods.pods,
  exposureSeconds: ({ updates }) => updates.reduce((sum, { exposureSeconds }) => sum + exposureSeconds, 0),
  lowestAvailability: ({ lowestAvailability: lowest }) => (lowest ? lowest.available / lowest.replicas : Number.NaN),
}

export function numbersOfEnd(timeline: Timeline): Readonly<Record<string, number>> {
  const answers = answersOfRun(timeline)
  return Object.fromEntries(Object.entries(endNumbers).map(([name, of]) => [name, of(answers)]))
}

const typesOf = (names: Readonly<Record<string, { readonly type: NameType }>>): Record<string, NameType> =>
  Object.fromEntries(Object.entries(names).map(([name, { type }]) => [name, type]))

const wordTypes = Object.fromEntries(words.map((word) => [word, 'text'] as const))

/** What a condition about a state may name. */
export const namesOfState: ConditionNames = {
  variables: { ...wordTypes, ...typesOf(stateNames) },
  functions: typesOf(stateFunctions),
}

/** What a condition about the end may name. */
export const namesOfEnd: ConditionNames = {
  ...namesOfState,
  variables: {
    ...namesOfState.variables,
    outcome: 'text',
    ...Object.fromEntries(Object.keys(endNumbers).map((name) => [name, 'number' as const])),
  },
}

const wordValues = Object.fromEntries(words.map((word) => [word, word]))

export const valuesOfState = (now: StrategyState): NamedValues => ({
  variables: {
    ...wordValues,
    ...Object.fromEntries(Object.entries(stateNames).map(([name, { of }]) => [name, of(now)])),
  },
  functions: Object.fromEntries(
    Object.entries(stateFunctions).map(([name, { of }]) => [name, (argument: string) => of(now, argument)]),
  ),
})

export function valuesOfEnd(now: StrategyState, timeline: Timeline): NamedValues {
  const { variables, functions } = valuesOfState(now)
  return { variables: { ...variables, outcome: timeline.outcome, ...numbersOfEnd(timeline) }, functions }
}

/** The measurement of a metric that ended last. */
function newestMeasurement(objects: ClusterObjects, metric: string): Measurement | undefined {
  let newest: Measurement | undefined
  for (const { status } of allOfKind(Object.values(objects), 'AnalysisRun')) {
    const result = status?.metricResults?.find(({ name }) => name === metric)
    for (const measurement of result?.measurements ?? []) {
      if (!measurement.finishedAt) continue
      if (!newest || measurement.finishedAt >= (newest.finishedAt ?? '')) newest = measurement
    }
  }
  return newest
}

/**
 * The number that a measurement shows, also as the only one of a list; NaN where it shows none, so that no comparison
 * holds.
 */
function numberOf(value: string | undefined): number {
  const [, shown] = /^\s*\[?\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*\]?\s*$/.exec(value ?? '') ?? []
  return shown === undefined ? Number.NaN : Number(shown)
}
