import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from './bundle'
import { applyMutant, type Mutant } from './findMutants'
import type { Fate } from './progress'

/** Places of the mutants that nothing noticed, and that do not compile: `npm run check` would not let them pass. Known ones are kept. */
export function refusedByCompiler(
  folder: string,
  mutants: readonly Mutant[],
  fates: readonly Fate[],
  end: number,
): ReadonlySet<number> {
  const file = join(folder, 'compiled.json')
  const known = new Map(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as [number, boolean][]) : [])
  const compiles = compiler()
  for (const { at, killer } of fates) {
    const mutant = mutants[at]
    if (killer !== undefined || !mutant || known.has(at)) continue
    if (Date.now() > end) break
    known.set(at, compiles(mutant))
  }
  writeFileSync(file, JSON.stringify([...known]))
  return new Set([...known].flatMap(([at, isFine]) => (isFine ? [] : [at])))
}

/** Whether a mutant compiles, in its own file. */
function compiler(): (mutant: Mutant) => boolean {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    { noUnusedLocals: false, noUnusedParameters: false },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  )
  if (!config) throw new Error('tsconfig.json cannot be read')
  const changed = new Map<string, { readonly version: number; readonly text?: string }>()
  const textOf = (path: string): string | undefined => changed.get(path)?.text ?? ts.sys.readFile(path)
  const service = ts.createLanguageService({
    getCompilationSettings: () => config.options,
    getScriptFileNames: () => config.fileNames,
    getScriptVersion: (path) => `${changed.get(path)?.version ?? 0}`,
    getScriptSnapshot: (path) => {
      const text = textOf(path)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  })
  let version = 0
  return (mutant) => {
    const path = join(root, mutant.file)
    const put = (text?: string): void => void changed.set(path, { version: ++version, text })
    put(applyMutant(readFileSync(path, 'utf8'), mutant))
    const found = [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)]
    put()
    return found.length === 0
  }
}
