import { describe, expect, test } from 'vitest'
import { hasAnEnd } from '../../src/model/json'
import { fc } from '../properties/fc'
import { propertySeed } from '../properties/seed'

// Issue 12: fields of no type (a Job, a plugin's configuration) are walked to their end, so they must have one.

/** Counts how often somebody looks at what it holds. */
function watched(target: Record<string, unknown>): { readonly value: Record<string, unknown>; looks: () => number } {
  let looks = 0
  const ownKeys = (object: object): (string | symbol)[] => {
    looks++
    return Reflect.ownKeys(object)
  }
  return { value: new Proxy<Record<string, unknown>>(target, { ownKeys }), looks: () => looks }
}

const chain = (depth: number): unknown => {
  let value: unknown = 'x'
  for (let level = 0; level < depth; level++) value = { value }
  return value
}

describe('hasAnEnd', () => {
  test(`is true for all JSON (PROPERTY_SEED=${propertySeed})`, () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => hasAnEnd(value)),
      { seed: propertySeed },
    )
  })

  test.each([
    ['a text', 'x'],
    ['nothing', null],
    ['what comes in many places', Array<unknown>(5_000).fill({ a: [{ b: 1 }] })],
    ['what is deep', chain(50_000)],
    ['a long list', Array<number>(100_000).fill(1)],
  ])('is true for %s', (_, value) => expect(hasAnEnd(value)).toBe(true))

  const cyclic: unknown[] = []
  cyclic.push(cyclic, { cyclic })
  const behind: Record<string, unknown> = { a: { b: {} } }
  behind.c = { d: [behind] }
  // Each level holds the next one twice: 2^40 nodes.
  let doubled: unknown = 'x'
  for (let level = 0; level < 40; level++) doubled = [doubled, doubled]

  test.each([
    ['a list that contains itself', cyclic],
    ['an object that contains itself further down', behind],
    ['a list that is too long', new Array(2 ** 32 - 1)],
    ['what is too deep to walk', chain(300_000)],
    ['what doubles on each level', doubled],
  ])('is false for %s', (_, value) => expect(hasAnEnd(value)).toBe(false))

  test('a circle ends the walk where it closes, not when everything allowed was walked', () => {
    const target: Record<string, unknown> = { list: chain(30) }
    const { value, looks } = watched(target)
    target.again = [1, 2, { value }]
    expect(hasAnEnd({ value, others: chain(30) })).toBe(false)
    expect(looks()).toBeLessThan(5)
  })
})
