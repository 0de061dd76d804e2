import { existsSync } from 'node:fs'
import { parseDocuments } from '../input/index'
import { nearest } from '../input/nearest'
import type { LintOptions } from '../lint/finding'
import { allRules } from '../lint/lint'
import type { LintSeverity } from '../lint/rule'
import { isJsonObject } from '../model/json'
import { readText } from './files'

/** Read from the working folder of the command. */
export const configFile = '.rollout-engine.yaml'

type Level = LintSeverity | 'off'
const levels: readonly string[] = ['error', 'warning', 'note', 'off'] satisfies readonly Level[]

export type ReadRules = { readonly rules: NonNullable<LintOptions['rules']> } | { readonly problem: string }

/** `ID=LEVEL` of `--rule`. */
export function readRule(value: string): { readonly id: string; readonly level: Level } | { readonly problem: string } {
  const [id = '', level = ''] = value.split('=')
  const problem = problemOf(id, level)
  return problem === undefined ? { id, level: level as Level } : { problem }
}

/**
 * The levels that a file sets: `rules: {max-surge-ignored: off}`. Without a file those of `.rollout-engine.yaml`, if
 * there is one.
 */
export function readConfig(file: string | undefined): ReadRules {
  if (file === undefined && !existsSync(configFile)) return { rules: {} }
  const name = file ?? configFile
  const text = readText(name)
  if (text === undefined) return { problem: `${name} cannot be read` }
  const { documents, issues } = parseDocuments(text)
  const [first] = documents
  if (issues.length > 0 || documents.length > 1)
    return { problem: `${name}: ${issues[0]?.message ?? 'one document is expected'}` }
  const given = isJsonObject(first?.value) ? first.value.rules : {}
  if (!isJsonObject(given)) return { problem: `${name}: rules is a mapping from rules to error, warning, note or off` }
  for (const [id, level] of Object.entries(given)) {
    const problem = problemOf(id, levelOf(level))
    if (problem !== undefined) return { problem: `${name}: ${problem}` }
  }
  return { rules: Object.fromEntries(Object.entries(given).map(([id, level]) => [id, levelOf(level) as Level])) }
}

/** `off` without quotes is the boolean false in YAML as Kubernetes reads it. */
const levelOf = (level: unknown): string => (level === false ? 'off' : String(level))

function problemOf(id: string, level: string): string | undefined {
  if (!levels.includes(level)) return `a rule is error, warning, note or off, not "${level}"`
  const ids = allRules.map((rule) => rule.id)
  // Codes of unreadable input are not rules, but can be named, too.
  const meant = ids.includes(id) ? undefined : nearest(id, ids)
  return meant === undefined ? undefined : `there is no rule ${id}: did you mean ${meant}?`
}
