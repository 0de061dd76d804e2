import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import { type ModelKind, modelKinds, parseDocuments, parseManifests, readAs, readObject } from '../../src/input'
import type { Issue } from '../../src/model/issue'
import { fc } from '../properties/fc'

const seed = 20300101
const run = { verbose: 1 as const, seed }

const isError = ({ severity }: Issue) => severity !== 'warning'

const key = fc.oneof(
  fc.constantFrom('spec', 'metadata', 'name', 'steps', 'setWeight', 'canary', 'toString', '__proto__', 'a/b', '1', ''),
  fc.string({ maxLength: 6 }),
)
const safeKey = key.filter((text) => text !== '__proto__')

/** Numbers as manifests have them: whole ones that are exact, and fractions. */
const numbers = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -5, max: 200 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Number.isInteger(n)),
)

const jsonOf = (keys: fc.Arbitrary<string>) =>
  fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.constant(null),
      fc.boolean(),
      numbers,
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        'yes',
        'off',
        '~',
        '1',
        '0x1f',
        '1e3',
        '- a',
        'a: b',
        '#',
        '<<',
        '*a',
        '|',
        '2030-01-31',
        ' a ',
        '\n',
      ),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(keys, tie('json'), { maxKeys: 4 }),
    ),
  })).json

const anyJson = jsonOf(key)
const safeJson = jsonOf(safeKey)
const safeRecord = fc.dictionary(safeKey, safeJson, { maxKeys: 4 })

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const name of Object.keys(value)) deepFrozen((value as Record<string, unknown>)[name])
  }
  return value
}

const soundRollout = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'shop', labels: { app: 'shop' }, creationTimestamp: null },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'shop' } },
    template: { metadata: { labels: { app: 'shop' } }, spec: { containers: [{ name: 'shop', image: 'shop:1' }] } },
    strategy: {
      canary: {
        maxSurge: '25%',
        trafficRouting: {
          istio: { virtualService: { name: 'vs', routes: ['primary'] } },
          plugins: { 'a/b': { c: [1] } },
        },
        analysis: { templates: [{ templateName: 't' }], args: [{ name: 'a', value: '1' }] },
        steps: [{ setWeight: 10 }, { pause: { duration: '1h' } }, { plugin: { name: 'p', config: { any: null } } }],
      },
    },
  },
  status: { phase: 'Paused', pauseConditions: [{ reason: 'CanaryPauseStep', startTime: '2030-01-01T00:00:00Z' }] },
}

/** Paths of all places in a value. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  const below = Object.keys(value).flatMap((name) =>
    placesIn((value as Record<string, unknown>)[name], [...path, name]),
  )
  return [path, ...below]
}

function withChange(value: unknown, path: readonly string[], change: unknown): unknown {
  const [name, ...rest] = path
  if (name === undefined) return change
  const next = withChange((value as Record<string, unknown>)[name], rest, change)
  return Array.isArray(value)
    ? value.map((item, i) => (String(i) === name ? next : item))
    : { ...(value as object), [name]: next }
}

it('any JSON value gives an object or errors, never both, never an exception; and is not changed', () => {
  fc.assert(
    fc.property(anyJson, fc.constantFrom(undefined, ...modelKinds), (value, kind?: ModelKind) => {
      const frozen = deepFrozen(value)
      const { object, issues } = kind ? readAs(kind, frozen) : readObject(frozen)
      expect(object === undefined).toBe(issues.some(isError))
    }),
    { ...run, numRuns: 2000 },
  )
})

it('a sound Rollout with any one thing replaced gives an object or errors that lead there', () => {
  const places = placesIn(soundRollout).filter((path) => path.length > 0)
  fc.assert(
    fc.property(fc.constantFrom(...places), anyJson, (path, change) => {
      const value = deepFrozen(withChange(soundRollout, path, change))
      const { object, issues } = readObject(value)
      expect(object === undefined).toBe(issues.some(isError))
      // Whatever is wrong is wrong at the place that was changed, below it, or is a field that is missing there.
      for (const issue of issues) expect(issue.path.startsWith(String(path[0]))).toBe(true)
      const text = parseManifests(JSON.stringify(value))
      expect(text.objects.length).toBe(object ? 1 : 0)
      expect(text.issues.map(({ code, path: at }) => `${code} ${at}`).sort()).toEqual(
        issues.map(({ code, path: at }) => `${code} ${at}`).sort(),
      )
    }),
    { ...run, numRuns: 2000 },
  )
})

it('reading what was read changes nothing: the very same object comes out', () => {
  const places = placesIn(soundRollout).filter((path) => path.length > 1)
  fc.assert(
    fc.property(fc.constantFrom(...places), safeJson, (path, change) => {
      const { object } = readObject(withChange(soundRollout, path, change), { defaultNamespace: 'team' })
      if (object) expect(readObject(object, { defaultNamespace: 'team' }).object).toBe(object)
    }),
    { ...run, numRuns: 1000 },
  )
})

it('what nobody knows in a pod template survives byte for byte', () => {
  const known = ['metadata', 'spec', 'containers', 'initContainers', 'affinity', 'labels', 'annotations', '__proto__']
  const unknownRecord = fc.dictionary(
    safeKey.filter((name) => !known.includes(name)),
    safeJson,
    { maxKeys: 4 },
  )
  const container = unknownRecord.map((more) => ({
    ...more,
    name: 'shop',
    image: 'shop:1',
    env: [{ name: 'A', valueFrom: more }],
  }))
  fc.assert(
    fc.property(unknownRecord, unknownRecord, container, (top, pod, one) => {
      const template = { ...top, metadata: { ...top, labels: { app: 'shop' } }, spec: { ...pod, containers: [one] } }
      const value = { ...soundRollout, spec: { ...soundRollout.spec, template } }
      const { object, issues } = readAs('Rollout', value)
      expect(issues).toEqual([])
      expect(object?.spec.template).toBe(template)
      const [fromText] = parseManifests(JSON.stringify(value)).objects as (typeof value)[]
      expect(JSON.stringify(fromText?.spec.template)).toBe(JSON.stringify(template))
    }),
    { ...run, numRuns: 500 },
  )
})

it('what is printed is read back: JSON in any layout, YAML with quotes', () => {
  fc.assert(
    fc.property(safeRecord, fc.constantFrom(undefined, 1, 4, '\t', '\r\n'), (spec, indent) => {
      const value = { apiVersion: 'example.com/v1', kind: 'Anything', metadata: { name: 'a' }, spec }
      const printed = JSON.stringify(value, null, indent)
      const expected = JSON.parse(printed)
      expect(parseManifests(printed)).toEqual({ objects: [expected], issues: [] })
      expect(parseManifests(`[${printed},\n${printed}]`).objects).toEqual([expected, expected])
      const yaml = stringify(expected, {
        defaultStringType: 'QUOTE_DOUBLE',
        lineWidth: 0,
        aliasDuplicateObjects: false,
      })
      expect(parseManifests(`---\n${yaml}`)).toEqual({ objects: [expected], issues: [] })
    }),
    { ...run, numRuns: 1000 },
  )
})

it('JSON is read as JSON.parse reads it, with YAML’s reader and with its own', () => {
  fc.assert(
    fc.property(safeJson, (value) => {
      const printed = JSON.stringify([value])
      expect(parseDocuments(printed).documents.map((document) => document.value)).toEqual([JSON.parse(printed)])
    }),
    { ...run, numRuns: 1000 },
  )
})

it('any text gives objects and issues, never an exception, and every issue has its place', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...[
        'apiVersion: v1\n',
        'kind: Service\n',
        'metadata:\n',
        '  name: a\n',
        '---\n',
        '...\n',
        '- ',
        '? ',
        ': ',
        '&a ',
        '*a',
        '<<: ',
      ],
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        '"',
        "'",
        '|\n',
        '>-\n',
        '# c\n',
        '!!str ',
        '!x ',
        '%YAML 1.1\n',
        '\t',
        '\r\n',
        '\ufeff',
        '  ',
      ],
      ...[
        'yes',
        '0x1f',
        '1e999',
        '99999999999999999999',
        '__proto__: ',
        'kind: List\nitems:\n',
        '{"a":',
        '\\u12',
        '\u0000',
        '\ud800',
      ],
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const text = pieces.join('')
      const { issues } = parseManifests(text)
      const lines = text.split('\n').length
      for (const { line, documentIndex, code, message } of issues) {
        expect([typeof code, typeof message]).toEqual(['string', 'string'])
        expect(documentIndex).toBeGreaterThanOrEqual(0)
        if (line !== undefined) expect(line >= 1 && line <= lines).toBe(true)
      }
    }),
    { ...run, numRuns: 5000 },
  )
})
