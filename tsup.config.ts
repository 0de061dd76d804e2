import { existsSync } from 'node:fs'
import type { Options } from 'tsup'

/**
 * Every published entry: the name in package.json's `exports`, and its source. The one table that the build, the tests
 * and the path mappings derive from (spec/package/manifest.spec.ts compares package.json and tsconfig.json with it).
 */
export const publishedEntries: Readonly<Record<string, string>> = {
  '.': 'src/index.ts',
  './analysis': 'src/analysis/index.ts',
  './expr': 'src/expr/index.ts',
  './input': 'src/input/index.ts',
  './adapters': 'src/adapters/index.ts',
  './host': 'src/host/index.ts',
  './node': 'src/node/index.ts',
  './memory': 'src/memory/index.ts',
  './simulate': 'src/simulate/index.ts',
  './metrics': 'src/metrics/index.ts',
  './routers': 'src/routers/index.ts',
  './notifications': 'src/notifications/index.ts',
  './check': 'src/check/index.ts',
  './testing': 'src/testing/index.ts',
  './scenario': 'src/scenario/index.ts',
  './monitoring': 'src/monitoring/index.ts',
  './commands': 'src/commands/index.ts',
  './explain': 'src/explain/index.ts',
  './view': 'src/view/index.ts',
  './lint': 'src/lint/index.ts',
  './pictures': 'src/pictures/index.ts',
}

/** What package.json's `bin` runs, and the program of the worker threads of `sweep` and `check`. */
export const command = { source: 'src/cli/main.ts', built: 'dist/cli/main.js' }
const worker = 'src/cli/workers/worker.ts'

/** `src/input/index.ts` is built as `input/index`: dist/ has the folders of src/. */
export const builtName = (source: string): string => source.replace(/^src\//, '').replace(/\.ts$/, '')

function entriesOf(sources: readonly string[]): Record<string, string> {
  const missing = sources.filter((source) => !existsSync(source))
  if (missing.length > 0) throw new Error(`tsup.config.ts lists entries that are not there: ${missing.join(', ')}`)
  return Object.fromEntries(sources.map((source) => [builtName(source), source]))
}

const libraries = Object.values(publishedEntries)
const core = 'src/index.ts'
const others = libraries.filter((source) => source !== core)

const common: Options = {
  // Named for `node:` imports to stay outside; that none reaches the core is what spec/package/core.spec.ts checks.
  platform: 'node',
  target: 'es2022',
  tsconfig: 'tsconfig.node.json',
  treeshake: false,
  removeNodeProtocol: false,
  silent: true,
  sourcemap: true,
  // The package has the sources beside dist/.
  esbuildOptions: (options) => {
    options.sourcesContent = false
  },
}

// A function, so that the table can be imported without the sources being there.
export default (): Options[] => [
  // The core is one file: as chunks shared with everything else it would be thirty, and take nearly twice as long to import.
  { ...common, entry: entriesOf([core]), format: 'esm', splitting: false },
  // The command shares the libraries' chunks, so it is built with them.
  { ...common, entry: entriesOf([...others, command.source, worker]), format: 'esm', splitting: true },
  // scripts/emit-types.ts writes the types, and scripts/finish-build.mjs makes CommonJS of these.
]
