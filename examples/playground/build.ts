import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build, type Plugin } from 'esbuild'

// npm run playground: writes the page to build/playground, to open from the disk or to serve as files.

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
export const defaultFolder = join(root, 'build/playground')

/** Modules of the engine that only analyses need: they come from the bundle `analyses.js`, once a simulation asks. */
const ofAnalyses: Readonly<Record<string, readonly string[]>> = {
  'src/analysis/reconcileAnalysisRun.ts': ['reconcileAnalysisRun'],
  'src/replay/measurePoint.ts': ['measurePoint'],
  'src/replay/readSeries.ts': ['isUsedUp', 'pointFor', 'readSeries'],
}

const analysesLater: Plugin = {
  name: 'analyses later',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const names = ofAnalyses[relative(root, path).replaceAll('\\', '/')]
      if (names === undefined) return undefined
      const functions = names.map((name) => `export const ${name} = (...given) => loadedAnalyses().${name}(...given)`)
      const contents = [`import { loadedAnalyses } from ${JSON.stringify(join(here, 'engine/loaded'))}`, ...functions]
      return { contents: contents.join('\n'), loader: 'js' }
    }),
}

const common: BuildOptions = {
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  tsconfig: join(root, 'tsconfig.json'),
}

/**
 * A bundle as a function that the page never calls: it makes the worker of its text. Browsers start no worker from a file
 * on a disk, but they do from a text.
 */
const asText = (name: string): BuildOptions => ({ banner: { js: `function ${name}(){` }, footer: { js: '}' } })

/** Each file of the page that is built, and the options of esbuild for it. */
const bundles: Readonly<Record<string, BuildOptions>> = {
  'page.js': { entryPoints: [join(here, 'page/main.ts')] },
  'engine.js': {
    entryPoints: [join(here, 'engine/worker.ts')],
    plugins: [analysesLater],
    ...asText('playgroundEngine'),
  },
  'analyses.js': { entryPoints: [join(here, 'engine/analyses.ts')], ...asText('playgroundAnalyses') },
}
const copied = ['index.html', 'page.css']

/** Writes all files of the page; the kilobytes of each, packed. */
export async function buildPlayground(folder: string): Promise<Readonly<Record<string, number>>> {
  mkdirSync(folder, { recursive: true })
  for (const file of copied) copyFileSync(join(here, file), join(folder, file))
  const sizes: Record<string, number> = {}
  for (const [file, options] of Object.entries(bundles)) {
    const { outputFiles } = await build({ ...common, ...options, write: false })
    const text = outputFiles[0]?.contents ?? new Uint8Array()
    writeFileSync(join(folder, file), text)
    sizes[file] = gzipSync(text, { level: 9 }).length / 1000
  }
  return sizes
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? defaultFolder
  const sizes = await buildPlayground(folder)
  for (const [file, size] of Object.entries(sizes)) console.log(`${file.padEnd(12)} ${size.toFixed(1)} kB packed`)
  console.log(`open ${pathToFileURL(join(folder, 'index.html')).href}`)
}
