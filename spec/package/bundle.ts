import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build } from 'esbuild'
import { root } from './packed'

/** A source with all that it imports, as a bundler for the web makes it. fast-check is the user's own. */
export async function bundled(source: string, options: BuildOptions = {}): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, source)],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    tsconfig: 'tsconfig.node.json',
    external: ['fast-check', 'node:*'],
    logLevel: 'silent',
    ...options,
  })
  return outputFiles?.[0]?.text ?? ''
}

/** Kilobytes of such a bundle, packed. */
export const bundledKilobytes = async (source: string): Promise<number> => kilobytesOf(await bundled(source))

export const kilobytesOf = (code: string): number => gzipSync(code, { level: 9 }).length / 1000
