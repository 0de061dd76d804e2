import { readFileSync } from 'node:fs'
import type { Issue } from '../model/issue'

import { codeFrame } from './codeFrame'
import { printNote } from './output'
import { readableLine } from './readable'

/** The text of a file, or of standard input for `-`. If it cannot be read, prints the reason and returns undefined. */
export function readText(file: string): string | undefined {
  const read = decodedText(file)
  if ('text' in read) {
    if (read.badLine !== undefined) {
      const message = 'bytes that are not UTF-8 are read as \ufffd, as kubectl does: save the file as UTF-8'
      printIssues([{ code: 'not-utf-8', path: '', message, severity: 'warning', file, line: read.badLine }])
    }
    return read.text
  }
  printNote(`rollout-engine: cannot read ${readableLine(file)}: ${readableLine(read.problem)}`)
  return undefined
}

type Decoded = { readonly text: string; readonly badLine?: number } | { readonly problem: string }

function decodedText(file: string): Decoded {
  if (/^https?:\/\//.test(file)) return { problem: `nothing is fetched: curl -sL ${file} | rollout-engine COMMAND -` }
  let bytes: Buffer
  try {
    bytes = readFileSync(file === '-' ? 0 : file)
  } catch (error) {
    return { problem: reasonOf(error) }
  }
  const encoding = otherEncoding(bytes)
  if (encoding !== undefined) return { problem: `not text, ${encoding}` }
  const text = bytes.toString('utf8')
  const at = text.indexOf('\ufffd')
  const isBad = at >= 0 && !Buffer.from(text, 'utf8').equals(bytes)
  return isBad ? { text, badLine: text.slice(0, at).split('\n').length } : { text }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission',
  EISDIR: 'it is a folder',
}

export function reasonOf(error: unknown): string {
  const { code = '', message = String(error) } = error as { readonly code?: string; readonly message?: string }
  return Object.hasOwn(reasons, code) ? (reasons[code] ?? message) : message
}

/** Manifests contain no NUL; binary data soon does. */
const looksAt = 8000

function otherEncoding(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, looksAt)
  const [first, second] = start
  const advice = 'looks like UTF-16: save it as UTF-8'
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return advice
  if (!start.includes(0)) return undefined
  const zeros = [0, 1].map((odd) => start.filter((byte, index) => byte === 0 && index % 2 === odd).length)
  return Math.max(...zeros) > start.length / 4 && Math.min(...zeros) < start.length / 100
    ? advice
    : 'looks like binary data'
}

/** Prints issues with their place: `rollout.yaml:12: spec.replicas: expected an integer …` */
export function printIssues(
  issues: readonly Issue[],
  textOf: (file: string) => string | undefined = () => undefined,
): void {
  for (const issue of issues) {
    const text = issue.file === undefined ? undefined : textOf(issue.file)
    printNote(`${describeIssue(issue)}${text === undefined ? '' : codeFrame(text, issue)}`)
  }
}

/** What several runs have in common is said once. */
export function withoutRepeats(issues: readonly Issue[]): readonly Issue[] {
  const seen = new Set<string>()
  return issues.filter((issue) => {
    const key = JSON.stringify(issue)
    return !seen.has(key) && seen.add(key)
  })
}

export const hasErrors = (issues: readonly Issue[]): boolean => issues.some(({ severity }) => severity !== 'warning')

function describeIssue({ file, line, column, path, message, severity }: Issue): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':')
  const text = severity === 'warning' ? `warning: ${message}` : message
  // Text from a file never starts a line of its own.
  const indented = text.replaceAll('\n', '\n    ')
  return [readableLine(place), readableLine(path), indented].filter((part) => part !== '').join(': ')
}
