import { publishedEntries } from '../../tsup.config'

// The house rules as data; edit here as the house grows, and docs/internals/architecture.md in the same commit.

const reducersAndReaders = ['input', 'rollout', 'analysis', 'experiment', 'traffic', 'metrics', 'commands', 'view']
const upToReconcile = ['model', ...reducersAndReaders, 'reconcile']

/** Folder or file of src/ -> which other ones it may import from. What is not listed may not exist. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  model: [],
  input: ['model'],
  rollout: ['model'],
  analysis: ['model'],
  experiment: ['model'],
  traffic: ['model'],
  metrics: ['model'],
  commands: ['model'],
  view: ['model'],
  reconcile: ['model', ...reducersAndReaders],
  index: upToReconcile,
  adapters: upToReconcile,
  simulate: [...upToReconcile, 'adapters'],
  check: [...upToReconcile, 'adapters', 'simulate'],
  cli: [...upToReconcile, 'adapters', 'simulate', 'check'],
}

/** Single imports against the arrows, by path prefix. */
export const arrowExceptions: readonly { readonly from: string; readonly to: string; readonly why: string }[] = [
  {
    from: 'src/metrics/',
    to: 'src/analysis/condition/',
    why: 'a provider judges its response with the condition language',
  },
]

/** Package as it is imported -> folders that may. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  'zod/mini': ['input'],
  yaml: ['input'],
  re2js: ['analysis', 'model'],
  'fast-check': ['check'],
}

/** Packages that have one form of import only: the others cost the bundle dearly. */
export const namespaceImports: Readonly<Record<string, string>> = { 'zod/mini': 'z' }

/** Folders that may import `node:` built-ins, and that none of the purity bans bind. */
export const impureFolders: readonly string[] = ['adapters', 'cli']

/** The one file that reads and prints dates. */
export const dateFile = 'src/model/time.ts'

/** Files that may have a WeakMap: a memo by identity, which nobody can tell from computing again. */
export const weakMaps: Readonly<Record<string, string>> = {
  'src/model/hash/printShape.ts': 'printers of a shape, which never changes',
}

/** Functions that may throw: only a programmer's mistake does. */
export const throwers: readonly { readonly path: string; readonly name: string; readonly why: string }[] = []

/** Files that run something when loaded. */
export const programs: readonly string[] = ['src/cli/main.ts']

export const entryFiles: readonly string[] = Object.values(publishedEntries)

export const mostFileLines = 400
export const mostFunctionLines = 70
