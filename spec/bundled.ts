import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { afterAll } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Programs of the project, each as one file of JavaScript that Node starts by itself: tsx takes two seconds of processor
 * time to load the sources of the command line, every time. To be called where a spec begins: they are removed at its
 * end. Named as they will be found: `{ main: 'src/cli/main.ts' }`.
 */
export function bundled(programs: Readonly<Record<string, string>>): (name: string) => string {
  mkdirSync(join(root, '.cache'), { recursive: true })
  // As deep below package.json as src/cli/ and dist/cli/ are: the command line reads its version there.
  const folder = mkdtempSync(join(root, '.cache', 'program-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  buildSync({
    absWorkingDir: root,
    entryPoints: { ...programs },
    outdir: folder,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    tsconfig: 'tsconfig.node.json',
    logLevel: 'error',
  })
  return (name) => join(folder, `${name}.js`)
}

/** The file of the command line, with the program of its worker threads beside it. */
export const bundledCommand = (): string =>
  bundled({ main: 'src/cli/main.ts', worker: 'src/cli/workers/worker.ts' })('main')
