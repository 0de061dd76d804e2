import type { Scenario } from '../../check/scenario'
import { isJsonObject } from '../../model/json'
import { readText, writeWhole } from '../workers/noted'
import { asNumber, asText } from './checkState'

/** The runs that an earlier check kept; none where there is no file. */
export function readCorpus(file: string): { readonly corpus: readonly Scenario[] } | { readonly problem: string } {
  const read = readText(file)
  if ('problem' in read) return read
  if (read.text === undefined) return { corpus: [] }
  try {
    const value: unknown = JSON.parse(read.text, asNumber)
    // Which of them are runs is for the check to judge.
    if (isJsonObject(value) && Array.isArray(value.corpus))
      return { corpus: value.corpus as unknown as readonly Scenario[] }
  } catch {
    // No JSON is no corpus either.
  }
  return { problem: 'it is no corpus of a check' }
}

/** The reason where it cannot be written. */
export const writeCorpus = (file: string, corpus: readonly Scenario[]): string | undefined =>
  writeWhole(file, `${JSON.stringify({ corpus }, asText)}\n`)
