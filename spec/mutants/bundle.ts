import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, buildSync, type Plugin } from 'esbuild'
import { instrumented, type Mode } from './instrument'

export const root = fileURLToPath(new URL('../..', import.meta.url))

const mutatedFolders = ['src/rollout', 'src/analysis', 'src/experiment']

/** Stories that mutants are shown after all recordings: those about the reducers. */
const storyFolders = ['spec/rollout', 'spec/analysis', 'spec/experiment', 'spec/stories', 'spec/regressions']
/** They count work or time, which switches change, or ask for documentation. */
const unfit = /linearWork|growth|stages|hostile|rediscovered/

function filesBelow(folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
}

export const mutatedFiles = (): string[] => mutatedFolders.flatMap(filesBelow).sort()

const storyFiles = (): string[] =>
  storyFolders.flatMap(filesBelow).filter((file) => file.endsWith('.spec.ts') && !unfit.test(file))

/** Texts of the mutated files, as they were at the beginning: what somebody edits meanwhile does not move a mutant. */
export type Texts = ReadonlyMap<string, string>

/** Where the mutants of a file begin. */
export type Firsts = ReadonlyMap<string, number>

/** The names of the families that have a judge. */
export const judgedFamilies = (): string[] =>
  filesBelow('spec/conformance/families').map((file) => file.replace(/^.*\/(.*)\.ts$/, '$1'))

const entries = {
  recordings: (): string =>
    judgedFamilies()
      .map((family) => `export { judge as '${family}' } from './spec/conformance/families/${family}.ts'`)
      .join('\n'),
  stories: (): string =>
    [...storyFiles().map((file) => `import './${file}'`), "export { stories } from 'vitest'"].join('\n'),
}

export type BundleName = keyof typeof entries

/** The judges of recordings, or stories, as one script with all mutants of the sources in it. */
export async function bundle(name: BundleName, mode: Mode, texts: Texts, firsts: Firsts): Promise<string> {
  const built = await build({
    absWorkingDir: root,
    stdin: { contents: entries[name](), resolveDir: root, loader: 'ts' },
    write: false,
    bundle: true,
    // package.json says that no file does anything when it is loaded; those of stories do.
    ignoreAnnotations: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
    banner: { js: '"use strict";' },
    define: { WeakMap: '__mutants.WeakMap' },
    plugins: [sources(mode, texts, firsts)],
    logLevel: 'error',
  })
  return built.outputFiles[0]?.text ?? ''
}

const sources = (mode: Mode, texts: Texts, firsts: Firsts): Plugin => ({
  name: 'sources',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^vitest$/ }, () => ({ path: join(root, 'spec/mutants/vitestShim.ts') }))
    onResolve({ filter: /^rollout-engine(\/|$)/ }, ({ path }) => ({
      path: join(root, path.replace(/^rollout-engine\/?/, 'src/'), 'index.ts'),
    }))
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const file = path.slice(root.length)
      const text = texts.get(file) ?? readFileSync(path, 'utf8')
      const first = firsts.get(file)
      const contents = first === undefined ? placed(path, file, text) : instrumented(file, text, first, mode)
      return { contents, loader: 'ts' }
    })
  },
})

/** A bundle has one place; its files ask for theirs. */
function placed(path: string, file: string, text: string): string {
  const at = text
    .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
    .replaceAll('import.meta.resolve', "((name: string) => 'file://' + require.resolve(name))")
  return file.endsWith('.spec.ts') ? `import { beginFile } from 'vitest'; beginFile('${file}');${at}` : at
}

/** The program that judges, without mutants. */
export function worker(): string {
  const built = buildSync({
    absWorkingDir: root,
    entryPoints: ['spec/mutants/worker.ts'],
    write: false,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
    logLevel: 'error',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'spec/conformance/vectors.ts')).href) },
  })
  return built.outputFiles[0]?.text ?? ''
}
