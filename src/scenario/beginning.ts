import { install } from '../check/installed'
import type { Issue } from '../model/issue'
import type { SimulationInput } from '../simulate/simulation'
import type { Manifest } from '../simulate/worldEvent'
import { type NamedFiles, objectsOf } from './deeds'
import type { ManifestSource } from './parts'

/** The objects that a Simulation's manifests mean, and what is wrong with them. */
interface ReadManifests {
  readonly manifests: readonly Manifest[]
  readonly issues: readonly Issue[]
}

/** The input with the first version installed; without an input it cannot be, and the issues say why. */
type InstalledInput = { readonly input?: SimulationInput; readonly issues: readonly Issue[] }

/**
 * Reads what a run begins with. It remembers the last answer of each kind: chance rarely touches the manifests of a
 * sweep, so all its runs begin with the same objects, read and installed once.
 */
export interface BeginningReader {
  readonly manifests: (sources: readonly ManifestSource[], files: NamedFiles) => ReadManifests
  readonly installed: (input: SimulationInput) => InstalledInput
}

export function beginningReader(): BeginningReader {
  const installed = lastAnswer(installedFirst)
  return {
    manifests: lastAnswer(readManifests),
    installed: (input) => {
      const { manifests, name, missing, options, events } = input
      const isApplied = (events ?? []).some(({ apply }) => apply !== undefined)
      const { objects, issues } = installed(manifests, name, missing, options?.controller, isApplied)
      return { issues, ...(objects && { input: { ...input, manifests: objects } }) }
    },
  }
}

/** The same arguments as last time give the same answer again. */
function lastAnswer<Given extends readonly unknown[], Answer>(
  answer: (...given: Given) => Answer,
): (...given: Given) => Answer {
  let last: { readonly given: Given; readonly answer: Answer } | undefined
  return (...given) => {
    if (!last?.given.every((one, at) => one === given[at])) last = { given, answer: answer(...given) }
    return last.answer
  }
}

function readManifests(sources: readonly ManifestSource[], files: NamedFiles): ReadManifests {
  const issues: Issue[] = []
  return { manifests: objectsOf(sources, files, 'spec.manifests', issues), issues }
}

function installedFirst(
  manifests: readonly Manifest[],
  name: string | undefined,
  missing: SimulationInput['missing'],
  controller: NonNullable<SimulationInput['options']>['controller'],
  isApplied: boolean,
): { readonly objects?: readonly Manifest[]; readonly issues: readonly Issue[] } {
  const noted = isApplied ? manifests.map(withNote) : manifests
  const begun = install({ manifests: noted, name, options: { controller }, ...(missing && { missing }) })
  if ('issues' in begun) return { issues: begun.issues.map((issue) => ({ ...issue, path: 'spec.manifests' })) }
  const { objects, issues } = begun.installed
  return { objects: Object.values(objects), issues }
}

const noteOfApply = 'kubectl.kubernetes.io/last-applied-configuration'

/** As `kubectl apply` leaves it, so that a later apply knows what it left out. */
const withNote = (manifest: Manifest): Manifest => {
  const { annotations } = manifest.metadata
  if (annotations && Object.hasOwn(annotations, noteOfApply)) return manifest
  const noted = { ...annotations, [noteOfApply]: JSON.stringify(manifest) }
  return { ...manifest, metadata: { ...manifest.metadata, annotations: noted } } as Manifest
}
