import * as fc from 'fast-check'
import { templateName } from './analysisTemplates'
import type { Ranges } from './ranges'

/** The least and the most mean something of their own in many fields, and are drawn often. */
export const withEdges = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(
    { withCrossShrink: true },
    { arbitrary: fc.constantFrom(min, Math.min(min + 1, max), max), weight: 1 },
    { arbitrary: fc.integer({ min, max }), weight: 2 },
  )

export const percent = withEdges(0, 10).map((tenth) => tenth * 10)

export const analysis = { templates: [{ templateName }] }

export const pauseOf = ({ mostSeconds }: Required<Ranges>): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constant({}),
    fc.integer({ min: 1, max: Math.ceil(mostSeconds / 2) }).map((duration) => ({ duration })),
  )

type Steps = readonly unknown[]

/** Parts of plans, by what they do. */
const partsOf = (most: Required<Ranges>): readonly fc.Arbitrary<Steps>[] => [
  percent.map((setWeight) => [{ setWeight }]),
  // The pair that most plans are made of.
  fc.tuple(percent, pauseOf(most)).map(([setWeight, pause]) => [{ setWeight }, { pause }]),
  pauseOf(most).map((pause) => [{ pause }]),
  fc
    .oneof(
      { arbitrary: withEdges(0, most.mostReplicas).map((replicas) => ({ replicas })), weight: 2 },
      percent.map((weight) => ({ weight })),
      fc.constant({ matchTrafficWeight: true }),
    )
    .map((setCanaryScale) => [{ setCanaryScale }]),
  fc.constant([{ analysis }]),
  fc.constant([
    {
      experiment: {
        duration: '30s',
        templates: [{ name: 'one', specRef: 'canary' }],
        analyses: [{ name: 'one', templateName, requiredForCompletion: true }],
      },
    },
  ]),
]

/** The steps of a canary: parts of a few kinds, and in half of the plans weights that rise. */
export function plans(most: Required<Ranges>): fc.Arbitrary<Steps> {
  const [weight, pair, ...others] = partsOf(most) as readonly [fc.Arbitrary<Steps>, ...fc.Arbitrary<Steps>[]]
  // Few kinds at a time, or rare ones are never together.
  const kinds = fc.subarray(others, { maxLength: 2 })
  return fc
    .tuple(
      kinds.chain((some) =>
        fc.array(fc.oneof({ arbitrary: pair ?? weight, weight: 2 }, weight, ...some), {
          maxLength: most.mostSteps,
          size: 'max',
        }),
      ),
      fc.boolean(),
    )
    .map(([groups, rises]) => {
      const steps = groups.flat().slice(0, most.mostSteps)
      return rises ? rising(steps) : steps
    })
}

const weightOf = (step: unknown): number | undefined => (step as { readonly setWeight?: number }).setWeight

/** The same steps with their weights in order. */
function rising(steps: Steps): Steps {
  const weights = steps.flatMap((step) => weightOf(step) ?? []).sort((left, right) => left - right)
  let next = 0
  return steps.map((step) => (weightOf(step) === undefined ? step : { setWeight: weights[next++] }))
}
