import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, vi } from 'vitest'
import { runCommandLine } from '../../src/cli/runCommandLine'

/** What a command said; the test's own folder is taken out of it. */
export interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface Desk {
  /** Writes a file into the test's folder and returns its whole name. */
  readonly put: (name: string, content: string | Uint8Array) => string
  readonly run: (...words: readonly string[]) => Said
}

/** Runs the command line in this process, in a folder that lasts for one test. */
export function desk(): Desk {
  const state = { folder: '', out: '', err: '' }
  beforeEach(() => {
    state.folder = mkdtempSync(join(tmpdir(), 'rollout-engine-'))
    const keep = (stream: 'out' | 'err') => (text: string | Uint8Array) => {
      state[stream] += text
      return true
    }
    vi.spyOn(process.stdout, 'write').mockImplementation(keep('out'))
    vi.spyOn(process.stderr, 'write').mockImplementation(keep('err'))
  })
  afterEach(() => {
    vi.restoreAllMocks()
    rmSync(state.folder, { recursive: true })
  })
  return {
    put: (name, content) => {
      const file = join(state.folder, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
      return file
    },
    run: (...words) => {
      Object.assign(state, { out: '', err: '' })
      const code = runCommandLine(words)
      if (typeof code !== 'number') throw new Error('this command goes on after it returned')
      const short = (text: string): string => text.replaceAll(`${state.folder}/`, '')
      return { code, out: short(state.out), err: short(state.err) }
    },
  }
}
