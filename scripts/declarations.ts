import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { publishedEntries } from '../tsup.config'

// The types of the package: a declaration file for each source, as the compiler writes it. One file of all types for each
// entry would be shorter to list and worse to read, and takes twenty times as long to make.

const root = fileURLToPath(new URL('..', import.meta.url))
const sourceFolder = join(root, 'src')

/** Path below dist/ (`adapters/drive.d.ts`, `adapters/drive.d.ts.map`) -> text. */
type Declarations = ReadonlyMap<string, string>

/** The declaration files that the published entries need. Imports name files with their extension: `./drive.js`. */
function declarations(): Declarations {
  const emitted = emit()
  const needed = new Map<string, string>()
  const waiting = Object.values(publishedEntries).map((source) => `${below(join(root, source)).replace(/\.ts$/, '')}`)
  for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
    const path = `${module}.d.ts`
    if (needed.has(path)) continue
    const text = emitted.get(path)
    if (text === undefined) throw new Error(`no declarations were made of src/${module}.ts`)
    const named = withExtensions(module, text)
    needed.set(path, named.text)
    needed.set(`${path}.map`, emitted.get(`${path}.map`) ?? '')
    waiting.push(...named.modules)
  }
  return needed
}

/** Writes them, for `import` and for `require`. */
export function writeDeclarations(dist: string): void {
  for (const [path, text] of declarations()) {
    const file = join(dist, path)
    mkdirSync(dirname(file), { recursive: true })
    if (path.endsWith('.map')) {
      const map = mapTo(path, text)
      writeFileSync(file, map)
      writeFileSync(file.replace(/\.d\.ts\.map$/, '.d.cts.map'), map.replace(/\.d\.ts"/, '.d.cts"'))
    } else {
      writeFileSync(file, text)
      writeFileSync(file.replace(/\.d\.ts$/, '.d.cts'), forRequire(text))
    }
  }
}

/** Editors go from a declaration to its source, which the package has beside dist/. */
function mapTo(path: string, text: string): string {
  const map = JSON.parse(text) as { file: string; sources: readonly string[] }
  const source = path.replace(/\.d\.ts\.map$/, '.ts')
  return JSON.stringify({ ...map, sources: [relative(dirname(join('dist', path)), join('src', source))] })
}

/** The same for `require`: `./drive.cjs`, in `drive.d.cts`. */
const forRequire = (text: string): string =>
  text
    .replace(importedFile, (_, before: string, path: string) => `${before}${path.replace(/\.js$/, '.cjs')}`)
    .replace(/^(\/\/# sourceMappingURL=.*\.d)\.ts\.map/m, '$1.cts.map')

const below = (path: string): string => relative(sourceFolder, path).split(sep).join('/')

/** Everything that the compiler makes of the entries. */
function emit(): Map<string, string> {
  const file = join(root, 'tsconfig.node.json')
  const { config } = ts.readConfigFile(file, ts.sys.readFile)
  const program = ts.createProgram(
    Object.values(publishedEntries).map((source) => join(root, source)),
    {
      ...ts.parseJsonConfigFileContent(config, ts.sys, root).options,
      noEmit: false,
      declaration: true,
      declarationMap: true,
      emitDeclarationOnly: true,
      noCheck: true,
      rootDir: sourceFolder,
      outDir: join(root, 'dist'),
    },
  )
  const emitted = new Map<string, string>()
  program.emit(
    undefined,
    (path, text) => void emitted.set(relative(join(root, 'dist'), path).split(sep).join('/'), text),
  )
  return emitted
}

/** A relative module of `from '…'` or `import('…')`. */
const importedFile = /(\bfrom '|\bfrom "|\bimport\(["'])(\.{1,2}\/[^"']+)/g

function withExtensions(module: string, text: string): { text: string; modules: readonly string[] } {
  const modules: string[] = []
  const named = text.replace(importedFile, (_, before: string, path: string) => {
    const target = join(sourceFolder, dirname(module), path)
    const file = existsSync(`${target}.ts`) ? path : `${path}/index`
    modules.push(below(join(sourceFolder, dirname(module), file)))
    return `${before}${file}.js`
  })
  return { text: named, modules }
}
