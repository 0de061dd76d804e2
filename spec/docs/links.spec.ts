import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { linksOf, slugsOf } from './markdown'
import { root } from './snippets'

// Links of all pages lead somewhere, and docs/README.md is the table of contents: every page is in it, once, or in the README of
// its own folder.

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...['docs', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md') && !/(^|\/)(node_modules|site)\//.test(name))
      .map((name) => join(folder, name)),
  ),
]

const textOf = (page: string): string => readFileSync(join(root, page), 'utf8')

/** Path from the root and fragment of a link to a file of ours. */
function targetOf(page: string, link: string): { path: string; fragment: string } {
  const [file = '', fragment = ''] = link.split('#')
  return { path: file === '' ? page : relative(root, join(root, dirname(page), decodeURI(file))), fragment }
}

const isOurs = (link: string): boolean => !/^[a-z]+:/.test(link)

test.for(pages)('links of %s lead somewhere', (page) => {
  const broken = linksOf(textOf(page)).filter((link) => {
    if (!isOurs(link)) return false
    const { path, fragment } = targetOf(page, link)
    if (!existsSync(join(root, path))) return true
    return fragment !== '' && path.endsWith('.md') && !slugsOf(textOf(path)).includes(fragment)
  })
  expect(broken).toEqual([])
})

const contents = 'docs/README.md'
const listed = (page: string): string[] => linksOf(textOf(page)).map((link) => targetOf(page, link).path)

test('the table of contents has every page once', () => {
  const folders = ['docs/reference/api', 'docs/reference/lint', 'docs/internals/decisions']
  const own = pages.filter((page) => page.startsWith('docs/') && page !== contents)
  const expected = own.filter((page) => page.endsWith('README.md') || !folders.includes(dirname(page)))
  // The first lines name the first pages once more.
  const body = linksOf(textOf(contents).slice(textOf(contents).indexOf('## '))).map(
    (link) => targetOf(contents, link).path,
  )
  expect(body.sort()).toEqual(expected.sort())
  for (const folder of folders) {
    const inside = own.filter((page) => dirname(page) === folder && !page.endsWith('README.md'))
    expect(inside.filter((page) => !listed(`${folder}/README.md`).includes(page))).toEqual([])
  }
})

test('the README leads to the beginning and to the table of contents', () => {
  expect(listed('README.md')).toEqual(expect.arrayContaining(['docs/start.md', 'docs/concepts.md', contents]))
})
