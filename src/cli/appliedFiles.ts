import type { ModelObject } from '../input/kinds'
import type { WorldEvent } from '../simulate/worldEvent'
import { secondsOf } from './commandLine/common'
import { readManifestsAt } from './gitFiles'
import { type Manifests, readManifests } from './manifestFiles'
import { printNote } from './output'
import { readableLine } from './readable'

/** A file or folder that is applied while the Rollout runs. */
export interface AppliedFile {
  readonly file: string
  /** Absent: as soon as the Rollout is Healthy. */
  readonly atSeconds?: number
}

/** `FILE[@TIME]`: a file may have an `@` in its name, so the text after the last one has to be a time. */
export function readApplied(text: string): AppliedFile {
  const at = text.lastIndexOf('@')
  const atSeconds = at < 0 ? undefined : secondsOf(text.slice(at + 1))
  return atSeconds === undefined ? { file: text } : { file: text.slice(0, at), atSeconds }
}

export interface RunningAndApplied {
  readonly running: Manifests
  readonly events: readonly WorldEvent[]
  /** All files, the last applied first, because errors are located in the newest manifest. */
  readonly newestFirst: Manifests
}

/**
 * Reads the running and the applied manifests. If several files have the same Rollout, the first one runs and the
 * others are applied. With `from`, the files as they were at that revision run, and those of today are applied. If a
 * file cannot be read, prints the reason and returns undefined.
 */
export function readRunningAndApplied(
  files: readonly string[],
  applied: readonly AppliedFile[],
  from?: string,
): RunningAndApplied | undefined {
  const running: Manifests[] = []
  const changed: { readonly read: Manifests; readonly atSeconds?: number }[] = []
  if (from !== undefined) {
    const [before, now] = [readManifestsAt(from, files), readManifests(files)]
    if (!before || !now) return undefined
    running.push(before)
    changed.push({ read: now })
  }
  for (const file of from === undefined ? files : []) {
    const read = readManifests([file])
    if (!read) return undefined
    const again = rolloutsOf(read).find((one) => running.some((other) => rolloutsOf(other).some(isSame(one))))
    if (!again) running.push(read)
    else {
      const note = `${file} has the Rollout ${again.metadata.name} again: it is applied once the first one is Healthy; --apply ${file}@TIME says when`
      printNote(`rollout-engine: ${readableLine(note)}`)
      changed.push({ read })
    }
  }
  for (const { file, atSeconds } of applied) {
    const read = readManifests([file])
    if (!read) return undefined
    changed.push({ read, ...(atSeconds !== undefined && { atSeconds }) })
  }
  const isLive = running.some((read) => rolloutsOf(read).some(({ status }) => status !== undefined))
  const events = changed.map(({ read, atSeconds }, index): WorldEvent => {
    // A Rollout from a cluster already runs, so the first change is made at once.
    if (atSeconds === undefined && !(isLive && index === 0)) return { whenHealthy: true, apply: read.objects }
    return { atSeconds: atSeconds ?? 0, apply: read.objects }
  })
  const all = changed.map(({ read }) => read)
  return { running: together(running), events, newestFirst: together([...all.reverse(), ...running]) }
}

const rolloutsOf = ({ objects }: Manifests): readonly Extract<ModelObject, { status?: unknown }>[] =>
  objects.filter(({ kind }) => kind === 'Rollout')

const isSame =
  ({ metadata }: ModelObject) =>
  (other: ModelObject): boolean =>
    other.metadata.name === metadata.name && other.metadata.namespace === metadata.namespace

function together(all: readonly Manifests[]): Manifests {
  return {
    objects: all.flatMap(({ objects }) => objects),
    files: all.flatMap(({ files }) => files),
    issues: all.flatMap(({ issues }) => issues),
    texts: new Map(all.flatMap(({ texts }) => [...texts])),
    place: (issue, about) => {
      for (const { place } of all) {
        const placed = place(issue, about)
        if (placed.line !== undefined) return placed
      }
      return issue
    },
  }
}
