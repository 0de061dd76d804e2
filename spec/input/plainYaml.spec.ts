import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { limitsOf } from '../../src/input/limits'
import type { ReadDocument } from '../../src/input/places'
import { readPlainDocument } from '../../src/input/text/plainYaml'
import { readByPackage, readYamlText } from '../../src/input/text/yamlText'
import { randomOf } from '../hostile/random'
import { spoiltText } from '../hostile/spoil'
import { propertySeed } from '../properties/seed'

// Plain YAML is read without the package `yaml`. What comes out (values, places, findings) is what the package gives, whatever the
// text is.

const limits = limitsOf({ maxDepth: 30 })

/** Values, findings and the places of everything, as something that can be compared. */
function shown({ value, findings, places, ...others }: ReadDocument) {
  const placesIn = (item: unknown): unknown =>
    typeof item === 'object' && item !== null
      ? [places.get(item), Object.values(item).map((below) => placesIn(below))]
      : null
  return { ...others, value, findings, places: placesIn(value) }
}

const both = (text: string) =>
  [readYamlText(text, limits), readByPackage(text, limits, 0)].map(({ documents, unfinished }) => ({
    documents: documents.map(shown),
    ...(unfinished && { unfinished }),
  }))

/** The package blames the document before for a sign that does not belong where it stands. */
const blamesAnother = (text: string): boolean =>
  readByPackage(text, limits, 0).documents.some(({ offset, findings }) =>
    findings.some((finding) => text.slice(offset, finding.offset).includes('\n---')),
  )

const isPlain = (text: string): boolean => readPlainDocument(text, 0, 0, limits) !== undefined

const plain: Readonly<Record<string, string>> = {
  'mappings and lists': 'a:\n  b: 1\n  c:\n  - x\n  - w: 2\n    z:\n      - - 1\n        - 2\n      - k: v\n',
  'a list below its key': 'a:\n- b\n- c: d\n  e: f\ng: h\n',
  'nothing behind a colon': 'a:\nb:\n  c:\n  d: ~\n',
  comments: '# first\na: 1 # one\n\n# between\nb: # two\n  # inside\n  c: x#y\n  # behind\n',
  'documents of a stream': '---\na: 1\n---\n# Source: x\nb: 2\n--- # comment\nc: 3\n',
  scalars: 'a: yes\nb: 0x1f\nc: -1.5\nd: text with: no colon\n'.replace(': no', ':no'),
  'quoted texts': 'a: "x: # y"\nb: \'it\'\'s\'\n"c d": "a\\n\\"b\\"\\\\"\ne: ""\nf: \'\'\n',
  'brackets in one line': 'a: {}\nb: []\nc: [x, "y z", -1, {d: 10m, e: [\'f\']}]\nd: { "g": 1 , h: --port }\n',
  'texts of several lines':
    'a: |\n  x\n    y # no comment\n\n  z\nb:\n  - |-\n    # text\n    end\n\n  - c: |\n      d\n',
  'keys with dots, slashes and colons': 'a.b/c: 1\nf:metadata:\n  .: {}\n  f:x: y\n',
  'text with a dash and signs': 'a: -x\nb: x-y\nc: a%b*c&d!e\nd: http://x/y?z#w\ne: x, y\n',
  'no line end': 'a:\n  - b: c',
}

/** What looks plain and is not, or is wrong. */
const others = [
  'a: b\n c: d\n',
  'a: b\n  c\n',
  'a: b: c\n',
  'a: b:\n',
  '- a: 1\n b: 2\n',
  'a:\n  - b\n c: d\n',
  'a:\n- b\n - c\n',
  'a:\n  b\n',
  'a: "b\n  c"\n',
  "a: 'b\n",
  'a: "b" c\n',
  'a: "b"#c\n',
  'a: [b\n',
  'a: [b, ]\n',
  'a: [b c, d]\n',
  'a: {b, c: d}\n',
  'a: {b:c}\n',
  'a: [-]\n',
  'a: |+\n  b\n\n',
  'a: |2\n   b\n',
  'a: |\n\n  b\n',
  'a: |\n  b\n   \n',
  'a: |\n  b\n \n',
  'a: |\n  b',
  'a: |\n',
  'a: |\nb: 1\n',
  'a: >-\n  b\n',
  '-\n  a: 1\n- \n  b: 2\n',
  '-\n- a\n',
  'a: &x 1\nb: *x\n',
  'a: !!str 1\n',
  '<<: {a: 1}\n',
  'a: 1\na: 2\n',
  '1: a\nyes: b\n',
  '? a\n: b\n',
  'a:\tb\n',
  'a: b\t\n',
  '\ta: b\n',
  'a: b\r\nc: d\r\n',
  '\ufeffa: b\n',
  '%YAML 1.1\n---\na: b\n',
  'a: b\n...\nc: d\n',
  'a: b\n---\n...\n',
  '--- a\n',
  '--- {a: 1}\n',
  '---\n---\n',
  'a: 1\n---\n',
  'text\n',
  '"text"\n',
  '- a\nb: c\n',
  'a: @b\n',
  'a: %b\n',
  'a: `b\n',
  'a: 12345678901234567890\n',
  'a: b\u00a0\nc\u2028d: e\u2028\n',
  `${'k'.repeat(1030)}: v\n`,
  `a: [${'w'.repeat(2000)}]\n`,
  `${'- '.repeat(40)}a\n`,
  `a: ${'['.repeat(40)}${']'.repeat(40)}\n`,
]

const texts = [...Object.values(plain), ...others]

describe('what is plain', () => {
  test.for(Object.entries(plain))('%s', ([, text]) => {
    expect(isPlain(text)).toBe(true)
    const [read, wanted] = both(text)
    expect(read).toEqual(wanted)
    expect(read?.documents.flatMap(({ findings }) => findings)).toEqual([])
  })
})

test.for(others.map((text) => [JSON.stringify(text).slice(0, 60), text] as const))('the same of %s', ([, text]) => {
  const [read, wanted] = both(text)
  expect(read).toEqual(wanted)
})

test('the same of what stands between other documents', () => {
  for (const text of others) {
    const [read, wanted] = both(`a: 1\n---\n${text}\n---\nb:\n  - c\n---\n${text}\n---\nc: 2\n`)
    expect(read, JSON.stringify(text)).toEqual(wanted)
  }
})

test(`the same of spoilt texts (PROPERTY_SEED=${propertySeed})`, () => {
  for (let index = 0; index < 1500; index++) {
    const random = randomOf(propertySeed, index)
    const text = spoiltText(`${random.pick(texts)}${random.pick(['', '---\n', '# c\n'])}${random.pick(texts)}`, random)
    if (blamesAnother(text)) continue
    const [read, wanted] = both(text)
    expect(read, JSON.stringify(text)).toEqual(wanted)
  }
})

test('a sign that does not belong where it stands is a mistake of its own document', () => {
  const findings = (text: string) =>
    readYamlText(text, limits).documents.map(({ findings: found }) => found.map(({ code, offset }) => [code, offset]))
  expect(findings('a: 1\n---\n}b: 2\n---\nc: 3\n')).toEqual([[], [['syntax', 9]], []])
  expect(findings('a: &x 1\n---\n}b: 2\n---\nc: 3\n')).toEqual([[], [['syntax', 12]], []])
})

const folder = fileURLToPath(new URL('../..', import.meta.url))
const filesBelow = (below: string): readonly string[] =>
  readdirSync(join(folder, below), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(folder, below, name))

test('the same of every file of the examples and specs', () => {
  const files = ['examples', 'spec'].flatMap(filesBelow)
  expect(files.length).toBeGreaterThan(50)
  for (const file of files) {
    const [read, wanted] = both(readFileSync(file, 'utf8'))
    expect(read, file).toEqual(wanted)
  }
})
