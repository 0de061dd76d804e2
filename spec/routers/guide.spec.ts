import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { knownRouters } from '../../src/routers/index'

// The examples of the guide run in the docs test, which compares what they print. Here: no router is missing in it.

const guide = readFileSync(new URL('../../docs/guides/routers.md', import.meta.url), 'utf8')
const [, ...rows] = guide.split('\n').flatMap(
  (line) =>
    line
      .match(/^\| ([^|]+?) \| `([^`]+)` \|/)
      ?.slice(1, 3)
      .join('|') ?? [],
)

test('the table lists every router, in the order in which they are called', () => {
  expect(rows.map((row) => row.split('|')[1])).toEqual(knownRouters)
})

test.for(rows)('%s has a worked example', (row) => {
  const router = row.split('|')[1]
  expect(guide).toMatch(new RegExp(`kind: 'setWeight', router: '${router}', weight: 20`))
})
