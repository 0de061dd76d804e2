import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { limitsPage, limitsTables, numberOf, sections } from './limits'

// Issue 12: every limit is documented, and the page says what the code does.

test('every limit stands in the code under its name', () => {
  const missing = sections.flatMap(({ limits }) =>
    limits.filter(({ file, name }) => numberOf(file, name) === undefined).map(({ file, name }) => `${file} ${name}`),
  )
  expect(missing).toEqual([])
})

test('numbers are read as the code has them', () => {
  expect(numberOf('input/limits.ts', 'maxBytes')).toBe('10,000,000')
  expect(numberOf('adapters/drive.ts', 'longestRetrySeconds')).toBe('300')
  expect(numberOf('adapters/drive.ts', 'noSuchName')).toBeUndefined()
})

test('docs/reference/limits.md has the tables that the code gives', () => {
  const page = readFileSync(limitsPage, 'utf8')
  expect(page.slice(page.indexOf('## '))).toBe(limitsTables())
})

test('SECURITY.md links to it', () => {
  expect(readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8')).toContain('(docs/reference/limits.md)')
})
