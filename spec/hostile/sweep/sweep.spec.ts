import { describe, expect, test } from 'vitest'
import { propertySeed } from '../../properties/seed'
import { randomOf } from '../random'
import { placeless } from './absent'
import { fieldsOf, placesOf, replaced } from './fields'
import { type Observed, observedIn, situationsOf, sweptFamilies } from './observations'
import { deedOf, noteFields, type Sorts, trialsOf } from './sorts'
import { frozen, hostileValues, tryField } from './tryField'

// Issue 12, "one-field sweep". `npm run sweep` goes on where this ends.

const decisionsEach = 500

/** Families that are small. */
const everyOf: Readonly<Record<string, number>> = { 'analysis-run': 100, invalid: 50, 'service-cleanup': 10 }

describe(`no hostile value in any field of a recorded observation throws, changes the input or takes long (PROPERTY_SEED=${propertySeed})`, () => {
  test.for(sweptFamilies)('%s', { timeout: 600_000 }, (family) => {
    const every = everyOf[family] ?? 500
    const observations = situationsOf(family, every, propertySeed).map((one) => frozen(observedIn(one)))
    expect(observations.length).toBeGreaterThan(3)
    const sorts: Sorts = new Map()
    for (const [number, observed] of observations.entries()) noteFields(sorts, observed, number, hostileValues.length)
    const all = [...trialsOf(sorts, hostileValues.length, 1)].flatMap(([number, trials]) =>
      trials.map((trial) => ({ observed: observations[number]!, ...trial })),
    )
    const problems: string[] = []
    // Trials that lie far apart, so that a slice of the sweep sees all fields and values.
    const stride = Math.max(1, Math.floor(all.length / decisionsEach)) | 1
    for (let number = propertySeed % stride; number < all.length; number += stride) {
      const { observed, path, value } = all[number]!
      const field = randomOf(propertySeed, number).pick(placesOf(observed.observation).get(path)!)
      const { problem } = tryField(observed, field, hostileValues[value]?.())
      if (problem !== undefined) problems.push(`${observed.name} ${field.steps.join('.')} value ${value}: ${problem}`)
    }
    expect(problems).toEqual([])
    // Item 8 of the issue: blockers have a place where a field is missing altogether.
    for (const one of observations.slice(0, 2)) expect(placeless(one)).toEqual([])
  })
})

describe('the sweep', () => {
  const observed = (observation: unknown, reduce: Observed['reduce'] = () => ({ changes: [] })): Observed => ({
    name: 'made up',
    reducer: 'rollouts',
    observation,
    reduce,
  })

  test('knows every field, and items of lists and maps as one', () => {
    const observation = { rollout: { metadata: { labels: { a: '1', b: '2' } }, spec: { steps: [{ w: 1 }, { w: 2 }] } } }
    expect([...new Set(fieldsOf(observation).map(({ path }) => path))]).toEqual([
      '.rollout',
      '.rollout.metadata',
      '.rollout.metadata.labels',
      '.rollout.metadata.labels.*',
      '.rollout.spec',
      '.rollout.spec.steps',
      '.rollout.spec.steps[]',
      '.rollout.spec.steps[].w',
    ])
    expect(replaced(observation, ['rollout', 'spec', 'steps', 1, 'w'], null)).toEqual({
      rollout: { ...observation.rollout, spec: { steps: [{ w: 1 }, { w: null }] } },
    })
  })

  const sortsOf = (observations: readonly Observed[]): Sorts => {
    const sorts: Sorts = new Map()
    for (const [number, one] of observations.entries()) noteFields(sorts, one, number, 5)
    return sorts
  }
  const creates = () => ({ changes: [{ kind: 'createReplicaSet' }, { kind: 'evictPod' }] })
  const waits = () => ({ changes: [], blockers: [{ code: 'paused' }] })

  test('gives every value to every field in decisions of every kind', () => {
    const sorts = sortsOf([
      observed({ a: 1 }, creates),
      observed({ a: 1, b: { c: 1 } }, creates),
      observed({ a: 1 }, waits),
    ])
    expect([...sorts.keys()]).toEqual([
      'rollouts .a createReplicaSet',
      'rollouts .b createReplicaSet',
      'rollouts .b.c createReplicaSet',
      'rollouts .a paused',
    ])
    const tried = [...trialsOf(sorts, 5, 5)].flatMap(([number, trials]) =>
      trials.map(({ path, value }) => `${number === 2 ? 'paused' : 'creates'} ${path} ${value}`),
    )
    expect(new Set(tried).size).toBe(4 * 5)
    // Both who have the field in decisions of one kind.
    expect(trialsOf(sorts, 5, 5).get(0)).toHaveLength(3)
  })

  test('gives every value to every field however few each sort gets', () => {
    const kinds = Array.from({ length: 9 }, (_, kind) => observed({ a: 1 }, () => ({ changes: [{ kind }] })))
    const trials = [...trialsOf(sortsOf(kinds), 5, 2)].map(([, list]) => list.map(({ value }) => value))
    expect(trials.map((values) => values.length)).toEqual(kinds.map(() => 2))
    expect(new Set(trials.flat()).size).toBe(5)
  })

  test('draws holders so that later observations come as often as earlier ones', () => {
    const [sort] = sortsOf(Array.from({ length: 1000 }, () => observed({ a: 1 }, creates))).values()
    expect(sort?.seen).toBe(1000)
    expect(sort?.holders).toHaveLength(5)
    expect(Math.max(...(sort?.holders ?? []))).toBeGreaterThan(200)
  })

  test.each([
    [{ changes: [], blockers: [] }, 'nothing'],
    [{ changes: [{ kind: 'evictPod' }], error: {} }, 'error after evictPod'],
    [undefined, 'nothing'],
  ])('%j is a decision of the kind "%s"', (decision, deed) => expect(deedOf(decision)).toBe(deed))

  test.each<readonly [string, Observed['reduce'], RegExp]>([
    ['throws', () => JSON.parse('{'), /^SyntaxError/],
    [
      'changes its input',
      (given) => {
        ;(given as { b: { c: number } }).b.c = 2
        return { changes: [] }
      },
      /^TypeError/,
    ],
    ['gives no decision', () => undefined, /no decision/],
    [
      'takes long',
      () => {
        const { user } = process.cpuUsage()
        while (process.cpuUsage().user - user < 70_000);
        return { changes: [] }
      },
      /takes \d+ ms/,
    ],
  ])('finds a reducer that %s', (_name, reduce, problem) => {
    const made = frozen(observed({ a: 1, b: { c: 1 } }, reduce))
    expect(tryField(made, { steps: ['a'], path: '.a' }, null).problem).toMatch(problem)
  })
})
