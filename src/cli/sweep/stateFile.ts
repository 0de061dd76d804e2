import { createHash } from 'node:crypto'
import { noRuns, type SweepPart } from '../../scenario/sweep/part'
import { isPart } from '../../scenario/sweep/sweepSimulation'
import { versionOfPackage } from '../version'
import { readText, writeWhole } from '../workers/noted'
import type { Swept } from './makePart'

/** How far a sweep is: all runs from its first seed up to here are in the part. */
export interface SweepState {
  readonly part: SweepPart
}

/** What the runs depend on: the Simulation, the files that it names, the first seed, and this program. */
export const keyOf = (swept: Swept, firstSeed: number): string =>
  createHash('sha256')
    .update(JSON.stringify([versionOfPackage(), swept.simulation, swept.files, firstSeed]))
    .digest('hex')

/** The state in a file; no runs where there is no file; a problem, in words, where it is of something else. */
export function readState(file: string, key: string): { readonly state: SweepState } | { readonly problem: string } {
  const read = readText(file)
  if ('problem' in read) return read
  if (read.text === undefined) return { state: { part: noRuns } }
  const state = parsed(read.text)
  if (state === undefined || !isPart(state.part)) return { problem: 'it is no state of a sweep' }
  if (state.key !== key)
    return { problem: 'it is the state of another sweep: of other files, another first seed or another version' }
  return { state: { part: state.part } }
}

function parsed(text: string): { readonly key?: unknown; readonly part?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** Written whole or not at all; the reason where it cannot be written. */
export const writeState = (file: string, key: string, { part }: SweepState): string | undefined =>
  writeWhole(file, `${JSON.stringify({ key, part })}\n`)
