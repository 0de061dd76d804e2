import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { builtName, publishedEntries } from '../tsup.config'

// The published surface as text: what changes here changes for users. docs/reference/api has a page for each entry.

/** Name of a page (`adapters.api.md`) -> its text. `dist` is a folder with the declarations of the package. */
export function apiReport(dist: string): ReadonlyMap<string, string> {
  const files = Object.entries(publishedEntries).map(([name, source]) => ({
    name,
    file: join(dist, `${builtName(source)}.d.ts`),
  }))
  const options = { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16, types: [] }
  const program = ts.createProgram(
    files.map(({ file }) => file),
    { ...options, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], noCheck: true },
  )
  const pages = files.map(({ name, file }) => ({ name, page: pageOf(name), names: namesOf(program, file) }))
  return new Map([
    ['README.md', contents(pages)],
    ...pages.map(({ name, page, names }) => [page, pageText(name, names)] as const),
  ])
}

interface Page {
  readonly name: string
  readonly page: string
  readonly names: ReadonlyMap<string, string>
}

const contents = (pages: readonly Page[]): string =>
  [
    '# The published names',
    '',
    'A page for each entry of the package. Doc comments, with what for, units and examples, are in the declarations that the package has,',
    'where editors show them, and on the site (`site/`).',
    '',
    '| entry | names |',
    '|---|---|',
    ...pages.map(({ name, page, names }) => `| [rollout-engine${name.slice(1)}](${page}) | ${names.size} |`),
    '',
  ].join('\n')

const pageOf = (entry: string): string => `${entry === '.' ? 'index' : entry.slice(2)}.api.md`

const pageText = (entry: string, names: ReadonlyMap<string, string>): string =>
  [
    `# rollout-engine${entry.slice(1)}`,
    '',
    'Every published name with its type. `npm run api` writes this page; a test compares it with the package.',
    '',
    '```typescript',
    [...names.values()].join('\n\n'),
    '```',
    '',
  ].join('\n')

/** Published name -> its declarations without comments, in the order of the names. */
function namesOf(program: ts.Program, file: string): ReadonlyMap<string, string> {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const module = source && checker.getSymbolAtLocation(source)
  const exported = module ? checker.getExportsOfModule(module) : []
  return new Map(
    exported
      .map((symbol) => ({
        name: symbol.name,
        of: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, of }) => [name, (of.declarations ?? []).map((one) => declarationText(name, one)).join('\n')]),
  )
}

const printer = ts.createPrinter({ removeComments: true })

function declarationText(name: string, declaration: ts.Declaration): string {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  const text = printer
    .printNode(ts.EmitHint.Unspecified, node, declaration.getSourceFile())
    .replace(/^(?:export )?(?:declare )?/, '')
    .replaceAll('    ', '  ')
  const { text: own } = (declaration as ts.Declaration & { readonly name: ts.Identifier }).name
  return own === name ? text : `// as ${name}\n${text}`
}

/** Pages that differ from what the folder has, by name; missing ones and those of entries that are gone too. */
export function outdatedPages(
  report: ReadonlyMap<string, string>,
  folder: string,
  present: readonly string[],
): string[] {
  const gone = present.filter((name) => !report.has(name))
  const changed = [...report].filter(
    ([name, text]) => !present.includes(name) || readFileSync(join(folder, name), 'utf8') !== text,
  )
  return [...gone, ...changed.map(([name]) => name)]
}
