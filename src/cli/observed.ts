import type { ClusterObjects } from '../cluster/objects'
import type { ControllerVersion } from '../model/controllerVersion'
import type { KubeObject } from '../model/meta'
import { formatTime } from '../model/time'
import type { RolloutObservation } from '../rollout/observation'
import { assumeMissing, assumptionIssue } from '../simulate/assume/assume'
import { newestTime } from '../simulate/dump/dumpTime'
import { missingFromDump } from '../simulate/dump/missingFromDump'
import { observeRollout } from '../simulate/observe'
import { startObjects } from '../simulate/startObjects'
import { exitCodes } from './exitCodes'
import { hasErrors, printIssues } from './files'
import { type Manifests, readManifests } from './manifestFiles'
import { printNote } from './output'
import { placedIssues } from './placedIssues'

/** The text about files, for commands that read a state. */
export interface StateArguments {
  readonly files: readonly string[]
  readonly rollout?: string
  readonly controller?: ControllerVersion
  /** RFC 3339, or `now`; default: the newest time in the files. */
  readonly at?: string
}

/** A Rollout, or an Experiment without one, with everything in the files about it. */
export interface ObservedFiles {
  readonly objects: ClusterObjects
  readonly key: string
  readonly now: string
  readonly read: Manifests
}

/** The current time of the files. */
export function clockOf(at: string | undefined, manifests: readonly KubeObject[]): string {
  if (at === 'now') return formatTime(Date.now() / 1000)
  return at ?? newestTime(manifests) ?? '2030-01-01T00:00:00Z'
}

/** Reads files as a cluster. If that is impossible, prints the reason and returns the exit code. */
export function readState({ files, rollout, at }: StateArguments): ObservedFiles | number {
  const read = readManifests(files)
  if (!read) return exitCodes.badManifests
  const manifests = read.objects as readonly KubeObject[]
  const now = clockOf(at, manifests)
  const { key, objects, issues } = startObjects(manifests, rollout, now)
  const textOf = (file: string): string | undefined => read.texts.get(file)
  const all =
    key === undefined && !hasErrors(read.issues) ? [...read.issues, ...placedIssues(issues, [], read)] : read.issues
  printIssues(all, textOf)
  if (key === undefined || hasErrors(read.issues)) return exitCodes.badManifests
  return { objects, key, now, read }
}

/** The same for what concerns Rollouts only; what it names and is not in the files is assumed, with a warning. */
export function observeFiles(
  given: StateArguments,
): (ObservedFiles & { readonly observation: RolloutObservation }) | number {
  const state = readState(given)
  if (typeof state === 'number') return state
  const { key, now, read } = state
  if (state.objects[key]?.kind !== 'Rollout') {
    printNote('rollout-engine: there is no Rollout in the files, only an Experiment')
    return exitCodes.badManifests
  }
  const { objects, assumed } = assumeMissing(state.objects, key, now)
  const about = { kind: 'Rollout', name: objects[key]?.metadata.name ?? '' }
  const found = [...missingFromDump(objects, key), ...assumed.map((one) => assumptionIssue(one, objects))]
  printIssues(placedIssues(found, assumed, read, about), (file) => read.texts.get(file))
  const options = given.controller === undefined ? undefined : { controller: given.controller }
  return { ...state, objects, observation: observeRollout(objects, key, now, options) }
}
