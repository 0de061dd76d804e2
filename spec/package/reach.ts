import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/** What is loaded when a built module is. */
export interface Reach {
  /** Files of the package, the module itself first. */
  readonly files: readonly string[]
  /** Modules from outside, as they are imported, sorted. */
  readonly outside: readonly string[]
}

/** Follows the imports (ESM) and requires (CJS) of a built file. */
export function reachOf(file: string): Reach {
  const files = [file]
  const outside = new Set<string>()
  for (let i = 0; i < files.length; i++) {
    const from = files[i]!
    for (const specifier of importedBy(from)) {
      if (!specifier.startsWith('.')) outside.add(specifier)
      else if (!files.includes(join(dirname(from), specifier))) files.push(join(dirname(from), specifier))
    }
  }
  return { files, outside: [...outside].sort() }
}

const importedBy = (file: string): string[] =>
  ts.preProcessFile(readFileSync(file, 'utf8'), true, true).importedFiles.map((imported) => imported.fileName)

/** `zod/mini` -> `zod`, `@scope/name/x` -> `@scope/name`. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
