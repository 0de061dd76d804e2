import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Which mutants make a difference to which recordings and stories: a row of bits for each, in one file for each family.

/** Something that a mutant is asked: a recorded reconcile, a recorded case, or a story. */
export interface Question {
  readonly family: string
  /** Which case, and which of its judged reconciles; of stories only the first. */
  readonly index: number
  readonly part: number
  readonly name: string
  readonly milliseconds: number
}

export interface Asked extends Question {
  /** One bit for each mutant. */
  readonly row: Uint8Array
}

const fileOf = (folder: string, family: string, end: string): string =>
  join(folder, `reach-${family.replace('/', '+')}.${end}`)

export const isKnown = (folder: string, family: string): boolean => existsSync(fileOf(folder, family, 'json'))

export function writeReach(folder: string, family: string, asked: readonly Asked[]): void {
  writeFileSync(fileOf(folder, family, 'bits'), Buffer.concat(asked.map(({ row }) => row)))
  writeFileSync(fileOf(folder, family, 'json'), JSON.stringify(asked.map(({ row: _, ...question }) => question)))
}

export function readReach(folder: string, family: string, mutants: number): readonly Asked[] {
  const questions = JSON.parse(readFileSync(fileOf(folder, family, 'json'), 'utf8')) as Question[]
  const bits = readFileSync(fileOf(folder, family, 'bits'))
  const size = bytesOf(mutants)
  return questions.map((question, at) => ({ ...question, row: bits.subarray(at * size, (at + 1) * size) }))
}

export const bytesOf = (mutants: number): number => (mutants >> 3) + 1

export const isReached = ({ row }: Asked, mutant: number): boolean =>
  ((row[mutant >> 3] ?? 0) & (1 << (mutant & 7))) !== 0

export function mark(row: Uint8Array, mutant: number): void {
  row[mutant >> 3] = (row[mutant >> 3] ?? 0) | (1 << (mutant & 7))
}
