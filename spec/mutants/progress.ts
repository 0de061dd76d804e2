import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mutant } from './findMutants'

// Which mutants are tried, and how far that is: a run that was interrupted goes on where it ended.

/** What became of a mutant. */
export interface Fate {
  /** Its place among all mutants. */
  readonly at: number
  /** What noticed it; absent where it lives. */
  readonly killer?: string
  /** How many recordings and stories were asked, of how many that could have noticed. */
  readonly asked: number
  readonly reach: number
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The places of a sample: the same for the same seed, spread over all files. */
export function sampleOf(mutants: readonly Mutant[], size: number, seed: number): readonly number[] {
  return mutants
    .map(({ file, name }, at) => ({ at, rank: digest(`${seed} ${file} ${name}`) }))
    .sort((left, right) => (left.rank < right.rank ? -1 : 1))
    .slice(0, size)
    .map(({ at }) => at)
}

/** What the fates depend on: the mutants, and the texts of their files. */
export const keyOf = (mutants: readonly Mutant[], texts: ReadonlyMap<string, string>): string =>
  digest(JSON.stringify([mutants.map(({ file, name }) => [file, name]), [...texts].sort()]))

/** Makes the folder of a run. Whether it is new, or was about other sources and is empty now. */
export function openState(folder: string, key: string): boolean {
  const file = join(folder, 'key')
  if (existsSync(file) && readFileSync(file, 'utf8') === key) return false
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, key)
  return true
}

/** The last word about each mutant that was tried. */
export function readFates(folder: string): readonly Fate[] {
  const file = join(folder, 'fates.jsonl')
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const fates = lines.map((line) => JSON.parse(line) as Fate)
  return [...new Map(fates.map((fate) => [fate.at, fate])).values()]
}

export function writeFate(folder: string, fate: Fate): void {
  appendFileSync(join(folder, 'fates.jsonl'), `${JSON.stringify(fate)}\n`)
}
