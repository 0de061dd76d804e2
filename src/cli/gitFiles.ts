import { execFileSync } from 'node:child_process'
import { type Manifests, manifestName, manifestsOf } from './manifestFiles'
import { printNote } from './output'
import { readableLine } from './readable'

/**
 * Files and folders as they were at a revision of the git repository around the working directory. If git cannot tell,
 * prints its reason and returns undefined.
 */
export function readManifestsAt(revision: string, names: readonly string[]): Manifests | undefined {
  const texts = new Map<string, string>()
  for (const name of names) {
    const blobs = blobsOf(revision, name)
    if (!blobs) return undefined
    for (const { path, hash } of blobs) {
      const text = git(['cat-file', 'blob', hash])
      if (text === undefined) return undefined
      texts.set(`${revision}:${path}`, text)
    }
  }
  return manifestsOf(texts)
}

interface Entry {
  readonly type: string
  readonly hash: string
  readonly path: string
}

/** The file, or the manifests right in the folder. */
function blobsOf(revision: string, name: string): readonly Entry[] | undefined {
  const path = name.replace(/\/+$/, '')
  const own = path === '.' ? [] : entriesOf(revision, path)
  if (!own) return undefined
  const isFolder = path === '.' || own[0]?.type === 'tree'
  const all = isFolder ? entriesOf(revision, `${path}/`) : own
  if (!all) return undefined
  const blobs = all.filter(({ type, path }) => type === 'blob' && (!isFolder || manifestName.test(path)))
  if (blobs.length > 0) return blobs
  printNote(`rollout-engine: there is no manifest ${readableLine(name)} at ${readableLine(revision)}`)
  return undefined
}

function entriesOf(revision: string, path: string): readonly Entry[] | undefined {
  const listed = git(['ls-tree', '-z', revision, '--', path])
  return listed?.split('\0').flatMap((line) => {
    const [, type = '', hash = '', path = ''] = /^\d+ (\w+) (\w+)\t(.*)$/s.exec(line) ?? []
    return type === '' ? [] : [{ type, hash, path }]
  })
}

const mostBytes = 64 * 1024 * 1024

function git(words: readonly string[]): string | undefined {
  try {
    return execFileSync('git', words, { encoding: 'utf8', maxBuffer: mostBytes, stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { code, stderr, message } = error as { code?: string; stderr?: string; message: string }
    const why = code === 'ENOENT' ? 'git is not installed' : (stderr || message).trim().split('\n')[0]
    printNote(`rollout-engine: --from: ${readableLine(why ?? '')}`)
    return undefined
  }
}
