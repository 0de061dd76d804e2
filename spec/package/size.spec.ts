import { expect, test } from 'vitest'
import { publishedEntries } from '../../tsup.config'
import { bundledKilobytes } from './bundle'

/**
 * The most that an entry may weigh in a bundle with everything that it imports, minified and packed, in kB: measured,
 * with a little room. Lower a ceiling when its entry gets smaller. The goal for `.` is 40, see
 * docs/internals/performance.md.
 */
const ceilings: Readonly<Record<string, number>> = {
  '.': 106,
  './analysis': 125,
  './expr': 103,
  './input': 88,
  './adapters': 240,
  './host': 170,
  './node': 1,
  './memory': 177,
  './simulate': 307,
  './metrics': 150,
  './routers': 32,
  './notifications': 166,
  './check': 322,
  './testing': 310,
  './scenario': 389,
  './monitoring': 53,
  './commands': 24,
  './explain': 301,
  './view': 25,
  './lint': 260,
  './pictures': 123,
}

test('every entry has a ceiling', () => {
  expect(Object.keys(ceilings).sort()).toEqual(Object.keys(publishedEntries).sort())
})

test.for(Object.entries(publishedEntries))(
  '%s stays below its ceiling, and the ceiling close to it',
  async ([name, source]) => {
    const most = ceilings[name] ?? 0
    const kilobytes = await bundledKilobytes(source)
    expect(kilobytes).toBeLessThan(most)
    // Raised ceilings are to come down again.
    if (most > 2) expect(kilobytes).toBeGreaterThan(most * 0.8)
  },
)
