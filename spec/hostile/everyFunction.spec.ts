import { describe, expect, test } from 'vitest'
import { publishedEntries } from '../../tsup.config'
import { attackOnce } from './attack'
import { samples } from './samples'
import { type Target, targetsOf, withoutSample } from './targets'

const targets = (await Promise.all(Object.keys(publishedEntries).map(targetsOf))).flat()

describe('every published function is attacked', () => {
  test('with sound arguments that are spoilt: add yours to spec/hostile/samples.ts', () => {
    expect(withoutSample(targets.map(({ name }) => name))).toEqual([])
  })

  test('and nothing else is', () => {
    const published = targets.map(({ name }) => name)
    expect(Object.keys(samples).filter((name) => !published.includes(name))).toEqual([])
  })

  test('a function that is published without a sample is found', () => {
    expect(withoutSample(['stepHash', 'brandNew'])).toEqual(['brandNew'])
  })
})

describe('the attack finds', () => {
  const attacked = (call: Target['call']): Target => ({
    entry: '.',
    name: 'made up',
    inputOf: () => [{ a: { b: 1 }, c: 2 }],
    sound: [],
    takesNothing: false,
    call,
  })

  test('what throws, with the smallest input', async () => {
    const found = await attackOnce(
      attacked(([given]) => {
        if ((given as { a?: object }).a) throw new RangeError('no')
      }),
      1,
      0,
    )
    expect(found).toMatchObject({ problem: 'RangeError: no', input: '[{ "a": {  } }]' })
  })

  test('what changes its input', async () => {
    const found = await attackOnce(
      attacked(([given]) => {
        ;(given as { c: number }).c = 3
      }),
      1,
      0,
    )
    expect(found?.problem).toContain('TypeError')
  })

  test('what remembers', async () => {
    let calls = 0
    expect(
      (
        await attackOnce(
          attacked(() => calls++),
          1,
          0,
        )
      )?.problem,
    ).toBe('the same input gave something else')
  })
})
