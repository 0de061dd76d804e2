import { describe, expect, test } from 'vitest'
import { mender } from '../../src/kube/types/mend'
import { fc } from '../properties/fc'
import { deepFreeze } from '../properties/recorded'
import { propertySeed } from '../properties/seed'

const mend = mender<unknown>({
  root: 'Thing',
  types: {
    Thing:
      'name:string size?:int32 big?:int64 limit?:*intOrString at?:*time on?:bool parts:[]Part tags?:map[]string any?:rawJSON all?:[]rawJSON',
    Part: 'name:string',
  },
})

describe('data of unknown origin', () => {
  test('what is as it should be is the very same object, with fields that nobody knows', () => {
    const thing = deepFreeze({
      name: 'a',
      size: -1,
      big: 2 ** 40,
      limit: '10%',
      at: '2030-01-01T00:00:00Z',
      parts: [{ name: 'p', colour: 'blue' }],
      tags: { a: 'b' },
      any: [null],
      colour: 'red',
    })
    expect(mend(thing)).toBe(thing)
    expect(mend({ ...thing, size: 'x' })).toEqual({ ...thing, size: undefined })
  })

  test('other types count as missing, what has to be there is empty', () => {
    const empty = { name: '', parts: [] }
    for (const value of [undefined, null, 7, 'x', [], {}]) expect(mend(value)).toEqual(empty)
    const wrong = {
      name: 1,
      size: 0.5,
      big: 2 ** 64,
      limit: 1e10,
      at: 'soon',
      on: 'yes',
      parts: {},
      tags: [],
      any: null,
    }
    expect(mend(wrong)).toEqual(empty)
  })

  test('items of lists are mended one by one, entries of maps are left out, and good ones stay the same', () => {
    const good = { name: 'p' }
    const mended = mend({ name: 'a', parts: [good, null, 'x', { name: 2 }], tags: { a: 'b', c: 1, d: null } })
    expect(mended).toEqual({
      name: 'a',
      parts: [good, { name: '' }, { name: '' }, { name: '' }],
      tags: { a: 'b', d: '' },
    })
    expect((mended as { parts: unknown[] }).parts[0]).toBe(good)
  })

  test('in lists of anything, nothing is mended', () => {
    const thing = deepFreeze({ name: 'a', parts: [], all: [null, 1, { name: 2 }] })
    expect(mend(thing)).toBe(thing)
  })

  test(`mended is well-formed, whatever it was (PROPERTY_SEED=${propertySeed})`, () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const once = mend(deepFreeze(value))
        expect(mend(once)).toBe(once)
      }),
      { seed: propertySeed, numRuns: 300 },
    )
  })
})
