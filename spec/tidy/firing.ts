import { mostFileLines, mostFunctionLines, mostSpecLines, throwers, versionNames, weakMaps } from './house'

/** Path and text of a made-up file. */
type MadeUp = readonly [path: string, text: string]

interface Firing {
  /** Each fires the rule. */
  readonly fires: readonly MadeUp[]
  /** Each looks similar, and none fires it. */
  readonly silent: readonly MadeUp[]
}

const at =
  (path: string) =>
  (text: string): MadeUp => [path, text]
const inModel = at('src/model/a.ts')
const inRouters = at('src/routers/a.ts')
const inInput = at('src/input/a.ts')
const inRollout = at('src/rollout/a.ts')
const inCli = at('src/cli/a.ts')
const inTime = at('src/model/time.ts')
const inSpec = at('spec/a.spec.ts')
const lines = (count: number, line = '// x'): string => `${line}\n`.repeat(count)
const functionOf = (count: number): string => `function f() {\n${lines(count - 2)}}\n`

/** Made-up sources by the name of the rule that they are about. */
export const firing: Readonly<Record<string, Firing>> = {
  'versions: names': {
    fires: [
      inRollout("const x = facts.controller === 'v1.8'"),
      inRollout("const x = { 'v1.9': 1 }"),
      inCli("f('v1.10')"),
      at('src/lint/a.ts')('const x = `v1.7`'),
    ],
    silent: [
      inRollout('// since v1.9\nconst x = 1'),
      inCli("const x = 'compare rollout.yaml --controller v1.8,v1.10'"),
      ...Object.keys(versionNames).map((path) => at(path)("const x = { 'v1.9': 1 }")),
    ],
  },
  'versions: questions': {
    fires: [
      inRollout("const x = facts.controller === 'main'"),
      inRollout('const x = newestRelease !== facts.controller'),
      at('src/expr/a.ts')('const x = controllerVersions.indexOf(version) > 2'),
      at('src/kube/types/a.ts')("switch (version) { case 'main': f() }"),
      at('src/analysis/a.ts')("const x = controller >= 'v1.9'"),
    ],
    silent: [
      inRollout('const x = known?.controller === controller'),
      inRollout('const x = ofVersion(semantics, controller ?? newestRelease)'),
      inRollout("const x = branch === 'trunk'"),
      inCli('const x = controller === newestRelease'),
      at('src/expr/differences.ts')('const x = controllerVersions.indexOf(version) > 2'),
    ],
  },
  'floors of the Rollout reducer': {
    fires: [
      at('src/rollout/facts/a.ts')("import type { Turn } from '../turn/turn'"),
      at('src/rollout/traffic/a.ts')("import { x } from '../scale/x'"),
      at('src/rollout/traffic/a.ts')("import { x } from '../pause/x'"),
      at('src/rollout/canary.ts')("import { x } from './reconcileRollout'"),
      at('src/rollout/attic/a.ts')(''),
    ],
    silent: [
      at('src/rollout/turn/a.ts')("import type { Facts } from '../facts/facts'"),
      at('src/rollout/traffic/a.ts')("import { x } from './x'"),
      at('src/rollout/canary.ts')("import { x } from './traffic/x'"),
      at('src/rollout/facts/a.ts')("import { x } from '../../model/x'"),
    ],
  },
  'import arrows': {
    fires: [
      inModel("import { x } from '../rollout/x'"),
      inModel("export { x } from '../reconcile'"),
      inRollout("import type { X } from '../analysis/x'"),
      inRollout("type X = import('../experiment/x').X"),
      inRollout("const x = import('../input/x')"),
      at('src/metrics/a.ts')("import { x } from '../analysis/verdict'"),
      at('src/simulate/deep/a.ts')("import { x } from '../../check/x'"),
      at('src/index.ts')("export { x } from './simulate/x'"),
      inRollout("import { x } from '../../spec/x'"),
      inRollout("import { x } from './x.js'"),
      at('src/attic/a.ts')(''),
      at('src/helpers.ts')(''),
    ],
    silent: [
      inModel("import { x } from './deep/x'"),
      inRollout("import { x } from '../model/deep/x'"),
      at('src/metrics/a.ts')("import { x } from '../expr/x'"),
      at('src/reconcile.ts')("import { x } from './rollout/x'"),
      at('src/simulate/deep/a.ts')("import { x } from '../../adapters/x'"),
      at('src/index.ts')("export { x } from './reconcile'"),
      inCli("import { x } from '../check/x'"),
    ],
  },
  packages: {
    fires: [
      inModel("import * as z from 'zod/mini'"),
      inInput("import { z } from 'zod/mini'"),
      inInput("import * as zod from 'zod/mini'"),
      inInput("import * as z from 'zod'"),
      inRollout("import { parse } from 'yaml'"),
      inRollout("import { RE2JS } from 're2js'"),
      at('src/simulate/a.ts')("import fc from 'fast-check'"),
      inRollout("import { readFileSync } from 'node:fs'"),
      at('src/adapters/a.ts')("import { readFileSync } from 'node:fs'"),
      inCli("import { readFileSync } from 'fs'"),
      inCli("import { x } from 'left-pad'"),
      inCli("import { x } from 'constructor'"),
      inRollout("const fs = require('node:fs')"),
    ],
    silent: [
      inInput("import * as z from 'zod/mini'"),
      inInput("import { parse } from 'yaml'"),
      at('src/go/a.ts')("import { RE2JS } from 're2js'"),
      at('src/check/a.ts')("import fc from 'fast-check'"),
      inCli("import { readFileSync } from 'node:fs'"),
      at('src/node/a.ts')("import { readFileSync } from 'node:fs'"),
    ],
  },
  'bounded loops': {
    fires: [
      ...['while (x) f()', 'do f(); while (x)', 'for (;;) f()', 'for (let i = 0; i < count; i++) f()'].map(inModel),
      ...['for (let i = 0; i < x.length; i++) x.push(i)', 'for (let i = 0; i < x.length; i++) { i = 0 }'].map(inModel),
      ...['for (let i = given; i >= 0; i--) f()', 'for (let i = 0; i < x.length; i += step) f()'].map(inModel),
      ...["'x'.repeat(count)", "x.padStart(width, '0')", 'new Array(count)', 'Array.from({ length: count })'].map(
        inModel,
      ),
    ],
    silent: [
      ...['for (const x of y) f(x)', 'for (let i = 0; i < x.length; i++) f(x[i])', 'x.map(f)'].map(inModel),
      ...['for (let i = 0; i < 3; i++) f()', 'for (let i = x.length - 1; i >= 0; i--) f(x[i])'].map(inModel),
      ...["'x'.repeat(3)", "x.padStart(2, '0')", 'Array.from({ length: x.length })', 'Array.from(x)'].map(inModel),
      inSpec('while (x) f()'),
    ],
  },
  'impure globals': {
    fires: [
      ...['performance.now()', 'process.env.X', 'console.log(1)', 'crypto.randomUUID()', 'fetch(url)'].map(inModel),
      ...['setTimeout(f, 1)', 'setInterval(f, 1)', 'queueMicrotask(f)', 'globalThis.x', "eval('1')"].map(inModel),
      ...["Function('return 1')", 'new Function()', 'new Intl.Collator()', 'new Date(0)', 'let d: Date'].map(inModel),
      ...['const x = { fetch }', 'import.meta.url', 'const { process } = x', 'const now = Date'].map(inModel),
    ],
    silent: [
      ...['x.process()', 'const x = { console: 1 }', 'interface X { fetch: string }', 'const { Date: d } = x'].map(
        inModel,
      ),
      inTime('new Date(0)'),
      inCli('console.log(process.argv, performance.now(), new Date())'),
      inSpec('console.log(process.argv)'),
    ],
  },
  clock: {
    fires: [
      ...['new Date()', 'new Date', 'Date.now()', 'Date()', "Date['now']()", 'const D = Date'].map(inTime),
      inModel('new Date()'),
    ],
    silent: [
      ...['new Date(0)', 'Date.UTC(1970, 0)', 'Date.parse(text)', 'let d: Date', 'x.Date()'].map(inTime),
      inCli('Date.now()'),
    ],
  },
  randomness: {
    fires: ['Math.random()', "Math['random']()", 'const { random } = Math', 'const m = Math'].map(inModel),
    silent: [...['Math.floor(1)', 'x.random()', 'x.Math'].map(inModel), inCli('Math.random()')],
  },
  locale: {
    fires: ['a.localeCompare(b)', 'n.toLocaleString()', "n['toLocaleString']()", 'const { toLocaleUpperCase } = s'].map(
      inModel,
    ),
    silent: [...['s.toUpperCase()', 'const locale = 1'].map(inModel), inCli('n.toLocaleString()')],
  },
  asynchrony: {
    fires: [
      ...['async function f() {}', 'const f = async () => 1', 'const x = { async f() {} }', 'await f()'].map(inModel),
      ...['Promise.resolve(1)', 'type F = () => Promise<number>', 'for await (const x of y) f(x)'].map(inModel),
    ],
    silent: [...['function* f() {}', 'x.Promise'].map(inModel), inCli('async function f() { await g() }')],
  },
  classes: {
    fires: ['class X {}', 'const X = class {}', 'export class X extends Y {}'].map(inModel),
    silent: [inModel('const x = { class: 1 }')],
  },
  'module state: declarations only': {
    fires: [
      'let x = 1',
      'var x = 1',
      'export let x: number',
      'f()',
      'if (x) f()',
      'for (const x of y) f(x)',
      'x.y = 1',
    ].map(inCli),
    silent: [
      inModel(
        "import 'x'\nexport { y } from './y'\nexport const x = 1\ntype X = 1\ninterface Y {}\nfunction f() { let z = 1 }",
      ),
      at('src/cli/main.ts')('run()'),
    ],
  },
  'module state: collections': {
    fires: [
      ...['const x = new Map()', 'const x = new Set([1])', 'const x: Set<number> = new Set()'].map(inModel),
      ...['const x = { y: new Map() }', 'const x: ReadonlyMap<1, 2> = f(new Set())', 'const x = new WeakMap()'].map(
        inModel,
      ),
      ...['const f = g(new Set())', 'function f() { return new WeakSet() }'].map(inModel),
    ],
    silent: [
      ...["const x: ReadonlySet<string> = new Set(['a'])", 'const x: ReadonlyMap<1, 2> = new Map([[1, 2]])'].map(
        inModel,
      ),
      ...['const x = new Set([1]) as ReadonlySet<number>', 'function f() { const x = new Map() }'].map(inModel),
      ...Object.keys(weakMaps).map((path) => at(path)('const x = new WeakMap()')),
      ...['const x: Record<string, ReadonlySet<string>> = { a: new Set() }', 'const f = () => new Set()'].map(inModel),
    ],
  },
  'module state: writes': {
    fires: [
      ...['x[k] = 1', 'x.y.z = 1', 'delete x[k]', 'x.push(1)', 'x.y.sort()', 'x!.n++', '--x.n', 'x.n ||= 1'].map(
        (write) => inModel(`const x = f()\nfunction g() { ${write} }`),
      ),
      inModel('const x = {}\nconst g = () => Object.assign(x, { a: 1 })'),
      inModel("import { x } from './x'\nfunction g() { x.y = 1 }"),
      inModel('const x = /a/g\nconst f = (s) => x.test(s)'),
      inModel('const x = /a/yu\nconst f = (s) => x.exec(s)'),
    ],
    silent: [
      ...['const x = []; x.push(1)', 'for (const x of y) x.z = 1', 'const y = [...x].sort()', 'return x.y === 1'].map(
        (text) => inModel(`const x = f()\nfunction g() { ${text} }`),
      ),
      inModel('const x = f()\nfunction g({ x }) { x.y = 1 }'),
      inModel('const x = f()\nfunction g() { try { h() } catch (x) { x.y = 1 } }'),
      inModel('const x = f()\nconst g = (x) => () => { x.y = 1 }'),
      inModel('const x = f()\nfunction g() { return -x.n }'),
      inModel('const x = /a/y\nfunction f(s) { x.lastIndex = 0; return x.exec(s) }'),
      inModel("const x = /a/g\nconst f = (s) => s.replace(x, 'b')"),
    ],
  },
  'no any': {
    fires: ['let x: any', 'const x = y as any', 'type X = Record<string, any>', 'function f(x: any[]) {}'].map(inModel),
    silent: [...["let x: unknown = 'any'", '// any', 'const any = 1'].map(inModel), inSpec('let x: any')],
  },
  'no type suppression': {
    fires: ['// @ts-ignore\nx', '/* @ts-expect-error why */ x', '// @ts-nocheck'].map(inModel),
    silent: [inModel('// ts ignores this'), inSpec('// @ts-expect-error must not compile\nx')],
  },
  'no enum': {
    fires: [
      'enum X { A }',
      'const enum X { A }',
      'namespace X { const a = 1 }',
      'declare global { interface X {} }',
    ].map(inModel),
    silent: [inModel("type X = 'a' | 'b'"), inModel('const x = { enum: [] }')],
  },
  'no default export': {
    fires: ['export default 1', 'export default function f() {}', 'export { x as default }', 'export = x'].flatMap(
      (text) => [inModel(text), inSpec(text)],
    ),
    silent: [
      ...["export { default as x } from './x'", 'export const x = { default: 1 }'].map(inModel),
      at('vitest.config.ts')('export default {}'),
    ],
  },
  'no throw': {
    fires: ["function f() { throw new Error('x') }", "const f = () => { throw 'x' }"].flatMap((text) => [
      inModel(text),
      inCli(text),
    ]),
    silent: [
      ...throwers.map(({ path, name }) => at(path)(`function ${name}() { throw x }`)),
      inModel('// throw'),
      inSpec("function f() { throw new Error('x') }"),
    ],
  },
  'file length': {
    fires: [inModel(lines(mostFileLines + 1)), inSpec(lines(mostSpecLines + 1))],
    silent: [inModel(lines(mostFileLines)), at('src/view/a.generated.ts')(lines(mostFileLines + 1))],
  },
  'function length': {
    fires: [
      inModel(functionOf(mostFunctionLines + 1)),
      inModel(`const f = () => {\n${lines(mostFunctionLines)}}\n`),
      inModel(`const x = {\nf() {\n${lines(mostFunctionLines)}} }\n`),
    ],
    silent: [
      inModel(functionOf(mostFunctionLines)),
      inModel(`/**\n${lines(20, ' * x')} */\n${functionOf(mostFunctionLines)}`),
      inSpec(functionOf(mostFunctionLines + 1)),
    ],
  },
  'comments wrap at 120 columns': {
    fires: [
      inRouters(`/** ${'word '.repeat(24)}*/\nconst x = 1\n`),
      inRouters(`/**\n * Short.\n * ${'word '.repeat(24)}\n */\nconst x = 1\n`),
      inRouters(`const x = 1\n\n// ${'word '.repeat(24)}\n`),
    ],
    silent: [
      inRouters(`/** ${'word '.repeat(22)}*/\nconst x = 1\n`),
      inRouters(`/**\n * Short.\n *\n * @example\n * const x = '${'word '.repeat(24)}'\n */\nexport const x = 1\n`),
      inRouters(`const x = '${'word '.repeat(24)}'\n`),
      inSpec(`// ${'word '.repeat(24)}\n`),
      at('src/model/a.generated.ts')(`// ${'word '.repeat(24)}\n`),
    ],
  },
  'plain English': {
    fires: [
      inRouters('/** The name that it goes by. */\nconst x = 1\n'),
      inRouters('/**\n * What the router is\n * told.\n */\nconst x = 1\n'),
      inRouters('const x = 1 // whoever calls\n'),
    ],
    silent: [
      inRouters('/** The name that it uses. */\nconst x = 1\n'),
      inRouters('/** `goes by` is code. */\nconst goesBy = "goes by"\n'),
      inRouters('/**\n * Short.\n *\n * @example\n * f("is told")\n */\nexport const x = 1\n'),
    ],
  },
  'no barrels': {
    fires: [
      at('src/rollout/index.ts')('export const x = 1'),
      inRollout("export { x } from './x'\nexport type { Y } from './y'"),
    ],
    silent: [
      at('src/index.ts')("export { x } from './x'"),
      at('src/reconcile.ts')("export { x } from './x'"),
      inRollout("export { x } from './x'\nexport const y = 1"),
    ],
  },
  'documented entries': {
    fires: [
      at('src/index.ts')('export function f() {}'),
      at('src/index.ts')('export const f = () => 1'),
      at('src/index.ts')('/** */\nexport function f() {}'),
      at('src/index.ts')("export * from './model/documented'"),
      at('src/index.ts')("export * as model from './model/documented'"),
      at('src/index.ts')("export { f } from './model/undocumented'"),
      at('src/index.ts')("export { f as g } from './model/undocumented'"),
      at('src/index.ts')("import { f } from './model/undocumented'\nexport { f }"),
      at('src/index.ts')("export { g } from './model/undocumented'"),
      at('src/index.ts')("export { f } from './model/passing'"),
      at('src/index.ts')("export { nothing } from './model/documented'"),
    ],
    silent: [
      at('src/index.ts')('/** Does. */\nexport function f() {}'),
      at('src/index.ts')("export { f, type F, g } from './model/documented'"),
      at('src/model/a.ts')('export function f() {}'),
    ],
  },
}

/** Files that the made-up ones may refer to. */
export const surroundings: readonly MadeUp[] = [
  [
    'src/model/documented.ts',
    '/** Does. */\nexport function f() {}\nexport type F = 1\n/** Does. */\nexport const g = () => 1',
  ],
  ['src/model/undocumented.ts', 'export function f() {}\n// no doc comment\nexport const g = function () {}'],
  ['src/model/passing.ts', "export { f } from './undocumented'\nexport const x = 1"],
]
