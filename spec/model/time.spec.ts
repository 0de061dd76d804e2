import { describe, expect, test } from 'vitest'
import { formatTime, parseTime } from '../../src/model/time'
import { fc } from '../properties/fc'

const seed = 20_300_101

describe('times', () => {
  test('whole seconds of all years come back as they were printed', () => {
    const least = Date.UTC(2000, 0, 1) / 1000 - 2000 * 365.2425 * 86_400
    fc.assert(
      fc.property(fc.integer({ min: least, max: Date.UTC(9999, 11, 31) / 1000 }), (seconds) => {
        const text = `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
        expect(formatTime(seconds)).toBe(text)
        expect(parseTime(text)).toBe(seconds)
      }),
      { seed, numRuns: 5000, verbose: 1 },
    )
  })

  test('every day of four centuries is read and printed as the calendar has it', () => {
    for (let day = 0; day < 146_097; day++) {
      const seconds = Date.UTC(1970, 0, 1) / 1000 + day * 86_400 + (day % 86_400)
      const text = `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
      if (parseTime(text) !== seconds || formatTime(seconds) !== text) expect(day).toBe(undefined)
    }
  })

  test('fractions are read digit by digit as the pattern reads them', () => {
    // A small z is left to the pattern.
    const fraction = fc.string({ unit: fc.constantFrom(...'0123456789', '.', 'Z', ' '), maxLength: 11 })
    fc.assert(
      fc.property(fraction, fc.constantFrom('2030-01-01', '2032-02-29', '2030-01-31', '2030-02-30'), (digits, day) => {
        const text = `${day}T12:34:56.${digits}`
        expect(parseTime(`${text}Z`)).toBe(parseTime(`${text}z`))
      }),
      { seed, numRuns: 2000, verbose: 1 },
    )
    expect(parseTime('2030-01-01T00:00:00.123456789Z')).toBe(1_893_456_000.1234567)
  })

  test.for([
    ['2030-02-28T23:59:59Z', 1_898_553_599],
    ['2032-02-29T00:00:00Z', 1_961_625_600],
    ['2030-02-29T00:00:00Z', undefined],
    ['2030-04-31T00:00:00Z', undefined],
    ['2030-00-01T00:00:00Z', undefined],
    ['2030-13-01T00:00:00Z', undefined],
    ['2030-01-00T00:00:00Z', undefined],
    ['2030-01-01T24:00:00Z', undefined],
    ['2030-01-01T00:60:00Z', undefined],
    ['2030-01-01T00:00:60Z', undefined],
    ['2030-01-01 00:00:00Z', undefined],
    ['203a-01-01T00:00:00Z', undefined],
    ['2030-01-01T00:0 :00Z', undefined],
    ['2030-01-01t00:00:00z', 1_893_456_000],
    ['2030-01-01T00:00:00.5Z', 1_893_456_000.5],
    ['2030-01-01T02:00:00+02:00', 1_893_456_000],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ] as const)('%s is %s', ([text, seconds]) => {
    expect(parseTime(text)).toBe(seconds)
  })
})
