import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'tsup'
import { publishedEntries } from '../../tsup.config'
import { root } from '../package/packed'
import type { Figure } from './bench'

/** What an entry weighs in a bundle: minified and packed, with everything that it imports. */
export async function bench(): Promise<readonly Figure[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rollout-engine-size-')))
  try {
    const figures: Figure[] = []
    for (const [name, source] of Object.entries(publishedEntries)) figures.push(await sizeOf(folder, name, source))
    return figures
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function sizeOf(folder: string, name: string, source: string): Promise<Figure> {
  const outDir = join(folder, name.replace('./', ''))
  await build({
    config: false,
    entry: { bundle: join(root, source) },
    outDir,
    format: 'esm',
    target: 'es2022',
    platform: 'node',
    tsconfig: join(root, 'tsconfig.node.json'),
    minify: true,
    noExternal: [/^(?!fast-check)/],
    silent: true,
  })
  const bytes = gzipSync(readFileSync(join(outDir, 'bundle.js')), { level: 9 }).length
  return { name: `${name}: bundled, gzip`, value: bytes / 1000, unit: 'kB', ...(name === '.' && { most: 40 }) }
}
