import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Mutant } from './findMutants'

// Which mutants are tried, and how far that is: a run that was interrupted goes on where it ended.

/** What became of a mutant. */
export interface Fate {
  readonly file: string
  readonly name: string
  /** What noticed it; absent where it lives. */
  readonly killer?: string
  /** In how many recorded cases it made a difference to anything. */
  readonly reach: number
}

export interface Progress {
  readonly key: string
  /** For each mutant the recorded cases in which it makes a difference. */
  readonly reach?: readonly (readonly number[])[]
  readonly fates: readonly Fate[]
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The same mutants for the same seed, spread over all files, whatever their order. */
export function sampleOf(mutants: readonly Mutant[], size: number, seed: number): readonly Mutant[] {
  const ranked = mutants.map((mutant) => ({ mutant, rank: digest(`${seed} ${mutant.file} ${mutant.name}`) }))
  return ranked
    .sort((left, right) => (left.rank < right.rank ? -1 : 1))
    .slice(0, size)
    .map(({ mutant }) => mutant)
}

/** What the fates depend on: the mutants, and the texts of their files. */
export const keyOf = (mutants: readonly Mutant[], texts: ReadonlyMap<string, string>): string =>
  digest(JSON.stringify([mutants.map(({ file, name }) => [file, name]), [...texts].sort()]))

/** What was noted; nothing where the note is about other mutants or other sources. */
export function readProgress(file: string | undefined, key: string): Progress {
  if (file === undefined || !existsSync(file)) return { key, fates: [] }
  const noted = JSON.parse(readFileSync(file, 'utf8')) as Progress
  return noted.key === key ? noted : { key, fates: [] }
}

export function writeProgress(file: string | undefined, progress: Progress): void {
  if (file === undefined) return
  writeFileSync(`${file}.new`, JSON.stringify(progress))
  renameSync(`${file}.new`, file)
}
