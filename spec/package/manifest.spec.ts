import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { builtName, command, publishedEntries } from '../../tsup.config'
import { type Manifest, manifest, root } from './packed'

const conditions = (built: string) => ({
  import: { types: `./${built}.d.ts`, default: `./${built}.js` },
  require: { types: `./${built}.d.cts`, default: `./${built}.cjs` },
})

describe('package.json', () => {
  test('exports exactly what tsup.config.ts builds', () => {
    const expected = Object.entries(publishedEntries).map(([name, source]) => [
      name,
      conditions(`dist/${builtName(source)}`),
    ])
    const files = { './schemas/*': './dist/schemas/*', './package.json': './package.json' }
    expect(manifest.exports).toEqual({ ...Object.fromEntries(expected), ...files })
  })

  test('lists types before code in every condition', () => {
    for (const exported of Object.values(manifest.exports))
      if (typeof exported === 'object')
        for (const one of Object.values(exported as object)) expect(Object.keys(one)).toEqual(['types', 'default'])
  })

  test('leads tools that read no `exports` to the same types', () => {
    const { main, types, typesVersions } = manifest
    expect([main, types]).toEqual(['./dist/index.cjs', './dist/index.d.ts'])
    const paths = Object.values(publishedEntries).map((source) => source.replace('src/', ''))
    expect(paths.filter((path) => path !== 'index.ts' && !/^\w+\/index\.ts$/.test(path))).toEqual([])
    expect(typesVersions?.['*']?.['*']).toEqual(['./dist/*/index.d.ts'])
  })

  test('runs the command that is built', () => {
    expect(manifest.bin).toEqual({ [manifest.name]: command.built })
    expect(command.built).toBe(`dist/${builtName(command.source)}.js`)
  })

  test('scripts run files that are there', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const files = Object.values(scripts).flatMap((script) => script.match(/\b(?:src|spec)\/\S+\.ts/g) ?? [])
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })
})

test('every published source is there', () => {
  expect(Object.values(publishedEntries).filter((source) => !existsSync(join(root, source)))).toEqual([])
})

test('tsconfig.json maps the published names to their sources', () => {
  const file = join(root, 'tsconfig.json')
  const { config } = ts.readConfigFile(file, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(file))
  for (const [name, source] of Object.entries(publishedEntries)) {
    const specifier = manifest.name + name.slice(1)
    const { resolvedModule } = ts.resolveModuleName(specifier, join(root, 'examples/any.ts'), options, {
      ...ts.sys,
      fileExists: (path) => path === join(root, source) || ts.sys.fileExists(path),
    })
    expect([name, resolvedModule?.resolvedFileName]).toEqual([name, join(root, source)])
  }
})

interface Lock {
  readonly packages: Readonly<
    Record<string, { version: string; dependencies?: unknown; optionalDependencies?: Record<string, string> }>
  >
}

describe.for(['.', 'site'])('the lock file of %s', (folder) => {
  const text = readFileSync(join(root, folder, 'package-lock.json'), 'utf8')
  const { packages } = JSON.parse(text) as Lock

  test('records no registry addresses, and the package as it is', () => {
    const own = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Partial<Manifest>
    const { version, dependencies, devDependencies } = own
    expect(text).not.toMatch(/"resolved"|https?:\/\/registry/)
    expect(packages['']).toMatchObject(JSON.parse(JSON.stringify({ version, dependencies, devDependencies })))
  })

  test('has the packages of every platform, or npm ci refuses it', () => {
    // A registry that has only some platforms makes `npm install` leave the others out.
    const isLocked = (from: string, name: string): boolean =>
      Object.hasOwn(packages, `${from === '' ? '' : `${from}/`}node_modules/${name}`) ||
      (from !== '' && isLocked(from.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, ''), name))
    const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(from, name)),
    )
    expect(missing).toEqual([])
  })
})
