import { expect, test } from 'vitest'
import { parseDurationSeconds, readDuration } from '../../src/go/durationSeconds'
import { fc } from '../properties/fc'

test('what is read letter by letter is what ParseDuration reads', () => {
  const texts = fc.tuple(fc.stringMatching(/^[0-9]{0,8}$/), fc.constantFrom('s', 'm', 'h', '', 'ms', 'x', '.5s'))
  fc.assert(
    fc.property(texts, ([digits, unit]) => {
      const read = readDuration(digits + unit)
      expect(parseDurationSeconds(digits + unit)).toBe('error' in read ? undefined : read.duration.seconds)
    }),
    { numRuns: 500 },
  )
})
