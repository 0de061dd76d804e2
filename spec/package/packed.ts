import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly files: readonly string[]
  readonly exports: Readonly<Record<string, unknown>>
  readonly main: string
  readonly types: string
  readonly typesVersions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  readonly bin: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest

/** The package as a registry would have it, and a folder where it is installed. */
export interface Packed {
  readonly tarball: string
  /** Paths in the tarball. */
  readonly files: readonly string[]
  /** A project that has the package and its dependencies in node_modules. */
  readonly consumer: string
  /** The unpacked package in there. */
  readonly installed: string
  remove(): void
}

/** Builds, packs and installs in a temporary folder; the work tree's dist/ is left alone. */
export function packAndInstall(): Packed {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rollout-engine-package-')))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    return { ...install(folder, pack(folder, build(folder))), remove }
  } catch (error) {
    remove()
    throw error
  }
}

function build(folder: string): string {
  const source = join(folder, 'source')
  mkdirSync(source)
  for (const name of ['package.json', 'README.md', 'LICENSE', ...manifest.files.filter((name) => name !== 'dist')])
    if (existsSync(join(root, name))) cpSync(join(root, name), join(source, name), { recursive: true })
  run(process.execPath, [join(root, 'node_modules/tsup/dist/cli-default.js'), '--out-dir', join(source, 'dist')], root)
  run(process.execPath, ['--import', 'tsx', join(root, 'scripts/emit-types.ts'), join(source, 'dist')], root)
  // It loads what was built, which needs the dependencies beside it; npm packs no node_modules.
  symlinkSync(join(root, 'node_modules'), join(source, 'node_modules'))
  run(process.execPath, [join(root, 'scripts/finish-build.mjs'), join(source, 'dist')], root)
  return source
}

function pack(folder: string, source: string): { tarball: string; files: string[] } {
  const printed = run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], source)
  const [packed] = JSON.parse(printed) as [{ filename: string; files: { path: string }[] }]
  return { tarball: join(folder, packed.filename), files: packed.files.map((file) => file.path) }
}

function install(folder: string, packed: { tarball: string; files: string[] }): Omit<Packed, 'remove'> {
  const consumer = join(folder, 'consumer')
  const installed = join(consumer, 'node_modules', manifest.name)
  mkdirSync(installed, { recursive: true })
  run('tar', ['-xzf', packed.tarball, '-C', installed, '--strip-components=1'], folder)
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    const link = join(consumer, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), link, 'dir')
  }
  return { ...packed, consumer, installed }
}

/** What the command prints; throws with all that it printed if it fails. */
export function run(command: string, words: readonly string[], folder: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, words, { cwd: folder, encoding: 'utf8' })
  if (status === 0) return stdout
  throw new Error([`${command} ${words.join(' ')} ended with ${status}`, error?.message, stdout, stderr].join('\n'))
}
