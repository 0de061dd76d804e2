import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'tsup'
import { root } from './packed'

/** Kilobytes of a source with all that it imports, minified and packed. fast-check is the user's own. */
export async function bundledKilobytes(source: string): Promise<number> {
  const outDir = realpathSync(mkdtempSync(join(tmpdir(), 'rollout-engine-bundle-')))
  try {
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
    return gzipSync(readFileSync(join(outDir, 'bundle.js')), { level: 9 }).length / 1000
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}
