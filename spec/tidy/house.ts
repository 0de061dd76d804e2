import { publishedEntries } from '../../tsup.config'

// The house rules as data; edit here as the house grows, and docs/internals/architecture.md in the same commit.

// The floors below the reducers: each may use those before it.
const library = ['model', 'go', 'kube', 'templates']
const reducersAndReaders = [
  'input',
  'rollout',
  'analysis',
  'experiment',
  'routers',
  'metrics',
  'commands',
  'monitoring',
  'notifications',
]
const upToReconcile = [...library, 'secrets', 'expr', 'cluster', ...reducersAndReaders, 'reconcile']

/** Folder or file of src/ -> which other ones it may import from. What is not listed may not exist. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  model: [],
  go: ['model'],
  secrets: ['model', 'go'],
  kube: ['model', 'go'],
  expr: ['model', 'go'],
  templates: ['model', 'go', 'kube'],
  cluster: ['model', 'kube'],
  input: library,
  trafficResources: library,
  rollout: [...library, 'trafficResources'],
  analysis: [...library, 'expr', 'secrets'],
  experiment: library,
  metrics: [...library, 'expr', 'secrets'],
  routers: [...library, 'trafficResources'],
  commands: [...library, 'rollout'],
  monitoring: [...library, 'analysis'],
  notifications: [...library, 'expr', 'input'],
  replay: [...library, 'expr', 'input', 'analysis', 'metrics', 'secrets'],
  lint: [...library, 'expr', 'input', 'rollout', 'replay'],
  reconcile: [...library, ...reducersAndReaders],
  index: upToReconcile,
  adapters: upToReconcile,
  host: [...upToReconcile, 'adapters'],
  node: ['adapters'],
  memory: [...upToReconcile, 'host'],
  simulate: [...upToReconcile, 'adapters', 'replay'],
  explain: [...upToReconcile, 'adapters', 'replay', 'simulate'],
  // Of hosts: what their adapters promise, and types.
  check: [...upToReconcile, 'adapters', 'host', 'replay', 'simulate'],
  scenario: [...upToReconcile, 'simulate', 'check', 'upgrade'],
  testing: [...upToReconcile, 'simulate', 'check', 'scenario'],
  upgrade: [...upToReconcile, 'simulate'],
  // Above the simulator, whose timeline is a view too.
  view: [...library, 'rollout', 'simulate'],
  // Above the views, whose words and icons they have.
  pictures: [...upToReconcile, 'simulate', 'explain', 'view'],
  cli: [
    ...upToReconcile,
    'lint',
    'adapters',
    'replay',
    'simulate',
    'explain',
    'upgrade',
    'check',
    'scenario',
    'view',
    'pictures',
  ],
}

/** Single imports against the arrows, by path prefix. */
export const arrowExceptions: readonly { readonly from: string; readonly to: string; readonly why: string }[] = [
  { from: 'src/rollout/', to: 'src/cluster/effects', why: 'what a change does to an object is written down once' },
  { from: 'src/experiment/', to: 'src/cluster/effects', why: 'what a change does to an object is written down once' },
]

/** Rooms and files of the Rollout reducer, floor by floor from the ground: each may import only from floors below its own. */
export const rolloutFloors: readonly (readonly string[])[] = [
  ['observation', 'defaults'],
  ['specMemory'],
  ['rememberedDecision'],
  ['facts'],
  ['turn'],
  ['desired', 'validation', 'resolve', 'pods', 'analysis', 'experiment', 'steps'],
  ['services', 'revision'],
  ['traffic', 'pause'],
  ['scale'],
  ['status'],
  ['waits'],
  ['pauseWaits'],
  ['prepare', 'replicasOnly', 'canary', 'blockers'],
  ['blueGreen', 'semantics', 'decision'],
  ['reconcileRollout', 'pausedDeadline'],
]

/** Package as it is imported -> folders that may. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  'zod/mini': ['input'],
  yaml: ['input', 'cli'],
  re2js: ['go'],
  immer: ['cluster'],
  'fast-check': ['check'],
  piscina: ['cli'],
}

/** Packages that have one form of import only: the others cost the bundle dearly. */
export const namespaceImports: Readonly<Record<string, string>> = { 'zod/mini': 'z' }

/** Folders that none of the purity bans bind. */
export const impureFolders: readonly string[] = ['adapters', 'host', 'memory', 'node', 'testing', 'cli']

/** Folders that may import `node:` built-ins; everything else runs in browsers. */
export const nodeFolders: readonly string[] = ['node', 'testing', 'cli']

/** The one file that reads and prints dates. */
export const dateFile = 'src/model/time.ts'

/** Files that may have a WeakMap: a memo by identity, which nobody can tell from computing again. */
export const weakMaps: Readonly<Record<string, string>> = {
  'src/rollout/specMemory.ts': 'what was found out about specs, which are immutable values',
  'src/simulate/sameFrame.ts': 'recorded forms of frames, which are immutable values',
  'src/rollout/validation/templateErrors.ts': 'complaints about templates, which are immutable values',
  'src/kube/types/menders.ts': 'what was found out about objects of an observation, which are immutable values',
  'src/kube/types/printShape.ts': 'printers of a shape, which never changes',
  'src/lint/ofTarget.ts': 'what is known of all objects of a target, which is an immutable list',
  'src/analysis/reconcileAnalysisRun.ts': 'plans of specs, which are immutable values',
  'src/analysis/measure.ts': 'metrics as the types have them, which are immutable values',
  'src/adapters/outbox.ts': 'events of a host that wait: this is a host, not the engine',
  'src/kube/types/rolloutPrint.ts': 'printed specs, which are immutable values',
  'src/kube/podTemplate/podTemplatesEqual.ts': 'what templates mean, which are immutable values',
}

/** Files that may name versions of the controller: tables of what each does, and what people are told of them. */
export const versionNames: Readonly<Record<string, string>> = {
  'src/model/controllerVersion.ts': 'which versions there are, and the reader of the option',
  'src/rollout/semantics.ts': 'decisions about Rollouts',
  'src/rollout/validation/dialect.ts': 'what is refused, and the words',
  'src/experiment/semantics.ts': 'decisions about Experiments',
  'src/analysis/semantics.ts': 'decisions about AnalysisRuns',
  'src/expr/language.ts': 'the condition language',
  'src/expr/differences.ts': 'how two languages read one condition: what people are told, no decision',
  'src/kube/types/typeTables.ts': 'types of pod templates and steps, for hashes and comparisons',
  'src/kube/types/rolloutShape.ts': 'types of whole Rollouts, for error texts',
  'src/simulate/writeBack.ts': 'which controllers put what they wrote into their own cache',
  'src/upgrade/knownChanges.ts': 'what people are told of an upgrade',
  'src/lint/rules/abortGetsStuck.ts': 'of which controllers the rule warns',
}

/** Functions that may throw: only a programmer's mistake does. */
export const throwers: readonly { readonly path: string; readonly name: string; readonly why: string }[] = [
  {
    path: 'src/adapters/reconcileObject.ts',
    name: 'carryOut',
    why: 'a host whose answers never end is a mistake of its author',
  },
  {
    path: 'src/check/check.ts',
    name: 'checkStrategy',
    why: 'a test fails by what it throws; tryStrategy returns the same as data',
  },
  {
    path: 'src/check/generate/strategyModel.ts',
    name: 'failOn',
    why: 'a command of fast-check fails by what it throws',
  },
  {
    path: 'src/host/contract/adapterContract.ts',
    name: 'tried',
    why: 'a check of a host fails in its test runner by what it throws',
  },
  {
    path: 'src/testing/checked.ts',
    name: 'checkAndSave',
    why: 'a test fails by what it throws; tryStrategy returns the same as data',
  },
  { path: 'src/adapters/reconcileObject.ts', name: 'passOn', why: 'what a port rejects with is for the host to judge' },
  {
    path: 'src/go/unwind.ts',
    name: 'fail',
    why: 'unwinds an interpreter of upstream; `attempt` turns it into data',
  },
  { path: 'src/go/unwind.ts', name: 'attempt', why: 'what no `fail` raised is a mistake in the program' },
  {
    path: 'src/input/readObject.ts',
    name: 'mistakesOf',
    why: 'what is no overflow of zod is a mistake in the program',
  },
  {
    path: 'src/input/text/yamlText.ts',
    name: 'compose',
    why: 'what is not our own signal is a mistake in the program',
  },
  { path: 'src/input/text/yamlText.ts', name: 'giveUp', why: 'the only way to stop the parser; caught beside it' },
  {
    path: 'src/metrics/exchange/exchange.ts',
    name: 'secondsOf',
    why: 'a host that has no clock is a mistake of its author',
  },
  {
    path: 'src/kube/types/shape.ts',
    name: 'fieldsOf',
    why: 'a type that the generated table lacks is a mistake in the table',
  },
]

/** Files that run something when loaded. */
export const programs: readonly string[] = ['src/cli/main.ts']

export const entryFiles: readonly string[] = Object.values(publishedEntries)

export const mostFileLines = 260
/** Specs hold tables and generators of cases. */
export const mostSpecLines = 500
export const mostFunctionLines = 55

/** Columns of a comment; examples in doc comments are code and may be longer. */
export const mostCommentColumns = 120

/** Phrases that readers who did not grow up with our dialect stop at -> what to write. The list of docs/internals/style.md. */
export const dialect: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [/\bgoe?s? by\b/, 'uses, follows'],
  [/\b(?:is|are|was|were|be|been) told\b/, 'gets, is reported, is called with'],
  [/\btold of\b/, 'notified of, called with'],
  [/\bcomes? to nothing\b/, 'has no effect'],
  [/\bcomes? to (?:the same|different|another)\b/, 'is, results in'],
  [/\bis what it was\b/, 'is unchanged'],
  [/\bstands? in\b/, 'is in'],
  [/\ba look\b|\blooks? again\b/, 'a check, checks again, reconciles again'],
  [/\bin the way of an?\b/, 'like a'],
  [/\bmakes? out\b/, 'determines'],
  [/\bhand(?:s|ed)? on\b/, 'passes'],
  [/\bof its own accord\b/, 'by itself'],
  [/\bknows? of\b/, 'has, supports'],
  [/\bas good as\b/, 'almost, equals'],
  [/\bwears?\b/, 'has'],
  [/\bmends?\b(?!\.ts)|\bmended\b/, 'repairs, normalizes'],
  [/\bsees? to it\b/, 'ensures'],
  [/\bin the place of\b/, 'instead of'],
  [/\bwhat (?:came|becomes|became) of\b/, 'the result of'],
  [/\bin the making\b/, 'the state of, a builder of'],
  [/\bwhoever\b/, 'a caller that, code that'],
  [/\bfor ever\b/, 'forever'],
  [/\ball the same\b/, 'anyway, still'],
  [/\bthe very same\b/, 'the same'],
]
