import { readFileSync, statSync } from 'node:fs'
import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import { looksLikeSimulation } from '../scenario/readSimulation'
import type { Manifest } from '../simulate/worldEvent'
import { type Manifests, readManifests } from './manifestFiles'
import { readScenarioFiles, type ScenarioOfFile } from './scenarioFiles'

/** What the files of `upgrade` hold. */
export interface UpgradeFiles {
  /** The files with manifests. */
  readonly read: Manifests
  /** Of the files with manifests; without a Rollout there, those that the Simulations name. */
  readonly manifests: readonly KubeObject[]
  /** Stories that are simulated beside the standard ones. */
  readonly scenarios: readonly ScenarioOfFile[]
  readonly issues: readonly Issue[]
  /** Text by file. */
  readonly texts: ReadonlyMap<string, string>
}

/** Reads manifests and Simulations, each from the files that hold them; folders may hold both. */
export function readUpgradeFiles(names: readonly string[]): UpgradeFiles | undefined {
  const isStory = (name: string): boolean => contentOf(name) === 'stories'
  const read = readManifests(names.filter((name) => !isStory(name)))
  const told = readScenarioFiles(names.filter((name) => isStory(name) || contentOf(name) === 'folder'))
  if (!read || !told) return undefined
  const given = read.objects as readonly KubeObject[]
  return {
    read,
    manifests: given.some(({ kind }) => kind === 'Rollout') ? given : [...given, ...namedIn(told.scenarios)],
    scenarios: told.scenarios,
    issues: [...read.issues, ...told.issues],
    texts: new Map([...read.texts, ...told.texts]),
  }
}

function contentOf(name: string): 'folder' | 'stories' | 'manifests' {
  try {
    if (statSync(name).isDirectory()) return 'folder'
    return looksLikeSimulation(readFileSync(name, 'utf8')) ? 'stories' : 'manifests'
  } catch {
    // Who reads the manifests says why it cannot be read; "-" is standard input.
    return 'manifests'
  }
}

/** Objects that Simulations stand on, once each. */
function namedIn(scenarios: readonly ScenarioOfFile[]): readonly KubeObject[] {
  const objects = new Map<string, Manifest>()
  for (const { simulation, files } of scenarios) {
    for (const source of simulation.spec.manifests) {
      for (const object of typeof source === 'string' ? (files[source] ?? []) : [source]) {
        const { kind, metadata } = object as KubeObject
        const key = `${kind}/${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`
        if (!objects.has(key)) objects.set(key, object)
      }
    }
  }
  return [...objects.values()] as readonly KubeObject[]
}

/** Names of the Rollouts to compare: the one that was asked for, or all, in the order of the files. */
export const rolloutsOf = (manifests: readonly KubeObject[], asked: string | undefined): readonly string[] => {
  const all = manifests.filter(({ kind }) => kind === 'Rollout').map(({ metadata }) => metadata.name)
  return asked === undefined ? [...new Set(all)] : [asked]
}

/** What is simulated with a Rollout of a large file: the other ones would only be carried along. */
export const withoutOtherRollouts = (manifests: readonly KubeObject[], name: string): readonly KubeObject[] =>
  manifests.filter(({ kind, metadata }) => kind !== 'Rollout' || metadata.name === name)

/** What the controller made by itself, and what only says how things stand, is not applied by anybody. */
const made: ReadonlySet<string> = new Set(['ReplicaSet', 'Pod', 'AnalysisRun', 'Experiment', 'Event'])

/** The manifests behind a dump. */
export const asApplied = (live: readonly KubeObject[]): readonly KubeObject[] =>
  live.filter(({ kind }) => !made.has(kind ?? '')).map((object) => ({ ...object, status: undefined }))
