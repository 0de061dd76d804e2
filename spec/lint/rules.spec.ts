import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments, stringify } from 'yaml'
import { applyFixes } from '../../src/lint/applyFixes'
import { allRules, lintManifests } from '../../src/lint/lint'
import { rules } from '../../src/lint/rules'

// The pages of the rules are their tests: one example triggers, the other does not.

const folder = new URL('../../docs/reference/lint/', import.meta.url)
const pages = new Map(
  readdirSync(folder)
    .filter((name) => name !== 'README.md')
    .map((name) => [name.replace(/\.md$/, ''), readFileSync(new URL(name, folder), 'utf8')]),
)

interface Doc {
  readonly kind?: string
  readonly [field: string]: unknown
}

/** Whole objects stand as they are; a part of a spec gets the rest of an object. */
function whole(value: Doc): object {
  if (value.kind !== undefined) return value
  const isTemplate = ['metrics', 'args', 'dryRun'].some((field) => Object.hasOwn(value, field))
  const apiVersion = 'argoproj.io/v1alpha1'
  if (isTemplate) return { apiVersion, kind: 'AnalysisTemplate', metadata: { name: 'template' }, spec: value }
  const labels = { app: 'web' }
  const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
  const spec = { selector: { matchLabels: labels }, template, ...value }
  return { apiVersion, kind: 'Rollout', metadata: { name: 'web' }, spec }
}

const textOf = (example: string): string =>
  parseAllDocuments(example)
    .map((document) => stringify(whole(document.toJS() as Doc)))
    .join('---\n')

function examplesOf(id: string): { readonly triggers: string; readonly fine: string } {
  const [triggers = '', fine = ''] = [...(pages.get(id) ?? '').matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    ([, code = '']) => textOf(code),
  )
  return { triggers, fine }
}

const found = (text: string) => lintManifests({ 'a.yaml': text })

test('there are 40 rules or more, each once', () => {
  expect(rules.length).toBeGreaterThanOrEqual(40)
  expect(new Set(allRules.map(({ id }) => id)).size).toBe(allRules.length)
})

test('every page belongs to a rule, and stands in the list of pages', () => {
  const list = readFileSync(new URL('README.md', folder), 'utf8')
  expect([...pages.keys()].sort()).toEqual(rules.map(({ id }) => id).sort())
  for (const { id, severity, summary } of rules)
    expect(list).toContain(`| [${id}](${id}.md) | ${severity} | ${summary} |`)
})

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const { triggers, fine } = examplesOf(id)

  test('has a page that says why, and where people met it', () => {
    const page = pages.get(id) ?? ''
    expect(page).toContain(`${rule.severity[0]?.toUpperCase()}${rule.severity.slice(1)}: ${rule.summary}.`)
    expect(page).toContain(rule.why)
    expect(page).toContain(rule.thread)
  })

  test('finds what its page shows, with its place', () => {
    const own = found(triggers).filter((finding) => finding.rule === id)
    expect(own).not.toEqual([])
    for (const { severity, line, column, message, path } of own) {
      expect(severity).toBe(rule.severity)
      expect([line, column].every((one) => one >= 1)).toBe(true)
      expect(message.length).toBeGreaterThan(10)
      expect(path).not.toBe('')
    }
  })

  test('says nothing of the example beside it, nor does the controller', () => {
    expect(found(fine).filter((finding) => finding.rule === id || finding.severity === 'error')).toEqual([])
  })

  test('is mended by its fix, where it has one', () => {
    const fixable = found(triggers).filter((finding) => finding.rule === id && finding.fix)
    if (fixable.length === 0) return
    const { files, fixed } = applyFixes({ 'a.yaml': triggers })
    expect(fixed.map((finding) => finding.rule)).toContain(id)
    expect(found(files['a.yaml'] ?? '').filter((finding) => finding.rule === id)).toEqual([])
  })
})
