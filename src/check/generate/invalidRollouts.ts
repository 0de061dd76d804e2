import * as fc from 'fast-check'
import type { KubeObject } from '../../model/meta'
import type { Ranges } from './ranges'
import { rollouts } from './rollouts'
import { isValid } from './validity'

type Spec = Readonly<Record<string, unknown>>

/** One mistake each, as people make them; undefined where the Rollout has no place for it. */
type Mistake = (spec: Spec) => Spec | undefined

const foreignSelector: Mistake = (spec) => ({ ...spec, selector: { matchLabels: { app: 'another' } } })

const without =
  (field: string): Mistake =>
  ({ [field]: _gone, ...spec }) =>
    spec

const inStrategy =
  (name: 'canary' | 'blueGreen', change: (fields: Spec) => Spec): Mistake =>
  (spec) => {
    const fields = (spec.strategy as Readonly<Record<string, Spec | undefined>>)[name]
    return fields && { ...spec, strategy: { [name]: change(fields) } }
  }

const withStep = (step: unknown): Mistake =>
  inStrategy('canary', (canary) => ({ ...canary, steps: [...((canary.steps ?? []) as readonly unknown[]), step] }))

const mistakes: readonly Mistake[] = [
  foreignSelector,
  without('selector'),
  without('template'),
  (spec) => ({ ...spec, strategy: {} }),
  (spec) => ({ ...spec, strategy: { canary: {}, blueGreen: { activeService: 'web-active' } } }),
  (spec) => ({ ...spec, replicas: -1 }),
  (spec) => ({ ...spec, minReadySeconds: 60, progressDeadlineSeconds: 60 }),
  withStep({ setWeight: 101 }),
  withStep({ setWeight: -1 }),
  withStep({ setWeight: 10, pause: {} }),
  withStep({}),
  withStep({ pause: { duration: 'soon' } }),
  withStep({ setCanaryScale: { replicas: 1, weight: 10 } }),
  inStrategy('canary', (canary) => ({ ...canary, maxSurge: 0, maxUnavailable: 0 })),
  inStrategy('canary', ({ stableService: _gone, ...canary }) => canary),
  inStrategy('canary', (canary) => ({ ...canary, canaryService: 'web', stableService: 'web' })),
  inStrategy('blueGreen', (blueGreen) => ({ ...blueGreen, previewService: blueGreen.activeService })),
  inStrategy('blueGreen', (blueGreen) => ({ ...blueGreen, scaleDownDelayRevisionLimit: -1 })),
]

/**
 * The manifests of a Rollout that the controller refuses, for one mistake in an otherwise valid Rollout: a weight of
 * 101, two kinds in one step, a selector that selects other pods.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { invalidRollouts } from 'rollout-engine/check'
 * const [manifests] = fc.sample(invalidRollouts(), { numRuns: 1, seed: 1 })
 * manifests?.length // => 2
 */
export const invalidRollouts = (ranges: Ranges = {}): fc.Arbitrary<readonly KubeObject[]> =>
  fc.tuple(rollouts(ranges), fc.constantFrom(...mistakes)).map(([[rollout, ...others], mistake]) => {
    const valid = rollout as KubeObject
    const spec = valid.spec as Spec
    const wrong = { ...valid, spec: mistake(spec) ?? spec }
    return [isValid(wrong) ? { ...valid, spec: foreignSelector(spec) } : wrong, ...others]
  })
