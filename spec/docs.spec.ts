import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { beforeAll, describe, expect, test } from 'vitest'
import { publishedEntries } from '../tsup.config'
import { type Entry, entryOf, missingImports } from './docs/examples'
import { typescriptBlocks } from './docs/markdown'
import { compilerOptions, type Outcome, root, runSnippets, type Snippet } from './docs/snippets'
import { manifest } from './package/packed'

// What the documentation shows is true: every ```ts block and every @example type-checks, runs, and gives what it says.
// A block that is not meant to run says ```typescript.

const readme = 'README.md'

function markdownFiles(): string[] {
  const docs = existsSync(join(root, 'docs'))
    ? readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    : []
  const pages = docs.map((name) => `docs/${name.replaceAll('\\', '/')}`).filter((name) => name.endsWith('.md'))
  return [...(existsSync(join(root, readme)) ? [readme] : []), ...pages.sort()]
}

const markdownSnippets = (): Snippet[] =>
  markdownFiles().flatMap((file) =>
    typescriptBlocks(readFileSync(join(root, file), 'utf8')).map(({ code, line, output }) => ({
      name: `${file}:${line}`,
      code,
      ...(output === undefined ? {} : { output }),
    })),
  )

/** What every published entry says of itself. */
function publishedDocs(): (Entry & { readonly name: string })[] {
  const entries = Object.entries(publishedEntries).filter(([, source]) => existsSync(join(root, source)))
  const program = ts.createProgram(
    entries.map(([, source]) => join(root, source)),
    compilerOptions(),
  )
  return entries.map(([name, source]) => ({ name, ...entryOf(program, join(root, source)) }))
}

/** Examples that several entries publish run once. */
function exampleSnippets(published: ReturnType<typeof publishedDocs>): Snippet[] {
  const byPlace = new Map<string, Snippet>()
  for (const { name, names, examples } of published) {
    for (const { file, line, name: published, code } of examples) {
      const place = `${file.slice(root.length)}:${line} ${published}`
      const imports = missingImports(code, names, manifest.name + name.slice(1))
      if (!byPlace.has(place + code)) byPlace.set(place + code, { name: place, code: imports + code })
    }
  }
  return [...byPlace.values()]
}

describe('the documentation', () => {
  const published = publishedDocs()
  const snippets = [...markdownSnippets(), ...exampleSnippets(published)]
  let outcomes: readonly Outcome[] = []
  beforeAll(() => {
    outcomes = runSnippets(snippets)
  }, 400_000)

  test.runIf(existsSync(join(root, readme)))('README.md shows at least one example', () => {
    expect(snippets.filter(({ name }) => name.startsWith(`${readme}:`)).length).toBeGreaterThan(0)
  })

  test.for(published)('every name of $name has a doc comment, every function an example', (entry) => {
    expect({ undocumented: entry.undocumented, withoutExample: entry.withoutExample }).toEqual({
      undocumented: [],
      withoutExample: [],
    })
  })

  test.for(snippets.map((snippet, i) => ({ ...snippet, i })))('$name', ({ i, output }) => {
    expect(outcomes[i]?.problems).toEqual([])
    if (output !== undefined) expect(outcomes[i]?.output.trimEnd()).toBe(output.trimEnd())
  })
})
