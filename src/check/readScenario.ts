import { isWalkableList } from '../model/json'
import type { Scenario } from './scenario'

export interface ReadScenario {
  readonly scenario?: Scenario
  /** What is wrong with the text, in one sentence. */
  readonly problem?: string
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The members of a scenario, and what they have to be. */
const members: Readonly<Record<keyof Scenario, readonly [is: (value: unknown) => boolean, expected: string]>> = {
  firstInstall: [(value) => typeof value === 'boolean', 'true or false'],
  events: [(value) => isWalkableList(value) && value.length <= 10_000 && value.every(isObject), 'a list of events'],
  pods: [isObject, 'an object'],
  router: [isObject, 'an object'],
  series: [(value) => isObject(value) && Object.values(value).every(isWalkableList), 'an object of lists'],
  healedAtSeconds: [Number.isFinite, 'a number'],
  untilSeconds: [Number.isFinite, 'a number'],
}

/** Reads a scenario that was printed as JSON: alone, or as the `scenario` of a counterexample or of the first of a report. */
export function readScenario(text: string): ReadScenario {
  const parsed = parsedJson(text)
  if (parsed === undefined) return { problem: 'expected JSON with the "scenario" of a counterexample' }
  const found = scenarioIn(parsed)
  const problem = scenarioProblem(found)
  return problem === undefined ? { scenario: found as Scenario } : { problem }
}

/** Why a value is no scenario, in one sentence; undefined where it is one. */
export function scenarioProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'expected the "scenario" of a counterexample, as --format json prints it'
  for (const [name, [is, expected]] of Object.entries(members))
    if (!is(value[name])) return `scenario.${name}: expected ${expected}`
  return undefined
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function scenarioIn(value: unknown): unknown {
  if (!isObject(value)) return undefined
  if (isObject(value.scenario)) return value.scenario
  const { counterexamples } = value
  return Array.isArray(counterexamples) ? scenarioIn(counterexamples[0]) : value
}
