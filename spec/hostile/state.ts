import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Casualty } from './attack'

/** What an attack has done so far. */
export interface State {
  readonly seed: number
  /** Inputs that a function has survived or not, by `entry name`. */
  readonly done: Record<string, number>
  /** Seconds of processor time that they took. */
  readonly seconds: Record<string, number>
  readonly casualties: Casualty[]
}

export const readState = (file: string, seed: number): State =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as State) : { seed, done: {}, seconds: {}, casualties: [] }

/** Whole or not at all: an attack that is ended in the middle of it goes on from the state before. */
export function saveState(file: string, state: State): void {
  writeFileSync(`${file}.new`, JSON.stringify(state, undefined, 1))
  renameSync(`${file}.new`, file)
}
