import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

// Comments cite sections of docs/reference/behaviour.md: each of them has to exist.

const root = fileURLToPath(new URL('../..', import.meta.url))
const reference = readFileSync(join(root, 'docs/reference/behaviour.md'), 'utf8')

const sections = new Set(reference.match(/^#+ (\d+(?:\.\d+)*)/gm)?.map((heading) => heading.replace(/^#+ /, '')))
/** Section 10 numbers its surprises through. */
const surprises = reference.slice(reference.indexOf('\n# 10.'), reference.indexOf('\n# 11.'))
const isSurprise = (number: string): boolean => new RegExp(`(^|\\s)${number}\\. `, 'm').test(surprises)

const exists = (cited: string): boolean =>
  sections.has(cited) || (cited.startsWith('10.') && isSurprise(cited.slice('10.'.length)))

const sources = ['src', 'spec', 'docs/guides', 'docs/internals'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|md)$/.test(path))
    .map((path) => join(folder, path)),
)

test('every cited section of the behaviour document exists', () => {
  const cited = [...sources, 'README.md'].flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/behaviour (\d+(?:\.\d+)*)/g)].map(([, section = '']) => ({
      path,
      section,
    })),
  )
  expect(cited.length).toBeGreaterThan(200)
  expect(cited.filter(({ section }) => !exists(section))).toEqual([])
})

test('a section that does not exist would be noticed', () => {
  expect(exists('3.10')).toBe(true)
  expect(exists('10.41')).toBe(true)
  expect(exists('3.99')).toBe(false)
  expect(exists('10.4000')).toBe(false)
})
