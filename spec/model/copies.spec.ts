import { expect, test } from 'vitest'
import { copyToFill, withFields } from '../../src/model/copies'
import { fc } from '../properties/fc'

const seed = 20_300_102
const fields = fc.dictionary(
  fc.oneof(fc.constantFrom('a', 'b', '1', '__proto__', 'constructor'), fc.string()),
  fc.jsonValue(),
)

test('fields and their order are those of a spread', () => {
  fc.assert(
    fc.property(fields, fields, (object, more) => {
      const spread = { ...object, ...more }
      const copy = withFields(object, more)
      expect(copy).toEqual(spread)
      expect(Object.keys(copy)).toEqual(Object.keys(spread))
      expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
      expect(Object.keys(copyToFill(object))).toEqual(Object.keys(object))
      expect(copyToFill(object)).not.toBe(object)
    }),
    { seed, numRuns: 500, verbose: 1 },
  )
  expect(withFields(undefined, { a: 1 })).toEqual({ a: 1 })
})
