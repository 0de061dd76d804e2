import { pathOfText } from '../../input/lineOfField'
import { givenList, givenNumber, givenObject } from '../../model/given'
import type { Issue } from '../../model/issue'
import { isJsonObject, isWalkableList } from '../../model/json'
import { type Draw, drawOf } from '../../simulate/draw'
import type { Simulation, Variation } from '../document'

/**
 * The Simulation that a seed draws: every field that `spec.vary` names has a value, and nothing is left to chance.
 * The same seed draws the same one everywhere. Without `vary` it is the Simulation itself.
 *
 * @example
 * import { drawSimulation, scenario } from 'rollout-engine/scenario'
 * const vary = [{ field: 'pods.readyAfterSeconds', between: [10, 60] }] as const
 * const { simulation } = scenario('an update', ['rollout.yaml']).in({ vary })
 * drawSimulation(simulation, 7).spec.pods?.readyAfterSeconds === drawSimulation(simulation, 7).spec.pods?.readyAfterSeconds // => true
 */
export function drawSimulation(simulation: Simulation, seed: number): Simulation {
  if (!isJsonObject(simulation) || !isJsonObject(simulation.spec) || !isWalkableList(simulation.spec.vary))
    return simulation
  const { vary, ...fixed } = simulation.spec
  const draw = drawOf(seed)
  let spec: unknown = fixed
  for (const one of vary as readonly unknown[]) {
    if (!isJsonObject(one) || typeof one.field !== 'string') continue
    const drawn = drawnBy(one as unknown as Variation, draw)
    if (drawn !== written) spec = withValue(spec, pathOfText(one.field), drawn)
  }
  return { ...simulation, spec: spec as Simulation['spec'] }
}

const ways = ['between', 'around', 'exponential', 'pick', 'chance'] as const

/** Fields of a Simulation's spec that a run depends on. */
const drawable =
  /^(?:manifests|pods|router|plugins|series|events|load|served|autoscaler|onCall|sync|schedule|seed|startUps|crashLoops|leaks|quotas|nodes|endpoints|untilSeconds|startAt|controller)\b/

/** Variations that say nothing, or too much. */
export const variationIssues = (vary: readonly Variation[]): readonly Issue[] =>
  vary.flatMap((one, index) => {
    const path = `spec.vary[${index}]`
    const said = ways.filter((way) => one[way] !== undefined)
    const wrong = (message: string, at = path): Issue => ({ code: 'wrong-value', path: at, message })
    if (said.length !== 1)
      return [wrong(`expected exactly one of ${ways.join(', ')}, got ${said.join(' and ') || 'none'}`)]
    if ((one.chance !== undefined) !== (one.value !== undefined))
      return [wrong('chance and value belong together: with this probability the field has that value')]
    if (drawable.test(one.field)) return []
    const message = `expected a path below spec, such as pods.readyAfterSeconds or events[0].atSeconds, got "${one.field}"`
    return [wrong(message, `${path}.field`)]
  })

/** The field keeps what is written. */
const written = Symbol('written')

function drawnBy(given: Variation, draw: Draw): unknown {
  const { between, around, exponential, pick, chance, value } = given
  const decimals = Math.min(20, Math.max(0, Math.trunc(numberOf(given.decimals))))
  const rounded = (number: number): number => Number(number.toFixed(decimals))
  if (between !== undefined) {
    const [least, most] = givenList(between)
    return rounded(draw.between(numberOf(least), numberOf(most)))
  }
  if (around !== undefined) {
    const { mean, deviation } = givenObject<NonNullable<Variation['around']>>(around)
    return rounded(draw.around(numberOf(mean), numberOf(deviation)))
  }
  if (exponential !== undefined) return rounded(draw.exponential(numberOf(exponential)))
  if (pick !== undefined) return draw.pick(givenList(pick))
  if (chance !== undefined) return draw.chance(numberOf(chance)) ? value : written
  return written
}

const numberOf = (value: unknown): number => {
  const number = givenNumber(value) ?? 0
  return Number.isFinite(number) ? number : 0
}

const mostItems = 10_000

/** A copy with another value at a path; objects and lists on the way are made where they are missing. */
function withValue(given: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [first, ...others] = path
  if (first === undefined) return value
  if (typeof first === 'number') {
    const list: unknown[] = isWalkableList(given) ? [...given] : []
    if (first > Math.min(list.length, mostItems)) return given
    list[first] = withValue(list[first], others, value)
    return list
  }
  const record = isJsonObject(given) ? given : {}
  const below = Object.hasOwn(record, first) ? record[first] : undefined
  return Object.fromEntries([
    ...Object.entries(record).filter(([key]) => key !== first),
    [first, withValue(below, others, value)],
  ])
}
