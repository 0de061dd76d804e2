import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { sameJson } from '../../src/model/sameJson'
import { fc } from '../properties/fc'

const seed = 20_300_101
const small = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(null, true, 0, 1, '', 'a'),
    fc.array(tie('json'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'constructor', 'toString'), tie('json'), { maxKeys: 3 }),
  ),
})).json

describe('sameJson', () => {
  test('is equality of what JSON says', () => {
    let same = 0
    fc.assert(
      fc.property(small, small, (left, right) => {
        const [one, other] = [left, right].map((value) => JSON.parse(JSON.stringify(value)) as unknown)
        if (sameJson(one, other)) same++
        expect(sameJson(one, other)).toBe(isDeepStrictEqual(one, other))
        expect(sameJson(one, JSON.parse(JSON.stringify(one)))).toBe(true)
      }),
      { seed, numRuns: 3000, verbose: 1 },
    )
    expect(same).toBeGreaterThan(10)
  })

  test.for([
    [{ a: undefined }, {}, true],
    [{}, { a: undefined }, true],
    [{ a: undefined }, { b: undefined }, true],
    [{ a: undefined }, { a: null }, false],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [[undefined], [null], false],
    [[], {}, false],
    [{ 0: 'a' }, ['a'], false],
  ] as const)('%j and %j: %s', ([left, right, expected]) => {
    expect(sameJson(left, right)).toBe(expected)
    expect(sameJson(right, left)).toBe(expected)
  })
})
