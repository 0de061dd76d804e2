import * as fc from 'fast-check'
import { givenTexts } from '../../model/given'
import { measuredPhases, type Series, type SeriesPoint } from '../../model/series'
import type { PodModel } from '../../simulate/podGroup'
import type { RouterModel } from '../../simulate/router'
import type { SimulatedCommand, WorldEvent } from '../../simulate/worldEvent'
import { type Ranges, readRanges } from './ranges'

/** How pods and the router behave: two fields of the input of `simulate`. */
export interface GeneratedWorld {
  readonly pods: PodModel
  readonly router: RouterModel
}

/** What pods of an image do. The first is the plainest. */
const behaviours = ['good', 'broken', 'crashing', 'half'] as const

const mostNames = 1000

/** Different names; nobody has more of them in one Rollout. */
const namesOf = (given: unknown): readonly string[] => [...new Set(givenTexts(given))].slice(0, mostNames)

const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max })

/** An object without the fields that are undefined. */
const compact = <T extends object>(fields: T): { readonly [Name in keyof T]?: Exclude<T[Name], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never

const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined })

/**
 * Pods that start slowly, and routers that lag, lie or refuse; pods of the given images may never become ready, fail
 * later, or become ready only in part. Shrinks to pods that are ready at once and a router that obeys.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { worlds } from 'rollout-engine/check'
 * const [world] = fc.sample(worlds(['shop/web:2']), { numRuns: 1, seed: 1 })
 * Object.keys(world ?? {}) // => ['pods', 'router']
 */
export function worlds(images: readonly string[], ranges: Ranges = {}): fc.Arbitrary<GeneratedWorld> {
  const { mostReplicas, mostSeconds } = readRanges(ranges)
  const seconds = upTo(mostSeconds)
  const behaviour = fc.record({ is: fc.constantFrom(...behaviours), seconds, count: upTo(mostReplicas) })
  const names = namesOf(images)
  return fc.record({
    pods: fc
      .record({
        readyAfterSeconds: seconds,
        startEverySeconds: upTo(Math.min(5, mostSeconds)),
        behaviours: fc.tuple(...names.map(() => behaviour)),
      })
      .map(({ behaviours: each, ...model }) => {
        const of = (wanted: (typeof behaviours)[number]) =>
          names.flatMap((name, index) => (each[index]?.is === wanted ? [[name, each[index]] as const] : []))
        return {
          ...model,
          neverReadyImages: of('broken').map(([name]) => name),
          failAfterSeconds: Object.fromEntries(of('crashing').map(([name, { seconds: after }]) => [name, after])),
          mostReady: Object.fromEntries(of('half').map(([name, { count }]) => [name, count])),
        }
      }),
    router: fc
      .record({
        lagSeconds: seconds,
        verifies: fc.boolean(),
        lies: sometimes(fc.constant(true)),
        refuses: sometimes(
          fc
            .tuple(seconds, fc.integer({ min: 1, max: mostSeconds }))
            .map(([fromSeconds, length]) => ({ fromSeconds, untilSeconds: fromSeconds + length })),
        ),
      })
      .map(compact),
  })
}

/**
 * Measurements by metric, for `series` of `simulate`: verdicts, and answers without data (none, an empty list, not a
 * number), each valid from a second on. Shrinks to metrics that are Successful from the start.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { metricSeries } from 'rollout-engine/check'
 * const [series] = fc.sample(metricSeries(['error-rate']), { numRuns: 1, seed: 1 })
 * Object.keys(series ?? {}) // => ['error-rate']
 */
export function metricSeries(metrics: readonly string[], ranges: Ranges = {}): fc.Arbitrary<Series> {
  const { mostSeconds, mostEvents } = readRanges(ranges)
  const noData: readonly SeriesPoint[] = [{ value: null }, { value: [] }, { value: Number.NaN }]
  const point = fc.constantFrom<SeriesPoint>(...measuredPhases.map((phase) => ({ phase })), ...noData)
  const points = fc
    .array(fc.record({ atSeconds: upTo(mostSeconds), point }), { maxLength: mostEvents, size: 'max' })
    .map((drawn) => [
      { atSeconds: 0, phase: 'Successful' as const },
      ...inOrder(drawn.map(({ atSeconds, point: one }) => ({ ...one, atSeconds }))),
    ])
  const names = namesOf(metrics)
  return fc
    .tuple(...names.map(() => points))
    .map((each) => Object.fromEntries(names.map((name, at) => [name, each[at] ?? []])))
}

const commands = ['promote', 'promote --full', 'abort', 'retry', 'undo', 'pause', 'resume', 'restart'] as const

/**
 * Commands of people at their moments, earliest first: events of `simulate`. Some make no sense when they come. Shrinks
 * to few and early promotions.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { commandSequences } from 'rollout-engine/check'
 * const [events] = fc.sample(commandSequences({ mostEvents: 3 }), { numRuns: 1, seed: 1 })
 * events !== undefined && events.length <= 3 // => true
 */
export function commandSequences(ranges: Ranges = {}): fc.Arbitrary<readonly WorldEvent[]> {
  const command = fc.constantFrom<SimulatedCommand>(...commands)
  return eventsOf(ranges, command, (atSeconds, one) => ({ atSeconds, command: one }))
}

/**
 * Updates to the given images at their moments, earliest first: events of `simulate`. The same image may come again.
 * Shrinks to few and early updates to the first image.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { updateSchedules } from 'rollout-engine/check'
 * const [events] = fc.sample(updateSchedules(['shop/web:2', 'shop/web:3']), { numRuns: 1, seed: 1 })
 * events !== undefined && events.length <= 4 // => true
 */
export function updateSchedules(images: readonly string[], ranges: Ranges = {}): fc.Arbitrary<readonly WorldEvent[]> {
  const names = namesOf(images)
  if (names.length === 0) return fc.constant([])
  return eventsOf(ranges, fc.constantFrom(...names), (atSeconds, image) => ({ atSeconds, image }))
}

function eventsOf<T>(
  ranges: Ranges,
  deed: fc.Arbitrary<T>,
  eventOf: (atSeconds: number, deed: T) => WorldEvent,
): fc.Arbitrary<readonly WorldEvent[]> {
  const { mostSeconds, mostEvents } = readRanges(ranges)
  return fc
    .array(fc.tuple(upTo(mostSeconds), deed), { maxLength: mostEvents, size: 'max' })
    .map((drawn) => inOrder(drawn.map((one) => eventOf(...one))))
}

const inOrder = <T extends { readonly atSeconds?: number }>(events: readonly T[]): readonly T[] =>
  [...events].sort((left, right) => (left.atSeconds ?? 0) - (right.atSeconds ?? 0))
