import type { Problem } from '../places'
import { textOfBase64 } from './base64'
import { inexact, isExact } from './jsonText'

/**
 * How Kubernetes reads a YAML scalar. `kubectl` and the API server (sigs.k8s.io/yaml) follow YAML 1.1 with exceptions,
 * not by the core schema of YAML 1.2; a manifest must mean here what it means there:
 * - without quotes `y yes on true` and `n no off false` are booleans (as written, capitalised or in capitals);
 * - `0x1f`, `0b11`, `0o17` and `017` are whole numbers of base 16, 2, 8 and 8, and underscores are left out: `1_000`;
 * - there are no numbers of base 60 (`1:30` is text) and dates stay text;
 * - a key that is a number or boolean becomes its text.
 */
export type Scalar = string | number | boolean | null

interface Word {
  readonly value: boolean | null
}

const spellings = (word: string): string[] => [word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()]

const entries = (texts: readonly string[], value: boolean | null) => texts.map((text) => [text, { value }] as const)

const words: ReadonlyMap<string, Word> = new Map([
  ...entries(['y', 'yes', 'on', 'true'].flatMap(spellings), true),
  ...entries(['n', 'no', 'off', 'false'].flatMap(spellings), false),
  ...entries(['', '~', ...spellings('null')], null),
])

const decimal = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/
const based = /^[-+]?0(?:[xX][\da-fA-F]+|[oO]?[0-7]+|[bB][01]+)$/
const notFinite = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const longestNumber = 400

export interface ReadScalar {
  readonly value: Scalar
  readonly problem?: Problem
}

/** A scalar without quotes and without a tag. */
export function plainScalar(written: string): ReadScalar {
  const word = words.get(written)
  if (word) return { value: word.value }
  if (!/^[-+.\d]/.test(written)) return { value: written }
  if (notFinite.test(written)) return { value: written, problem: noNumber(written) }
  const digits = written.length < longestNumber && written[0] !== '.' ? written.replaceAll('_', '') : written
  if (based.test(digits)) return exact(basedNumber(digits), written)
  // Longer runs of digits are no number that anybody means; they stay text with a finding, unread.
  if (written.length >= longestNumber) {
    return /^[-+]?\d{50}/.test(written) ? { value: written, problem: inexact(written) } : { value: written }
  }
  if (!decimal.test(digits)) return { value: written }
  return isExact(digits) ? { value: Number(digits) + 0 } : { value: 0, problem: inexact(written) }
}

function basedNumber(digits: string): number {
  const sign = digits[0] === '-' ? -1 : 1
  const unsigned = digits.replace(/^[-+]/, '')
  if (unsigned === '0') return 0
  const body = /^0\d/.test(unsigned) ? `0o${unsigned.slice(1)}` : unsigned
  return sign * Number(body.toLowerCase())
}

const exact = (value: number, written: string): ReadScalar =>
  Number.isSafeInteger(value) ? { value } : { value: 0, problem: inexact(written) }

const noNumber = (written: string): Problem => ({
  code: 'unsafe-number',
  message: `${written} is no number that Kubernetes knows: write a finite number, or quotes around it if text is meant`,
})

const core = 'tag:yaml.org,2002:'

/** A scalar with a tag such as `!!str`. A tag that is not YAML's own is left out with a warning, as Kubernetes does. */
export function taggedScalar(written: string, tag: string): ReadScalar {
  if (tag === `${core}str` || tag === '!' || tag === `${core}timestamp`) return { value: written }
  if (!tag.startsWith(core)) return { value: written, problem: unknownTag(tag) }
  const name = tag.slice(core.length)
  if (name === 'binary') return binaryText(written)
  const read = plainScalar(written)
  const type = read.value === null ? 'null' : typeof read.value
  const fits =
    (name === 'null' && type === 'null') ||
    (name === 'bool' && type === 'boolean') ||
    (name === 'float' && type === 'number') ||
    (name === 'int' && Number.isInteger(read.value))
  return fits ? read : { value: written, problem: wrongTag(written, name) }
}

function binaryText(written: string): ReadScalar {
  const text = textOfBase64(written)
  return text === undefined ? { value: written, problem: wrongTag(written, 'binary') } : { value: text }
}

export const unknownTag = (tag: string): Problem => ({
  code: 'unknown-tag',
  severity: 'warning',
  message: `the tag ${tag} means nothing to Kubernetes: it is left out; if it belongs to a text, put the text in quotes`,
})

const wrongTag = (written: string, name: string): Problem => ({
  code: 'wrong-tag',
  message: `${JSON.stringify(written.slice(0, 60))} cannot be read as !!${name}: remove the tag or correct the value`,
})
