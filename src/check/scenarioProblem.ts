import { isWalkableList } from '../model/json'
import type { Scenario } from './scenario'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The members of a scenario and their types. */
const members: Readonly<Record<keyof Scenario, readonly [is: (value: unknown) => boolean, expected: string]>> = {
  firstInstall: [(value) => typeof value === 'boolean', 'true or false'],
  events: [(value) => isWalkableList(value) && value.length <= 10_000 && value.every(isObject), 'a list of events'],
  pods: [isObject, 'an object'],
  router: [isObject, 'an object'],
  series: [(value) => isObject(value) && Object.values(value).every(isWalkableList), 'an object of lists'],
  healedAtSeconds: [Number.isFinite, 'a number'],
  settleSeconds: [Number.isFinite, 'a number'],
  untilSeconds: [Number.isFinite, 'a number'],
}

/** Why a value is not a scenario, in one sentence; undefined if it is one. */
export function scenarioProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'expected the "scenario" of a counterexample'
  for (const [name, [is, expected]] of Object.entries(members))
    if (!is(value[name])) return `scenario.${name}: expected ${expected}`
  return undefined
}
