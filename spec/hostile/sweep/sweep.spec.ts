import { describe, expect, test } from 'vitest'
import { propertySeed } from '../../properties/seed'
import { placeless } from './absent'
import { fieldsOf, replaced } from './fields'
import { type Observed, observedIn, situationsOf, sweptFamilies } from './observations'
import { exhausted, fieldIn, planOf, stepOf } from './plan'
import { frozen, hostileValues, tryField } from './tryField'

// Issue 12, "one-field sweep". `npm run sweep` goes on where this ends.

const decisionsEach = 600

describe(`no hostile value in any field of a recorded observation throws, changes the input or takes long (PROPERTY_SEED=${propertySeed})`, () => {
  test.for(sweptFamilies)('%s', { timeout: 600_000 }, (family) => {
    const every = family === 'analysis-run' ? 100 : 500
    const observations = situationsOf(family, every, propertySeed).map((one) => frozen(observedIn(one)))
    expect(observations.length).toBeGreaterThan(3)
    const plan = planOf(observations, propertySeed, hostileValues.length)
    const problems: string[] = []
    // Steps that lie far apart, so that a slice of the sweep sees all fields and values.
    const stride = Math.max(1, Math.floor(plan.roundLength / decisionsEach)) | 1
    for (let done = 0; done < decisionsEach; done++) {
      const number = (propertySeed + done * stride) % plan.roundLength
      const step = stepOf(plan, number)!
      const observed = observations[step.holder]!
      const field = fieldIn(observed, step.path, propertySeed, number)
      const { problem } = tryField(observed, field, hostileValues[step.value]?.())
      if (problem !== undefined)
        problems.push(`${observed.name} ${field.steps.join('.')} value ${step.value}: ${problem}`)
    }
    expect(problems).toEqual([])
    // Item 8 of the issue: blockers have a place where a field is missing altogether.
    for (const one of observations.slice(0, 2)) expect(placeless(one)).toEqual([])
  })
})

describe('the sweep', () => {
  const observed = (observation: unknown, reduce: Observed['reduce'] = () => ({ changes: [] })): Observed => ({
    name: 'made up',
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

  test('gives every value to every field of every observation in as many rounds as observations have it', () => {
    const plan = planOf([observed({ a: 1 }), observed({ a: 1, b: { c: 1 } }), observed({ a: 1 })], 7, 5)
    const seen = new Set<string>()
    for (let number = 0; number < 3 * plan.roundLength; number++) {
      const step = stepOf(plan, number)
      if (step) seen.add(`${step.path} ${step.holder} ${step.value}`)
    }
    expect(seen.size).toBe((3 + 1 + 1) * 5)
    expect([1, 2, 3].map((rounds) => exhausted(plan, rounds))).toEqual([2, 2, 3])
  })

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
