import type { LoggedReconcile } from '../explain/shadow/shadowLog'
import type { Issue } from '../model/issue'
import { isJsonObject } from '../model/json'

/** A reconcile of a Rollout, and its line in the log, from 1. */
export interface LoggedLine {
  readonly line: number
  readonly record: LoggedReconcile
}

/** A log of a host of your own: a `ReconcileRecord` a line. */
export const isHostLog = (file: string): boolean => /\.(?:jsonl|ndjson|log)$/i.test(file)

const mostRecords = 20_000

/** The reconciles of Rollouts in a log; lines of other kinds and of other programs are left out. */
export function readHostLog(text: string): {
  readonly lines: readonly LoggedLine[]
  readonly issues: readonly Issue[]
} {
  const lines: LoggedLine[] = []
  for (const [index, one] of text.split('\n').entries()) {
    const record = one.startsWith('{') ? parsed(one) : undefined
    if (!isJsonObject(record) || !isJsonObject(record.observed) || !isJsonObject(record.decision)) continue
    if (lines.length >= mostRecords) {
      const message = `only the first ${mostRecords} reconciles are read: give a shorter log`
      return { lines, issues: [{ code: 'too-long', path: '', line: index + 1, message, severity: 'warning' }] }
    }
    lines.push({ line: index + 1, record: record as unknown as LoggedReconcile })
  }
  if (lines.length > 0) return { lines, issues: [] }
  const message = 'no line is a record of a host that saw a Rollout: log each onReconcile as JSON, a line each'
  return { lines, issues: [{ code: 'syntax', path: '', message }] }
}

/** A line that is cut off is none. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
