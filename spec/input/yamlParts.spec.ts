import { describe, expect, test } from 'vitest'
import { limitsOf } from '../../src/input/limits'
import type { ReadDocument } from '../../src/input/places'
import { partsOf } from '../../src/input/text/yamlParts'
import { readYamlText } from '../../src/input/text/yamlText'
import { randomOf } from '../hostile/random'
import { spoiltText } from '../hostile/spoil'
import { propertySeed } from '../properties/seed'

// Long lists are read object by object. What comes out is what reading the text as a whole gives, whatever the text is.

const items = [
  '- apiVersion: v1\n  kind: Service\n  metadata:\n    name: web\n',
  '-\n  a: |\n    - no item\n    items:\n\n    end\n\n  b: 1\n',
  '- # a comment\n  list:\n  - a\n  - b: [c, {d: e}]\n# between\n  c: "x\n    - y"\n',
  '- text\n',
  '- - nested\n  - list\n',
  '- a: 1\n  a: 2\n  n: 12345678901234567890\n',
  '- one: &here {a: 1}\n  two: *here\n',
  '- >+\n  folded\n\n\n',
  '- {}\n',
]
const listOf = (indent: string, tail = 'kind: List\nmetadata:\n  resourceVersion: ""\n'): string =>
  `apiVersion: v1\nitems:\n${items.join('').replace(/^(?=.)/gm, indent)}${tail}`

const oddities = [
  '- a: *far\n',
  '- b: &far 1\n- a: *far\n',
  '- a: [1,\n2]\n',
  '- a: "x\n- y"\n',
  '- a: b: c\n',
  '- \ta: 1\n',
  '- <<: {a: 1}\n  b: 2\n',
  '- ? a\n  : b\n',
]
const texts = [
  listOf(''),
  listOf('  '),
  listOf('', ''),
  `---\n${listOf('')}`,
  `${listOf('')}items: []\n`,
  `${listOf('')}---\na: 1\n`,
  ...oddities.map((odd) => `items:\n- first\n${odd}- last\nkind: List\n`),
]

const limits = limitsOf({ maxDepth: 20 })

/** Values, findings and the places of everything, as something that can be compared. */
function shown({ value, findings, places, ...others }: ReadDocument) {
  const placesIn = (item: unknown): unknown =>
    typeof item === 'object' && item !== null
      ? [places.get(item), Object.values(item).map((below) => placesIn(below))]
      : null
  return { ...others, value, findings, places: placesIn(value) }
}

function read(text: string, long: number) {
  const { documents, unfinished } = readYamlText(text, limits, long)
  return { documents: documents.map(shown), unfinished }
}

describe('a long list', () => {
  test.for(texts.map((text, index) => [index, text] as const))('gives the same as its whole text: %d', ([, text]) => {
    expect(read(text, 0)).toEqual(read(text, Number.POSITIVE_INFINITY))
  })

  test(`gives the same where the text is spoilt (PROPERTY_SEED=${propertySeed})`, () => {
    for (let index = 0; index < 600; index++) {
      const random = randomOf(propertySeed, index)
      const text = spoiltText(spoiltText(random.pick(texts), random), random)
      expect(read(text, 0), JSON.stringify(text)).toEqual(read(text, Number.POSITIVE_INFINITY))
    }
  })

  test('is read in parts, whose sizes are bounded', () => {
    const text = `items:\n${'- a: 1\n'.repeat(100_000)}kind: List\n`
    const parts = partsOf(text)
    expect(parts?.chunks.length).toBe(Math.ceil(700_000 / 65_536))
    expect(Math.max(...(parts?.chunks ?? []).map(({ from, to }) => to - from))).toBeLessThan(66_000)
  })
})

describe('the limit of tokens', () => {
  const bounded = limitsOf({ maxTokens: 1000 })
  const long = 'x: [1, 2, 3]\n'.repeat(100)

  test('is one for each object of a long list', () => {
    const object = '- a: 1\n  b: 2\n'
    const { documents, unfinished } = readYamlText(
      `items:\n${object.repeat(20_000)}`,
      { ...bounded, maxTokens: 200_000 },
      0,
    )
    expect(unfinished).toBeUndefined()
    expect(documents[0]?.value).toMatchObject({ items: { length: 20_000 } })
  })

  test('holds for one object, and for what is no list', () => {
    for (const text of [long, `items:\n- a: 1\n- y: [${'1, '.repeat(1000)}]\n`]) {
      expect(readYamlText(text, bounded, 0).unfinished?.code).toBe('too-large')
    }
  })
})
