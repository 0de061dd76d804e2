import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { behaviourIndex, citedIn, citingFiles, indexFile, sectionsOfPage } from './behaviourIndex'

// Comments and pages cite numbers of docs/reference/behaviour.md: each of them exists, and the index says who cites it.

const numbers = sectionsOfPage().map(({ number }) => number)

test('every number of the behaviour page has one anchor', () => {
  const page = readFileSync(new URL('../../docs/reference/behaviour.md', import.meta.url), 'utf8')
  const headings = [...page.matchAll(/^(.*)\n#+ (\d+(?:\.\d+)*)/gm)]
  expect(headings.length).toBeGreaterThan(90)
  expect(headings.filter(([, before, number]) => before !== `<a id="${number}"></a>`)).toEqual([])
  expect(numbers.filter((number, i) => numbers.indexOf(number) !== i)).toEqual([])
  const targets = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, target = '']) => target)
  expect(targets.filter((target) => !numbers.includes(target))).toEqual([])
})

test('every cited number exists', () => {
  const files = citingFiles(['src', 'spec', 'docs/guides', 'docs/internals'])
  const cited = [...files].flatMap(([path, text]) => citedIn(text).map((number) => ({ path, number })))
  expect(cited.length).toBeGreaterThan(250)
  expect(cited.filter(({ number }) => !numbers.includes(number))).toEqual([])
})

test('lists of numbers are read, over the end of a line too, and a missing number is noticed', () => {
  expect(citedIn('// as behaviour 4.2, 5.4 say\n// (behaviour 7 and\n// 11.2), behaviour 10.19b: 3 pods')).toEqual([
    '4.2',
    '5.4',
    '7',
    '11.2',
    '10.19b',
  ])
  expect(citedIn('behaviour 3.99 and 10.4000').filter((number) => numbers.includes(number))).toEqual([])
  expect(['3.10', '10.42', '10.57', '11.2', '12.1'].filter((number) => !numbers.includes(number))).toEqual([])
})

test('the index is true (npm run stories -- --rewrite writes it again)', () => {
  expect(readFileSync(indexFile, 'utf8')).toBe(behaviourIndex())
})
