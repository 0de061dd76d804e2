import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiReport, outdatedPages } from '../../scripts/apiReport'
import { jsonSchemaOf, modelKinds } from '../../src/input'
import { builtName, command, publishedEntries } from '../../tsup.config'
import { guideSteps, installBeside, missingLine, takeStep } from './guideWalk'
import { manifest, type Packed, packAndInstall, root, run } from './packed'
import { packageOf, reachOf } from './reach'

// The package as users get it: built, packed and installed in a temporary folder.

let packed: Packed
beforeAll(() => {
  packed = packAndInstall()
}, 600_000)
afterAll(() => packed?.remove(), 60_000)

const entries = Object.entries(publishedEntries).map(([name, source]) => ({
  name,
  specifier: name === '.' ? manifest.name : `${manifest.name}${name.slice(1)}`,
  built: `dist/${builtName(source)}`,
}))
const inPackage = (path: string): string => join(packed.installed, path)

describe('the tarball', () => {
  test('holds the licence, what is built, its sources, pages and examples, and nothing else', () => {
    const known = /^(dist|src|docs|examples)\//
    const beside = packed.files.filter((path) => !known.test(path))
    expect(beside.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'])
    const built = packed.files.filter((path) => /^dist\/(?!schemas\/)/.test(path))
    expect(built.filter((path) => !/\.(js|cjs|d\.ts|d\.cts)(\.map)?$/.test(path))).toEqual([])
  })

  test('has source maps that lead to its sources', () => {
    const chunk = packed.files.find((path) => /^dist\/chunk-\w+\.cjs$/.test(path))
    for (const path of ['dist/index.js', 'dist/index.cjs', chunk]) {
      const { sources } = JSON.parse(readFileSync(inPackage(`${path}.map`), 'utf8')) as { sources: readonly string[] }
      expect(sources.length).toBeGreaterThan(0)
      expect(sources.filter((source) => !/(^|\/)src\/[\w/.]+\.ts$/.test(source))).toEqual([])
    }
  })

  test('has declarations that lead to the sources that it has', () => {
    const maps = packed.files.filter((path) => /\.d\.c?ts\.map$/.test(path))
    const lost = maps.filter((path) => {
      const { sources } = JSON.parse(readFileSync(inPackage(path), 'utf8')) as { sources: readonly string[] }
      return !sources.every((source) => packed.files.includes(join(dirname(path), source)))
    })
    expect(maps.length).toBeGreaterThan(entries.length)
    expect(lost).toEqual([])
  })

  test('holds the schema of every kind, for editors', () => {
    const names = ['manifest', 'Simulation', ...modelKinds].map((kind) => `dist/schemas/${kind}.json`)
    expect(packed.files.filter((path) => path.startsWith('dist/schemas/')).sort()).toEqual(names.sort())
    const schema = JSON.parse(readFileSync(inPackage('dist/schemas/Rollout.json'), 'utf8')) as unknown
    expect(schema).toEqual(jsonSchemaOf('Rollout'))
  })

  test('publishes what docs/reference/api says (npm run api writes it again)', () => {
    const folder = join(root, 'docs/reference/api')
    const report = apiReport(inPackage('dist'))
    expect(outdatedPages(report, folder, readdirSync(folder))).toEqual([])
  }, 60_000)

  test('is clean for publint', async () => {
    const bytes = readFileSync(packed.tarball)
    const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([])
  })

  test('is clean for attw, whichever way modules are resolved', () => {
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js')
    expect(() => run(process.execPath, [attw, packed.tarball, '--profile', 'strict'], packed.consumer)).not.toThrow()
  }, 60_000)

  test('has an executable command', () => {
    expect(readFileSync(inPackage(command.built), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
    expect(statSync(inPackage(command.built)).mode & 0o111).not.toBe(0)
  })
})

describe('the installed command', () => {
  // As npm makes it: a link among the project's commands, run from a folder that has nothing else.
  const runCommand = (
    words: readonly string[],
    input: string,
  ): { stdout: string; stderr: string; status: number | null } => {
    const link = join(packed.consumer, 'node_modules/.bin', manifest.name)
    mkdirSync(dirname(link), { recursive: true })
    if (!existsSync(link)) symlinkSync(inPackage(command.built), link)
    return spawnSync(link, words, { cwd: packed.consumer, input, encoding: 'utf8' })
  }

  test('simulates what it gets from standard input', () => {
    const manifests = readFileSync(join(root, 'examples/01-what-will-happen/rollout.yaml'), 'utf8')
    const { stdout, stderr, status } = runCommand(['simulate', '-', '--ready-after', '3s', '--until', '1m'], manifests)
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    expect(stdout).toMatch(/^TIME .*\n0s .* Progressing .*\n3s .* Healthy\n/)
  })

  test('says what is wrong with it, with file, line and path', () => {
    const { stderr, status } = runCommand(
      ['simulate', '-'],
      'kind: Rollout\napiVersion: argoproj.io/v1alpha1\nspec: 3\n',
    )
    expect(status).toBe(1)
    expect(stderr).toMatch(/^-:3: spec: expected a mapping, got the number 3/m)
  })
})

describe('who imports it', () => {
  test('gets the same names by import and by require', () => {
    const names = entries.map(({ specifier }) => specifier)
    const loop = (load: string): string =>
      `const found = {}\nfor (const name of ${JSON.stringify(names)}) found[name] = Object.keys(${load}).sort()\n`
    const print = 'console.log(JSON.stringify(found))\n'
    writeFileSync(join(packed.consumer, 'load.mjs'), loop('await import(name)') + print)
    writeFileSync(join(packed.consumer, 'load.cjs'), loop('require(name)') + print)
    const imported = JSON.parse(run(process.execPath, ['load.mjs'], packed.consumer)) as Record<string, string[]>
    const required = JSON.parse(run(process.execPath, ['load.cjs'], packed.consumer)) as Record<string, string[]>
    expect(required).toEqual(imported)
    for (const name of names) expect([name, imported[name]?.length]).not.toEqual([name, 0])
  })

  // Bun and Deno come as npm packages too: `npm install --prefix /tmp/runtimes bun deno`, and its .bin on the PATH.
  const runtimes = {
    node: [],
    bun: [],
    deno: ['run', '--allow-read', '--allow-env', '--node-modules-dir=manual'],
  }
  for (const [runtime, words] of Object.entries(runtimes)) {
    const isThere = spawnSync(runtime, ['--version']).status === 0
    test.runIf(isThere)(
      `gets an answer under ${runtime}`,
      () => {
        copyFileSync(join(root, 'scripts/try-package.mjs'), join(packed.consumer, 'try-package.mjs'))
        const said = run(runtime, [...words, 'try-package.mjs'], packed.consumer)
        expect(said.trim()).toBe(`${manifest.version}: ${entries.length} entries; 0s Healthy, 30s Paused, 90s Healthy`)
      },
      60_000,
    )
  }

  test.for(['mts', 'cts'])('gets types that hold without DOM and Node, in .%s', { timeout: 60_000 }, (extension) => {
    const file = join(packed.consumer, `types.${extension}`)
    const lines = entries.map(({ specifier }, i) => `import * as entry${i} from '${specifier}'\nexport { entry${i} }\n`)
    writeFileSync(file, lines.join(''))
    expect(ownDiagnostics(file)).toEqual([])
  })
})

test('the guide to testing strategies, walked from npm install to a found outage', { timeout: 600_000 }, () => {
  const folder = packed.consumer
  const [install, ...steps] = guideSteps()
  const wanted = install && 'command' in install ? install.command.split(' ').slice(3) : []
  expect(wanted).toEqual(['rollout-engine', 'fast-check', 'vitest'])
  installBeside(folder, wanted.slice(1))
  expect(steps.length).toBeGreaterThan(9)
  for (const step of steps) {
    const printed = takeStep(folder, step)
    if ('command' in step)
      expect([step.command, missingLine(step.printed, printed), printed]).toEqual([step.command, undefined, printed])
  }
})

/** What TypeScript has to say about the file and the package, but not about the packages that it depends on. */
function ownDiagnostics(file: string): string[] {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
  })
  return ts
    .getPreEmitDiagnostics(program)
    .filter((one) => !one.file || one.file.fileName === file || one.file.fileName.startsWith(packed.installed))
    .map((one) => `${one.file?.fileName}: ${ts.flattenDiagnosticMessageText(one.messageText, '\n')}`)
}

describe('what an entry loads', () => {
  const mayNeedNode = ['./node', './testing']
  const known = new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }))

  describe.for(entries)('$name', ({ name, built }) => {
    test.for(['js', 'cjs'])('dist %s: declared packages only, Node built-ins in node and testing only', (extension) => {
      const { outside } = reachOf(inPackage(`${built}.${extension}`))
      const undeclared = outside.filter((specifier) => !known.has(packageOf(specifier)))
      expect(mayNeedNode.includes(name) ? undeclared.filter((one) => !one.startsWith('node:')) : undeclared).toEqual([])
      if (!['./check', './testing'].includes(name)) expect(outside).not.toContain('fast-check')
    })
  })

  test.for(['js', 'cjs'])('the core (%s) has neither schemas nor YAML', (extension) => {
    const { outside } = reachOf(inPackage(`dist/index.${extension}`))
    expect(outside.filter((specifier) => specifier !== 're2js')).toEqual([])
  })

  test('the core loads where only the language is there', () => {
    const context = createContext({})
    const require = createRequire(inPackage('dist/index.cjs'))
    const load = (file: string): Record<string, unknown> => {
      const wrapped = `(function (module, exports, require) {\n${readFileSync(file, 'utf8')}\n})`
      const module = { exports: {} as Record<string, unknown> }
      runInContext(wrapped, context, { filename: file })(module, module.exports, (name: string) =>
        load(require.resolve(name)),
      )
      return module.exports
    }
    expect(Object.keys(load(inPackage('dist/index.cjs'))).length).toBeGreaterThan(0)
  })

  test('importing the core costs not much more than importing yaml', () => {
    // Best runs of many, in turn: other work on the machine makes runs slower, never faster, and both alike.
    const script = `const before = process.cpuUsage()
await import(process.argv[2])
const { user, system } = process.cpuUsage(before)
console.log((user + system) / 1000)\n`
    writeFileSync(join(packed.consumer, 'cost.mjs'), script)
    const best = { core: Number.POSITIVE_INFINITY, yaml: Number.POSITIVE_INFINITY }
    const costOf = (name: string): number => Number(run(process.execPath, ['cost.mjs', name], packed.consumer))
    for (let round = 0; round < 12; round++) {
      best.core = Math.min(best.core, costOf(manifest.name))
      best.yaml = Math.min(best.yaml, costOf('yaml'))
    }
    expect(best.core / best.yaml).toBeLessThan(1.5)
  }, 60_000)
})
