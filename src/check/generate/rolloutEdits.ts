import * as fc from 'fast-check'
import { givenObject } from '../../model/given'
import { isWalkableList } from '../../model/json'
import type { KubeObject } from '../../model/meta'
import { sameJson } from '../../model/sameJson'
import { imagesOf } from '../../simulate/images'
import { retagged } from '../facts'
import { type Ranges, readRanges } from './ranges'
import { strategies } from './rollouts'
import { pauseOf, percent } from './steps'
import { isValid } from './validity'

type Fields = Readonly<Record<string, unknown>>

/** Makes another `spec` of a `spec`. */
type Edit = (spec: Fields) => Fields

const releases = fc.integer({ min: 2, max: 9 })

/** A new image in the first container, which is what most edits are. */
const released =
  (release: number): Edit =>
  (spec) => {
    const template = givenObject(spec.template)
    const podSpec = givenObject(template.spec)
    const [first, ...others] = isWalkableList(podSpec.containers) ? podSpec.containers : []
    const image = retagged(imagesOf(podSpec)[0] || 'web', `${release}`)
    const containers = [{ name: 'web', ...givenObject(first), image }, ...others]
    return { ...spec, template: { ...template, spec: { ...podSpec, containers } } }
  }

const stepsOf = (canary: Fields): readonly unknown[] => (isWalkableList(canary.steps) ? canary.steps : [])

/** Edits of a plan; a Rollout that has none stays as it is. */
const replan =
  (change: (steps: readonly unknown[]) => readonly unknown[]): Edit =>
  (spec) => {
    const strategy = givenObject(spec.strategy)
    const canary = strategy.canary === undefined ? undefined : givenObject(strategy.canary)
    return canary ? { ...spec, strategy: { ...strategy, canary: { ...canary, steps: change(stepsOf(canary)) } } } : spec
  }

/** One field of a strategy becomes as another strategy of its kind has it, or goes if that has none. */
const crossed =
  (other: Fields, at: number): Edit =>
  (spec) => {
    const [[kind, given] = ['', {}]] = Object.entries(givenObject(spec.strategy))
    const [own, fields] = [givenObject(given), givenObject(other[kind])]
    const names = [...new Set([...Object.keys(own), ...Object.keys(fields)])]
    const name = names[at % Math.max(1, names.length)]
    if (other[kind] === undefined || name === undefined) return spec
    const { [name]: _, ...left } = own
    const strategy = { [kind]: fields[name] === undefined ? left : { ...left, [name]: fields[name] } }
    return { ...spec, strategy }
  }

const place = fc.nat({ max: 100 })

function edits(most: Required<Ranges>): fc.Arbitrary<Edit> {
  const { mostReplicas, mostSteps, mostSeconds } = most
  const step = fc.oneof(
    percent.map((setWeight) => ({ setWeight })),
    pauseOf(most).map((pause) => ({ pause })),
  )
  const field = (name: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<Edit> =>
    values.map((value) => (spec) => ({ ...spec, [name]: value }))
  return fc.oneof(
    { withCrossShrink: true },
    releases.map(released),
    field('replicas', fc.integer({ min: 1, max: mostReplicas })),
    field('paused', fc.constant(true)),
    field('progressDeadlineSeconds', fc.integer({ min: 90, max: 90 + mostSeconds })),
    fc.tuple(place, step).map(([at, one]) =>
      replan((steps) => {
        const index = at % (steps.length + 1)
        return [...steps.slice(0, index), one, ...steps.slice(index)].slice(0, Math.max(steps.length, mostSteps))
      }),
    ),
    place.map((at) => replan((steps) => steps.filter((_, index) => index !== at % Math.max(1, steps.length)))),
    fc
      .tuple(place, step)
      .map(([at, one]) =>
        replan((steps) => steps.map((old, index) => (index === at % Math.max(1, steps.length) ? one : old))),
      ),
    strategies(most).map(
      (strategy): Edit =>
        (spec) => ({ ...spec, strategy }),
    ),
    { arbitrary: fc.tuple(strategies(most), place).map(([other, at]) => crossed(other, at)), weight: 4 },
  )
}

/**
 * A given Rollout after one edit: another image, more pods, a step more or less, another strategy. It differs from the
 * given one, and the controller accepts it if it accepts the given one.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { rolloutEdits } from 'rollout-engine/check'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec }
 * const [edited] = fc.sample(rolloutEdits(rollout), { numRuns: 1, seed: 1 })
 * edited?.metadata.name // => 'web'
 */
export function rolloutEdits(rollout: KubeObject, ranges: Ranges = {}): fc.Arbitrary<KubeObject> {
  const given = givenObject<KubeObject>(rollout)
  const spec = givenObject(given.spec)
  const after = (edit: Edit): KubeObject => ({ ...given, spec: edit(spec) })
  return fc.tuple(edits(readRanges(ranges)), releases).map(([edit, release]) => {
    const edited = after(edit)
    // A step too many, or none left to remove: people change the image most of the time anyway.
    if (isValid(edited) && !sameJson(edited, given)) return edited
    const next = after(released(release))
    return sameJson(next, given) ? after(released(release + 1)) : next
  })
}
