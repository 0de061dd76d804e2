import type * as z from 'zod/mini'
import type { FieldPath, Finding } from './places'

type ZodIssue = z.core.$ZodIssue

/**
 * What zod found, in our words: what is expected, what stands there, what to do. Unknown fields are left to
 * `normalize`, which knows the names that were probably meant.
 */
export function explain(issues: readonly ZodIssue[], value: unknown): readonly Finding[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return []
    const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))
    const { found, isMissing } = lookUp(value, path)
    if (isMissing) return [missing(path)]
    if (issue.code === 'invalid_value' && path[0] === 'status' && typeof found === 'string')
      return [unknownStatus(path, messageOf(issue, found))]
    return [{ code: codeOf(issue, found), path, message: messageOf(issue, found) }]
  })
}

/** A status is read as a cluster has it: a phase of another version is no reason to refuse the object. */
const unknownStatus = (path: FieldPath, message: string): Finding => ({
  code: 'unknown-value',
  path,
  message: `${message}: it is kept as it is`,
  severity: 'warning',
})

/** A required field that is not there. */
export const missing = (path: FieldPath): Finding => ({
  code: 'missing-field',
  path,
  message: `${String(path.at(-1) ?? 'the object')} is required: add it`,
})

function lookUp(value: unknown, path: FieldPath): { readonly found: unknown; readonly isMissing: boolean } {
  let found = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) {
      return { found: undefined, isMissing: true }
    }
    found = (found as Record<string | number, unknown>)[key]
  }
  return { found, isMissing: found === undefined }
}

function codeOf(issue: ZodIssue, found: unknown): string {
  const isOfType = issue.code === 'invalid_value' ? typeof found === 'string' : !typeCodes.includes(issue.code)
  return isOfType ? 'wrong-value' : 'wrong-type'
}

const typeCodes: readonly string[] = ['invalid_type', 'invalid_union']

function messageOf(issue: ZodIssue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${expectedName(issue.expected)}, got ${describe(found)}${advice(issue.expected, found)}`
    case 'invalid_union':
      return `expected an integer or text, got ${describe(found)}${advice('int or text', found)}`
    case 'invalid_value':
      return `expected one of ${issue.values.map((one) => JSON.stringify(one)).join(', ')}, got ${describe(found)}`
    case 'too_big':
    case 'too_small':
      return `expected ${range(issue)}, got ${describe(found)}`
    case 'invalid_format':
      return `expected a time such as "2030-01-31T12:00:00Z" (RFC 3339), got ${describe(found)}`
    default:
      return `not accepted: ${describe(found)}`
  }
}

const range = (issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string =>
  issue.code === 'too_big' ? `a number of at most ${issue.maximum}` : `a number of at least ${issue.minimum}`

const expectedNames: Readonly<Record<string, string>> = {
  int: 'an integer',
  number: 'an integer',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
}

const expectedName = (expected: string): string =>
  Object.hasOwn(expectedNames, expected) ? expectedNames[expected]! : expected

const longestShown = 60

/** `text "20"`, `the number 20`, `a list`: what is instead of what was expected. */
export function describe(value: unknown): string {
  if (typeof value === 'string') {
    return `text ${JSON.stringify(value.length > longestShown ? `${value.slice(0, longestShown)}…` : value)}`
  }
  if (typeof value === 'number') return `the number ${value}`
  if (typeof value === 'boolean') return `${value}`
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  const keys = Object.keys(value)
  const shown = keys.slice(0, 3).map((key) => key.slice(0, 20))
  return keys.length === 0 ? 'an empty mapping' : `a mapping of ${shown.join(', ')}${keys.length > 3 ? ', …' : ''}`
}

function advice(expected: string, found: unknown): string {
  if (expected === 'string') return adviceForText(found)
  if (typeof found === 'string') {
    const trimmed = found.trim()
    const isNumber = expected === 'int' || expected === 'number'
    if (isNumber && /^[-+]?\d+$/.test(trimmed)) return ': remove the quotes'
    if (isNumber && /^\d+\s*%$/.test(trimmed)) return `: write ${Number.parseInt(trimmed, 10)}`
    if (expected === 'boolean' && /^(true|false)$/i.test(trimmed)) return ': remove the quotes'
    return ''
  }
  if (expected === 'array' && typeof found === 'object' && found !== null) return ': begin each item with "- "'
  if (Array.isArray(found) && (expected === 'object' || expected === 'record')) return ': remove the "- "'
  if (typeof found === 'number' && expected.startsWith('int') && !Number.isInteger(found)) return ': no fractions'
  return ''
}

function adviceForText(found: unknown): string {
  if (typeof found === 'number') return ': put it in quotes'
  if (typeof found === 'boolean') return ': put it in quotes (without, yes, no, on, off, y and n are true or false)'
  return found === null || found === undefined ? ': write "" if it is to be empty, or remove it' : ''
}
