import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { ConformanceCase } from './types'

/** The vectors that are committed with the project. */
export const vectorsFolder = fileURLToPath(new URL('./vectors', import.meta.url))

export function familiesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.jsonl(\.gz)?$/.test(name))
    .map((name) => name.replace(/\.jsonl(\.gz)?$/, ''))
    .sort()
}

export function readCases(folder: string, family: string): ConformanceCase[] {
  const packed = join(folder, `${family}.jsonl.gz`)
  const text = existsSync(packed)
    ? gunzipSync(readFileSync(packed)).toString('utf8')
    : readFileSync(join(folder, `${family}.jsonl`), 'utf8')
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as ConformanceCase)
}
