import { createHash } from 'node:crypto'
import type { CheckReport } from '../../check/check'
import { isJsonObject } from '../../model/json'
import { versionOfPackage } from '../version'
import { readText, writeWhole } from '../workers/noted'
import type { Checked } from './tryPart'

/** What the parts depend on: the manifests, the options, the first seed, and this program. */
export const keyOfCheck = (checked: Checked, seed: number): string =>
  createHash('sha256')
    .update(JSON.stringify([versionOfPackage(), checked, seed]))
    .digest('hex')

/** Numbers that JSON has no words for are in series of metrics without data. */
export const asText = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : value

export const asNumber = (_: string, value: unknown): unknown =>
  isJsonObject(value) && typeof value.$number === 'string' ? Number(value.$number) : value

/**
 * Whole parts that were tried before; none where there is no file; a problem, in words, where it is of something else.
 */
export function readParts(
  file: string,
  key: string,
): { readonly parts: readonly CheckReport[] } | { readonly problem: string } {
  const read = readText(file)
  if ('problem' in read) return read
  if (read.text === undefined) return { parts: [] }
  const state = parsed(read.text)
  if (!Array.isArray(state?.parts) || !state.parts.every(isReport)) return { problem: 'it is no state of a check' }
  if (state.key !== key)
    return { problem: 'it is the state of another check: of other files, options, another seed or another version' }
  return { parts: state.parts }
}

function parsed(text: string): { readonly key?: unknown; readonly parts?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text, asNumber)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isReport = (value: unknown): value is CheckReport =>
  isJsonObject(value) &&
  isJsonObject(value.coverage) &&
  Array.isArray(value.counterexamples) &&
  typeof value.runs === 'number'

/** Notes the parts that are whole; the reason where they cannot be noted. */
export const writeParts = (file: string, key: string, parts: readonly CheckReport[]): string | undefined =>
  writeWhole(file, `${JSON.stringify({ key, parts }, asText)}\n`)
