import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// docs/reference/behaviour-index.md: which files cite which section of the behaviour page. Generated: `npm run stories -- --rewrite`.

const root = fileURLToPath(new URL('../..', import.meta.url))
const pageFile = join(root, 'docs/reference/behaviour.md')

export const indexFile = join(root, 'docs/reference/behaviour-index.md')

interface Section {
  readonly number: string
  readonly title: string
}

/** Every number of the behaviour page that has an anchor, in its order: sections, surprises (`10.42`), corrections (`12.1`). */
export function sectionsOfPage(page: string = readFileSync(pageFile, 'utf8')): Section[] {
  return [...page.matchAll(/<a id="([^"]+)"><\/a>\n?(?:#+ )?(?:\S*\d\S* )?(.*)/g)].map(
    ([, number = '', title = '']) => ({
      number,
      title: shortTitle(title),
    }),
  )
}

/** The first words of a heading or an item, without the places in Go's files. */
function shortTitle(title: string): string {
  const words = title.replace(/^\(on .*?\): /, '').replace(/ \((?:[\w/.]+[:.,][^)]*|[\w-]+)\).*/, '')
  return words.length <= 90 ? words : `${words.slice(0, words.lastIndexOf(' ', 88))} …`
}

const list = /behaviour (\d+(?:\.\d+)*b?(?:(?:, and |, | and | to )\d+(?:\.\d+)*b?)*)/g

/** The numbers that a text cites: `behaviour 3.10`, `behaviour 4.2, 5.4`, `behaviour 7 and 11.2`. */
export function citedIn(text: string): string[] {
  const unwrapped = text.replaceAll(/\n\s*(?:\/\/|\*) ?/g, ' ')
  return [...unwrapped.matchAll(list)].flatMap(([, numbers = '']) => numbers.match(/\d+(?:\.\d+)*b?/g) ?? [])
}

/** Path of each source, spec and page -> its text. */
export function citingFiles(folders: readonly string[]): ReadonlyMap<string, string> {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|md)$/.test(path))
      .map((path) => `${folder}/${path}`),
  )
  // The test of the citations makes some up.
  const real = paths.filter((path) => !path.startsWith('spec/docs/behaviour'))
  return new Map(real.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

/** The page of the index, as it has to be. */
export function behaviourIndex(): string {
  const files = citingFiles(['src', 'spec'])
  const citing = new Map<string, string[]>()
  for (const [path, text] of files)
    for (const number of new Set(citedIn(text))) citing.set(number, [...(citing.get(number) ?? []), path])
  const rows = sectionsOfPage().flatMap(({ number, title }) => {
    const paths = citing.get(number)
    return paths ? [`- [${number}](behaviour.md#${number}) ${title}`, ...paths.map(link)] : []
  })
  return `${intro}\n${rows.join('\n')}\n`
}

const link = (path: string): string => `  - [${path}](../../${path})`

const intro = `# Where each behaviour is decided

Sections of [behaviour.md](behaviour.md), with the files whose comments cite them. This page is generated:
\`npm run stories -- --rewrite\` writes it again, and \`npm run check\` fails where it is out of date. No file
cites a section that is not listed.
`
