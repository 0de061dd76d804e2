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

/** The cases of a family, or every so-many-th of them: `npm run test:fast` judges a sample. */
export function readCases(folder: string, family: string, every = 1): ConformanceCase[] {
  const packed = `${family}.jsonl.gz`
  let line = 0
  return readFile(folder, existsSync(join(folder, packed)) ? packed : `${family}.jsonl`, () => line++ % every === 0)
}

/**
 * Every case of a folder by its family, in the order of the families' names, whatever the files are called. `only`: of no other
 * family. Throws where a line is no case: nothing is passed over.
 */
export function readFolder(folder: string, only?: string): ReadonlyMap<string, readonly ConformanceCase[]> {
  const byFamily = new Map<string, ConformanceCase[]>()
  for (const file of readdirSync(folder).filter((name) => /\.jsonl(\.gz)?$/.test(name))) {
    for (const one of readFile(folder, file, (line) => only === undefined || line.includes(JSON.stringify(only)))) {
      const family = one.family ?? file.replace(/\.jsonl(\.gz)?$/, '')
      if (only === undefined || family === only) append(byFamily, family, one)
    }
  }
  return new Map([...byFamily].sort(([left], [right]) => (left < right ? -1 : 1)))
}

function append(byFamily: Map<string, ConformanceCase[]>, family: string, one: ConformanceCase): void {
  const cases = byFamily.get(family)
  if (cases) cases.push(one)
  else byFamily.set(family, [one])
}

function readFile(folder: string, file: string, isWanted: (line: string) => boolean = () => true): ConformanceCase[] {
  const bytes = readFileSync(join(folder, file))
  const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n')
  return lines.flatMap((line, index) => {
    if (line.trim() === '' || !isWanted(line)) return []
    try {
      return [JSON.parse(line) as ConformanceCase]
    } catch {
      throw new Error(`${join(folder, file)}:${index + 1} is not a line of JSON`)
    }
  })
}
