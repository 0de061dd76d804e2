import { knownInvariants } from '../check/catalog'
import type { Invariant } from '../check/invariant'
import type { ConditionIssue } from '../expr/condition'
import { type ConditionNames, type NamedCondition, namedCondition } from '../expr/named'
import { parseDurationSeconds } from '../go/durationSeconds'
import { nearest } from '../input/nearest'
import { givenText } from '../model/given'
import type { Issue } from '../model/issue'
import type { Expectation } from './document'
import { namesOfEnd, namesOfState } from './names'

/** An expectation, read: what has to be so, and when. */
export type Sentence =
  | { readonly kind: 'never' | 'always'; readonly holds: NamedCondition }
  | { readonly kind: 'eventually'; readonly holds: NamedCondition; readonly withinSeconds: number | undefined }
  | { readonly kind: 'at'; readonly holds: NamedCondition; readonly atSeconds: number }
  | {
      readonly kind: 'after'
      readonly holds: NamedCondition
      readonly withinSeconds: number
      readonly trigger: NamedCondition
      /** As it was written. */
      readonly triggerText: string
    }
  | { readonly kind: 'finally'; readonly holds: NamedCondition }
  | { readonly kind: 'invariant'; readonly invariant: Invariant }

export interface ReadExpectation {
  /** How it is called in reports. */
  readonly title: string
  /** Of the field that says it. */
  readonly path: string
  readonly sentence: Sentence
}

const fields = ['never', 'always', 'eventually', 'expect', 'finally', 'invariant'] as const

type Field = (typeof fields)[number]

type Reading = { readonly sentence: Sentence } | { readonly issues: readonly Issue[] }

/** Reads an expectation. `path` is that of the whole expectation. */
export function readExpectation(
  expectation: Expectation,
  path: string,
): { readonly expectation: ReadExpectation } | { readonly issues: readonly Issue[] } {
  const said = fields.filter((field) => expectation[field] !== undefined)
  const [field] = said
  if (field === undefined || said.length > 1) {
    const message = `expected exactly one of ${fields.join(', ')}, got ${said.join(' and ') || 'none'}`
    return { issues: [{ code: 'wrong-value', path, message }] }
  }
  const text = (expectation[field] ?? '').trim()
  const own = `${path}.${field}`
  const reading = readers[field](text, own)
  if ('issues' in reading) return reading
  const title = expectation.name ?? `${field}: ${text}`
  return { expectation: { title, path: own, sentence: reading.sentence } }
}

const readers: Readonly<Record<Field, (text: string, path: string) => Reading>> = {
  never: (text, path) => one(text, path, (holds) => ({ kind: 'never', holds })),
  always: (text, path) => one(text, path, (holds) => ({ kind: 'always', holds })),
  finally: (text, path) => one(text, path, (holds) => ({ kind: 'finally', holds }), namesOfEnd),
  eventually: (text, path) => {
    const [, condition = text, time] = /^(.*)\swithin\s+(\S+)$/s.exec(text) ?? []
    const withinSeconds = time === undefined ? undefined : parseDurationSeconds(time)
    if (time !== undefined && withinSeconds === undefined) return { issues: [wrongTime(path, time)] }
    return one(condition, path, (holds) => ({ kind: 'eventually', holds, withinSeconds }))
  },
  expect: readExpect,
  invariant: (id, path) => {
    const invariant = knownInvariants.find((known) => known.id === id)
    if (invariant) return { sentence: { kind: 'invariant', invariant } }
    const known = knownInvariants.map((one) => one.id)
    const message = `no known invariant is called ${id}: there are ${known.join(', ')}`
    return { issues: [{ code: 'wrong-value', path, message }] }
  },
}

function one(
  text: string,
  path: string,
  make: (holds: NamedCondition) => Sentence,
  names: ConditionNames = namesOfState,
): Reading {
  const read = readCondition(text, path, names)
  return 'issue' in read ? { issues: [read.issue] } : { sentence: make(read.holds) }
}

function readExpect(text: string, path: string): Reading {
  const [, response, time, triggerText] = /^(.*)\swithin\s+(\S+)\s+after\s(.*)$/s.exec(text) ?? []
  if (response !== undefined && time !== undefined && triggerText !== undefined) {
    const withinSeconds = parseDurationSeconds(time)
    const [holds, trigger] = [readCondition(response, path), readCondition(triggerText, path)]
    if (withinSeconds !== undefined && 'holds' in holds && 'holds' in trigger)
      return {
        sentence: { kind: 'after', holds: holds.holds, withinSeconds, trigger: trigger.holds, triggerText },
      }
    const wrong = withinSeconds === undefined ? [wrongTime(path, time)] : []
    return { issues: [...wrong, ...[holds, trigger].flatMap((read) => ('issue' in read ? [read.issue] : []))] }
  }
  const [, condition, at] = /^(.*)\sat\s+(\S+)$/s.exec(text) ?? []
  const atSeconds = at === undefined ? undefined : parseDurationSeconds(at)
  if (condition !== undefined && atSeconds !== undefined)
    return one(condition, path, (holds) => ({ kind: 'at', holds, atSeconds }))
  const message =
    'say when: "CONDITION within 60s after CONDITION" or "CONDITION at 5m"; never, always, eventually and finally need no time'
  return { issues: [{ code: 'wrong-value', path, message }] }
}

const wrongTime = (path: string, text: string): Issue => ({
  code: 'wrong-time',
  path,
  message: `expected a time such as 90s, 5m or 1h30m, got ${JSON.stringify(text)}`,
})

/** A condition about a state. Names of metrics may stand without quotes: `metric(success-rate)`. */
export function readCondition(
  given: string,
  path: string,
  names: ConditionNames = namesOfState,
): { readonly holds: NamedCondition } | { readonly issue: Issue } {
  const quoted = givenText(given).replace(/\b(metric|verdict)\(\s*([A-Za-z0-9][\w.-]*)\s*\)/g, '$1("$2")')
  const read = namedCondition(quoted, names, path)
  return 'issue' in read ? { issue: withHint(read.issue, names) } : read
}

function withHint(issue: ConditionIssue, { variables, functions }: ConditionNames): Issue {
  const { position: _, line: __, ...plain } = issue
  const [, unknown] = /^unknown name (\w+)/.exec(issue.message) ?? []
  if (unknown === undefined) return plain
  const meant = nearest(unknown, [...Object.keys(variables), ...Object.keys(functions)])
  return meant === undefined ? plain : { ...plain, message: `${issue.message}: did you mean ${meant}?` }
}
