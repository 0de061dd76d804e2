import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dialect } from '../tidy/house'
import { outsideCode } from './markdown'
import { root } from './snippets'

// Pages are in plain English, as comments are: the word list of docs/internals/style.md holds in them too.

/** The word list itself, and pages that a program writes. */
const exempt = ['docs/internals/style.md']

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.startsWith('reference/'))
    .map((name) => `docs/${name}`),
].filter((page) => !exempt.includes(page))

test.for(pages)('%s', (page) => {
  const prose = outsideCode(readFileSync(join(root, page), 'utf8')).replaceAll(/\s+/g, ' ')
  const found = dialect.flatMap(([phrase, instead]) => {
    const match = phrase.exec(prose)
    return match ? [`"${prose.slice(Math.max(0, match.index - 30), match.index + 30)}": write ${instead}`] : []
  })
  expect(found).toEqual([])
})
