import type { Shape } from '../kube/types/shape'
import { takes } from '../kube/types/takes'
import { givenObject } from '../model/given'
import { ownValue } from '../model/json'
import type { LintFinding, LintOptions } from './finding'
import type { LintSeverity } from './rule'

// What lint reads of its arguments, in the notation of kube/types/shape.ts: programs may keep findings, or make their
// own.

const types: Shape['types'] = {
  Given: 'findings:[]Finding',
  Finding:
    'rule:string severity:string message:string file:string line:int64 column:int64 path:string why?:string fix?:rawJSON',
}

const take = takes(types)('Given')

export const takeFindings = (findings: readonly LintFinding[]): readonly LintFinding[] => take({ findings }).findings

/** The reader reports a value that is not a text. */
export const takeFiles = (files: unknown): Readonly<Record<string, string>> => givenObject(files)

const severities: readonly unknown[] = ['error', 'warning', 'note', 'off']

/** The severity that the options give a rule; undefined where they give none, or no severity. */
export function wishedSeverity(options: LintOptions, rule: string): LintSeverity | 'off' | undefined {
  const wished = ownValue(givenObject<NonNullable<LintOptions['rules']>>(givenObject<LintOptions>(options).rules), rule)
  return severities.includes(wished) ? wished : undefined
}
