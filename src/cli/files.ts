import { readFileSync } from 'node:fs'
import process from 'node:process'
import type { Issue } from '../model/issue'

/** The text of a file, or of standard input for `-`; undefined, after saying why, where it cannot be read. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    process.stderr.write(`rollout-engine: cannot read ${file}: ${reason}\n`)
    return undefined
  }
}

/** Prints issues where people look for them: `rollout.yaml:12: spec.replicas: expected an integer …` */
export function printIssues(issues: readonly Issue[]): void {
  for (const issue of issues) process.stderr.write(`${describeIssue(issue)}\n`)
}

export const hasErrors = (issues: readonly Issue[]): boolean => issues.some(({ severity }) => severity !== 'warning')

function describeIssue({ file, line, path, message, severity }: Issue): string {
  const place = [file, line].filter((part) => part !== undefined).join(':')
  const text = severity === 'warning' ? `warning: ${message}` : message
  return [place, path, text].filter((part) => part !== '').join(': ')
}
