import { describe, expect, it } from 'vitest'
import { parseManifests, readObject } from '../../src/input'

const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n'
const codesOf = (text: string, options = {}) => parseManifests(text, options).issues.map(({ code }) => code)
const tenMegabytes = 10_000_000
const filledWith = (part: string, length: number) => part.repeat(Math.floor(length / part.length))

describe('nesting', () => {
  const deep = 100_000

  it.each([
    ['lists of JSON', '['.repeat(deep)],
    ['closed lists of JSON', '['.repeat(deep) + ']'.repeat(deep)],
    ['mappings of JSON', '{"a":'.repeat(deep)],
    ['flow lists of YAML', `a: ${'['.repeat(deep)}${']'.repeat(deep)}`],
    ['block lists of YAML', '- '.repeat(deep)],
    ['explicit keys of YAML', '? '.repeat(deep)],
    ['flow mappings of YAML', `a: ${'{a: '.repeat(deep)}`],
    ['block mappings of YAML', Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('of %s ends in an issue', (_, text) => {
    expect(codesOf(text)).toEqual(['too-deep'])
  })

  it('is bounded by the option, to the level', () => {
    const nested = (depth: number) => `${service}x: ${'['.repeat(depth)}${']'.repeat(depth)}`
    const ofJson = (depth: number) => JSON.stringify(parseManifests(nested(depth)).objects[0])
    expect(codesOf(nested(9), { maxDepth: 10 })).toEqual([])
    expect(codesOf(nested(10), { maxDepth: 10 })).toEqual(['too-deep'])
    expect(codesOf(ofJson(9), { maxDepth: 10 })).toEqual([])
    expect(codesOf(ofJson(10), { maxDepth: 10 })).toEqual(['too-deep'])
  })

  it('of a value that is no text ends in an issue, cycles too', () => {
    let value: unknown = 1
    for (let i = 0; i < deep; i++) value = [value]
    const cyclic: Record<string, unknown> = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }
    cyclic.self = [cyclic, cyclic]
    for (const extra of [value, cyclic]) {
      const { object, issues } = readObject({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, extra })
      expect(object).toBeUndefined()
      expect(issues.map(({ code }) => code)).toEqual(['too-deep'])
    }
  })

  it('does not take the documents before it along', () => {
    const { objects, issues } = parseManifests(`${service}---\n${service}---\n${'['.repeat(deep)}`)
    expect(objects).toHaveLength(2)
    expect(issues).toMatchObject([{ code: 'too-deep', documentIndex: 2 }])
  })
})

describe('aliases', () => {
  it('of aliases of aliases (billion laughs) are counted, not written out', () => {
    const names = 'abcdefghi'
    const lines = [...names].map((name, i) => {
      const item = i === 0 ? 'lol' : `*${names[i - 1]}`
      return `  ${name}: &${name} [${Array<string>(9).fill(item).join(', ')}]`
    })
    const text = `${service}x:\n${lines.join('\n')}\n`
    const { objects, issues } = parseManifests(text)
    expect(objects).toEqual([])
    expect(issues).toMatchObject([{ code: 'too-many-aliases', line: 11 }])
    expect(parseManifests(text, { maxAliasNodes: Number.POSITIVE_INFINITY }).issues).toMatchObject([
      { code: 'too-large' },
    ])
  })

  it('count over all documents of a text', () => {
    const one = `${service}x: [&a [1, 2, 3], *a, *a]\n`
    expect(codesOf(`${one}---\n${one}`, { maxAliasNodes: 16 })).toEqual([])
    expect(codesOf(`${one}---\n${one}`, { maxAliasNodes: 15 })).toEqual(['too-many-aliases'])
  })

  it('in their own anchor are an error', () => {
    expect(codesOf(`${service}x: &a [*a]\n`)).toEqual(['alias-cycle'])
    expect(codesOf(`${service}x: &a {b: {c: *a}}\n`)).toEqual(['alias-cycle'])
    expect(codesOf(`${service}x: &a\n  <<: *a\n`)).toEqual(['wrong-type', 'alias-cycle'])
  })

  it('in a chain that grows deep are an error', () => {
    const chain = Array.from({ length: 300 }, (_, i) => `- &a${i + 1} [*a${i}]`).join('\n')
    expect(codesOf(`${service}x:\n- &a0 [1]\n${chain}\n`)).toEqual(['too-deep'])
  })

  it('may be used as often as a real manifest does', () => {
    const labels = Array.from({ length: 500 }, (_, i) => `  l${i}: *l`).join('\n')
    const { objects, issues } = parseManifests(`${service}x:\n  l: &l {app: a, tier: b}\n${labels}\n`)
    expect(issues).toEqual([])
    expect(objects).toHaveLength(1)
  })
})

describe('the key __proto__', () => {
  it.each([
    ['YAML', `${service}__proto__: {polluted: true}\n`, ['__proto__']],
    ['quoted YAML', `${service}spec: {"__proto__": {polluted: true}}\n`, ['spec.__proto__']],
    [
      'merged YAML',
      `${service}x: &x {__proto__: {polluted: true}}\nspec:\n  <<: *x\n`,
      ['x.__proto__', 'spec.__proto__'],
    ],
    [
      'JSON',
      '{"apiVersion":"v1","kind":"Service","metadata":{"name":"a","labels":{"__proto__":"x"}}}',
      ['metadata.labels.__proto__'],
    ],
  ])('of %s is an error and changes no prototype', (_, text, paths) => {
    const { objects, issues } = parseManifests(text)
    expect(objects).toEqual([])
    expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual(paths.map((path) => `forbidden-key ${path}`))
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('of a value is an error; other names of Object.prototype are keys as any other', () => {
    const value = JSON.parse('{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"__proto__":{"a":1}}}')
    expect(readObject(value).issues).toMatchObject([{ code: 'forbidden-key', path: 'spec.__proto__' }])
    const { objects, issues } = parseManifests(
      `${service}  labels: {constructor: a, toString: b, hasOwnProperty: c}\nspec: {valueOf: 1}\n`,
    )
    expect(issues).toEqual([])
    expect(objects[0]?.metadata.labels).toEqual({ constructor: 'a', toString: 'b', hasOwnProperty: 'c' })
    const rollout = 'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: a}\nspec: {constructor: 1}\n'
    expect(codesOf(rollout)).toEqual(['unknown-field'])
    expect(codesOf('apiVersion: v1\nkind: constructor\nmetadata: {name: a}\n')).toEqual([])
  })
})

describe('values that no JSON has', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }

  it.each([
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a bigint', 10n],
    ['a symbol', Symbol('s')],
    ['undefined in a list', [undefined]],
    ['a hole in a list', new Array(1)],
  ])('%s is an error', (_, x) => {
    expect(readObject({ ...pod, spec: { x } }).issues).toMatchObject([{ code: 'not-json' }])
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -1e300])('the number %d is an error', (x) => {
    expect(readObject({ ...pod, spec: { x } }).issues).toMatchObject([{ code: 'unsafe-number', path: 'spec.x' }])
  })

  it('undefined as a field is an absent field', () => {
    expect(readObject({ ...pod, spec: undefined, status: { phase: undefined } }).issues).toEqual([])
  })
})

describe('mistakes beyond number', () => {
  it('in YAML end the reading, and with it the cost', () => {
    // Each of these makes the parser complain about every character.
    for (const text of [`a: [${','.repeat(100_000)}]`, '!a '.repeat(100_000), '*a '.repeat(100_000)]) {
      expect(parseManifests(text).issues).toMatchObject([{ code: 'syntax', message: /more than 20 mistakes/ }])
    }
    expect(codesOf(']\n'.repeat(100_000))).toEqual(['syntax'])
    expect(codesOf(`{${'? '.repeat(100_000)}}`)).toEqual(['syntax'])
  })

  it('in objects are listed up to the limit, and the rest is counted', () => {
    const ports = Array.from({ length: 3000 }, () => '  - {port: x}').join('\n')
    const { issues } = parseManifests(`${service}spec:\n  ports:\n${ports}\n`)
    expect(issues).toHaveLength(1001)
    expect(issues.at(-1)).toMatchObject({ code: 'too-many-issues', message: /^2000 more issues/ })
    expect(codesOf(`${service}spec:\n  ports:\n${ports}\n`, { maxIssues: 1 })).toEqual([
      'wrong-type',
      'too-many-issues',
    ])
  })

  it('in a text do not let an object through whose mistakes were not listed any more', () => {
    const twice = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","name":"b"}},'
    expect(parseManifests(`[${twice.repeat(2000).slice(0, -1)}]`).objects).toEqual([])
  })
})

describe('size', () => {
  it('is bounded by bytes, not by letters', () => {
    const text = `${service}# ${'é'.repeat(100)}`
    const bytes = Buffer.byteLength(text)
    expect(codesOf(text, { maxBytes: bytes })).toEqual([])
    expect(codesOf(text, { maxBytes: bytes - 1 })).toEqual(['too-large'])
    const pairs = `${service}# ${'🚀'.repeat(10)}\ud800`
    expect(codesOf(pairs, { maxBytes: Buffer.byteLength(pairs) })).toEqual([])
    expect(codesOf(pairs, { maxBytes: Buffer.byteLength(pairs) - 1 })).toEqual(['too-large'])
    expect(codesOf(' '.repeat(tenMegabytes + 1))).toEqual(['too-large'])
  })

  it('is bounded by documents', () => {
    const text = `${service}---\n`.repeat(5)
    const { objects, issues } = parseManifests(text, { maxDocuments: 3 })
    expect(objects).toHaveLength(3)
    expect(issues).toMatchObject([{ code: 'too-many-documents', documentIndex: 3 }])
    expect(codesOf(text, { maxDocuments: 6 })).toEqual([])
    expect(codesOf('{}\n'.repeat(5), { maxDocuments: 0 })).toEqual(['too-many-documents'])
  })

  it('is bounded by the tokens of a document', () => {
    const large = `a: [${'1,'.repeat(1000)}]\n`
    const { objects, issues } = parseManifests(`${service}---\n${large}`, { maxTokens: 1000 })
    expect(objects).toHaveLength(1)
    expect(issues).toMatchObject([{ code: 'too-large', documentIndex: 1 }])
    expect(codesOf(`${service}---\n`.repeat(100), { maxTokens: 1000 })).toEqual([])
  })

  const set = { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'a' }, spec: { template: { spec: {} } } }

  it('10 MB of JSON are read', () => {
    const item = `${JSON.stringify(set)},`
    const text = `{"kind":"List","items":[${filledWith(item, tenMegabytes - 100).slice(0, -1)}]}`
    const { objects, issues } = parseManifests(text)
    expect(issues).toEqual([])
    expect(objects).toHaveLength(Math.floor((tenMegabytes - 100) / item.length))
  })

  it('10 MB of YAML are read', () => {
    const item =
      '- apiVersion: apps/v1\n  kind: ReplicaSet\n  metadata:\n    name: a\n    namespace: b\n  spec:\n    replicas: 2\n' +
      '    template:\n      spec:\n        containers:\n        - image: nginx:1.25\n          name: web-server\n'
    const text = `apiVersion: v1\nkind: List\nitems:\n${filledWith(item, tenMegabytes - 100)}`
    const { objects, issues } = parseManifests(text)
    expect(issues).toEqual([])
    expect(objects).toHaveLength(Math.floor((tenMegabytes - 100) / item.length))
  })

  it.each([
    ['one key that stands a million times', `{${filledWith('"a":1,', tenMegabytes - 10)}"a":1}`, 'duplicate-key'],
    ['five million numbers', `[${filledWith('1,', tenMegabytes - 10)}1]`, 'not-an-object'],
    ['one number', `a: ${'1'.repeat(tenMegabytes - 10)}`, 'unsafe-number'],
    ['one word', `a: ${'x'.repeat(tenMegabytes - 10)}`, 'not-an-object'],
    ['escapes', `["${filledWith('\\u0041', tenMegabytes - 10)}"]`, 'not-an-object'],
    ['open brackets', '['.repeat(tenMegabytes), 'too-deep'],
    ['blanks', ' '.repeat(tenMegabytes), undefined],
    ['a document that never ends', `{${' '.repeat(tenMegabytes - 1)}`, 'syntax'],
  ])('10 MB of %s are survived', (_, text, code) => {
    const { objects, issues } = parseManifests(text)
    expect(objects).toEqual([])
    expect(issues.map((issue) => issue.code).includes(code ?? '')).toBe(code !== undefined)
  })
})

it('what is no text at all is an issue', () => {
  expect(parseManifests(undefined as unknown as string).issues).toMatchObject([{ code: 'not-text' }])
  expect(parseManifests({} as unknown as string).issues).toMatchObject([{ code: 'not-text' }])
})
