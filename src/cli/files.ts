import { readFileSync } from 'node:fs'
import type { Issue } from '../model/issue'
import { printNote } from './output'
import { readableLine } from './readable'

/** The text of a file, or of standard input for `-`; undefined, after saying why, where it cannot be read. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    printNote(`rollout-engine: cannot read ${readableLine(file)}: ${readableLine(reason)}`)
    return undefined
  }
}

/** Prints issues where people look for them: `rollout.yaml:12: spec.replicas: expected an integer …` */
export function printIssues(issues: readonly Issue[]): void {
  for (const issue of issues) printNote(describeIssue(issue))
}

export const hasErrors = (issues: readonly Issue[]): boolean => issues.some(({ severity }) => severity !== 'warning')

function describeIssue({ file, line, path, message, severity }: Issue): string {
  const place = [file, line].filter((part) => part !== undefined).join(':')
  const text = severity === 'warning' ? `warning: ${message}` : message
  // What comes from a file begins no line of its own.
  const indented = text.replaceAll('\n', '\n    ')
  return [readableLine(place), readableLine(path), indented].filter((part) => part !== '').join(': ')
}
