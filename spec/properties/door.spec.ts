import { describe, expect, test } from 'vitest'
import { reconcileAnalysisRun } from '../../src/analysis/index'
import { reconcileExperiment, reconcileRollout } from '../../src/index'
import type { Blocker } from '../../src/model/blocker'
import { observeExperiment } from '../../src/simulate/observeExperiment'
import type { Situation } from '../conformance/trace'
import { updating } from '../rollout/update'
import { fc } from './fc'
import { observationOf, recordedSituations } from './recorded'
import { propertySeed } from './seed'

// Parse at the door: a field of another type counts as missing, wherever it stands, and each is told once.

interface Decided {
  readonly blockers: readonly Blocker[]
}
interface Recorded {
  readonly observation: unknown
  readonly reduce: (observation: unknown) => Decided
}

const reduceRollout = (observation: unknown): Decided => reconcileRollout(observation as never)
const reduceExperiment = (observation: unknown): Decided => reconcileExperiment(observation as never)
const reduceRun = (observation: unknown): Decided => reconcileAnalysisRun(observation as never)

function recordedOf({ objects, key, now, ...situation }: Situation): Recorded {
  if (key.startsWith('rollouts/'))
    return { observation: observationOf({ objects, key, now, ...situation }), reduce: reduceRollout }
  if (key.startsWith('experiments/'))
    return { observation: observeExperiment(objects, key, now), reduce: reduceExperiment }
  return { observation: { now, analysisRun: objects[key] }, reduce: reduceRun }
}

interface Field {
  readonly path: string
  readonly holder: readonly (string | number)[]
  readonly key: string
  readonly value: unknown
}

/** Every field of every object in a JSON value, as a path reads: `rollout.spec.strategy.canary.steps[0].setWeight`. */
function fieldsOf(value: unknown, path = '', holder: readonly (string | number)[] = []): Field[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((item, at) => fieldsOf(item, `${path}[${at}]`, [...holder, at]))
  return Object.entries(value).flatMap(([key, item]) => {
    const at = path === '' ? key : `${path}.${key}`
    return [{ path: at, holder, key, value: item }, ...fieldsOf(item, at, [...holder, key])]
  })
}

/** A copy in which one field holds something else, or is gone. */
function changed(value: unknown, { holder, key }: Field, next: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(value))
  const object = holder.reduce((at, step) => at[step], copy)
  if (next === undefined) delete object[key]
  else object[key] = next
  return copy
}

/** What no field of a kind may hold. */
const otherTypes: readonly unknown[] = [{ odd: true }, ['odd'], 'odd', 0.5, true]
const isOther = (value: unknown, odd: unknown): boolean => {
  if (typeof value === 'string') return typeof odd !== 'string'
  if (typeof value === 'number') return typeof odd === 'object' || odd === true
  if (typeof value === 'boolean') return odd !== true
  return typeof odd !== 'object'
}

const malformedOf = ({ blockers }: Decided): string[] =>
  blockers.flatMap((one) => (one.code === 'malformed' ? [one.data.path] : []))

const withoutMalformed = (decided: Decided): string =>
  JSON.stringify({ ...decided, blockers: decided.blockers.filter(({ code }) => !code.startsWith('malformed')) })

const families = [
  'canary-basic',
  'canary-routed',
  'blue-green',
  'canary-analysis',
  'experiment',
  'analysis-run',
] as const

describe(`a field of another type counts as missing (PROPERTY_SEED=${propertySeed})`, () => {
  test.for(families)('%s', (family) => {
    const recorded = [...recordedSituations(family, family === 'analysis-run' ? 53 : 401)].map(({ situation }) =>
      recordedOf(situation),
    )
    let told = 0
    fc.assert(
      fc.property(fc.constantFrom(...recorded), fc.nat(), fc.nat(), ({ observation, reduce }, where, what) => {
        const fields = fieldsOf(JSON.parse(JSON.stringify(observation)))
        const field = fields[where % fields.length] as Field
        const odd = otherTypes.filter((one) => isOther(field.value, one))
        const spoilt = reduce(changed(observation, field, odd[what % odd.length]))
        const paths = malformedOf(spoilt)
        if (paths.length === 0) return
        expect(paths).toEqual([field.path])
        told++
        const isSame = withoutMalformed(spoilt) === withoutMalformed(reduce(changed(observation, field, undefined)))
        expect(isSame, field.path).toBe(true)
      }),
      { seed: propertySeed, numRuns: 400 },
    )
    expect(told).toBeGreaterThan(100)
  })
})

describe('what is believed by accident in a language without types', () => {
  const strategy = { canary: { steps: [{ setWeight: 25 }, { pause: {} }] } }
  const sound = updating({ strategy })
  const spoil = (spec: object): Decided =>
    reconcileRollout({ ...sound, rollout: { ...sound.rollout, spec: { ...sound.rollout.spec, ...spec } } } as never)

  test.for([
    ['paused', 'false'],
    ['replicas', '4'],
    ['minReadySeconds', '5'],
    ['progressDeadlineSeconds', '600'],
    ['revisionHistoryLimit', 2.5],
    ['progressDeadlineAbort', 'false'],
  ] as const)('%s: %j is no value of this field', ([field, value]) => {
    const spoilt = spoil({ [field]: value })
    expect(malformedOf(spoilt)).toEqual([`rollout.spec.${field}`])
    expect(withoutMalformed(spoilt)).toBe(withoutMalformed(spoil({ [field]: undefined })))
  })

  test('a time of the host that is none', () => {
    expect(malformedOf(reconcileRollout({ ...sound, now: 'yesterday' }))).toEqual(['now'])
    expect(malformedOf(reduceRollout({ ...sound, now: 1893456000 }))).toEqual(['now'])
  })

  test('several are told one by one, in order; a hundred at most, and how many there are beyond', () => {
    expect(malformedOf(spoil({ paused: 'no', replicas: '4' }))).toEqual([
      'rollout.spec.replicas',
      'rollout.spec.paused',
    ])
    const decided = spoil({ strategy: { canary: { steps: Array.from({ length: 5000 }, () => 'step') } } })
    expect(malformedOf(decided)).toHaveLength(100)
    expect(decided.blockers[100]).toEqual({ code: 'malformedBeyond', data: { count: 4900 } })
  })

  test('nulls are missing values, and no news', () => {
    const nulls = spoil({
      paused: null,
      minReadySeconds: null,
      analysis: null,
      strategy: { ...strategy, blueGreen: null },
    })
    expect(malformedOf(nulls)).toEqual([])
    expect(withoutMalformed(nulls)).toBe(withoutMalformed(spoil({})))
  })

  test('what is missing altogether has a path', () => {
    expect(malformedOf(reduceRollout(undefined))).toEqual(['now', 'the observation'])
    expect(malformedOf(reduceRollout({ now: sound.now }))).toEqual(['rollout', 'replicaSets'])
    expect(malformedOf(reduceExperiment({ now: sound.now, experiment: {} }))).toEqual([
      'experiment.metadata',
      'experiment.spec',
      'replicaSets',
    ])
    expect(malformedOf(reduceRun({ now: sound.now, analysisRun: { metadata: { name: 'x' } } }))).toEqual([
      'analysisRun.spec',
    ])
  })
})

test('the answers of the host go through the same door', () => {
  const plugin = { plugin: { name: 'acme/smoke' } }
  const strategy = { canary: { steps: [plugin, { setWeight: 20 }], maxSurge: 1, maxUnavailable: 0 } }
  const asking = updating({ strategy, newPods: 0 })
  const [ask] = reconcileRollout(asking).asks
  const answer = { phase: 'Running', error: 5, message: ['x'], requeueAfterSeconds: 'soon' }
  const decided = reduceRollout({ ...asking, answers: { replies: { [ask!.key]: answer } } })
  expect(malformedOf(decided)).toEqual([`answers.replies.${ask!.key}.error`, `answers.replies.${ask!.key}.message`])
})

test('a sparse array of any length is no list', () => {
  const sound = updating({ strategy: { canary: {} } })
  const decided = reduceRollout({ ...sound, pods: new Array(2 ** 32 - 1) })
  expect(malformedOf(decided)).toEqual(['pods'])
  const all = reduceRollout({ ...sound, replicaSets: new Array(2 ** 32 - 1) })
  expect(malformedOf(all)).toEqual(['replicaSets'])
})

test('neither is one in a field that has no type, nor in an object that is kept whole', () => {
  const sound = updating({ strategy: { canary: {} } })
  const containers = [{ name: 'web', image: 'web:1', resources: { limits: { cpu: new Array(2 ** 32 - 1) } } }]
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers } }
  const spoilt = { ...sound.rollout, spec: { ...sound.rollout.spec, template } }
  expect(malformedOf(reduceRollout({ ...sound, rollout: spoilt }))).toEqual([
    'rollout.spec.template.spec.containers[0].resources.limits.cpu',
  ])
  const ingresses = [{ kind: 'Ingress', metadata: { name: 'web' }, spec: { rules: new Array(2 ** 32 - 1) } }]
  expect(malformedOf(reduceRollout({ ...sound, ingresses }))).toEqual(['ingresses[0].spec'])
  const circle: unknown[] = []
  circle.push(circle)
  const provider = { web: { url: 'http://shop.example', jsonBody: circle } }
  const spec = { metrics: [{ name: 'm', provider }] }
  expect(malformedOf(reduceRun({ now: sound.now, analysisRun: { metadata: { name: 'x' }, spec } }))).toEqual([
    'analysisRun.spec.metrics[0].provider',
  ])
})

test('a field that no type knows may hold itself', () => {
  const circle: unknown[] = []
  circle.push(circle, { circle })
  const experiment = { templates: [{ name: 'a', specRef: 'canary' }], analyses: circle }
  const sound = updating({ strategy: { canary: { steps: [{ experiment } as never] } } })
  expect(malformedOf(reduceRollout(sound)).length).toBeGreaterThan(0)
})

test('a step index beyond all steps costs nothing', () => {
  const strategy = {
    canary: { steps: [{ setWeight: 25 }], canaryService: 'c', stableService: 's', trafficRouting: {} },
  }
  const { status } = reconcileRollout(updating({ strategy, status: { currentStepIndex: 2 ** 31 - 1 } }))
  expect(status.phase).toBeDefined()
  expect(malformedOf(reconcileRollout(updating({ strategy, status: { currentStepIndex: 2 ** 53 } })))).toEqual([
    'rollout.status.currentStepIndex',
  ])
})
