import { readObject } from '../input/readObject'
import type { Issue } from '../model/issue'
import type { Manifest, WorldDeed } from '../simulate/worldEvent'
import type { ManifestSource } from './parts'

/** Objects of files, by their paths as Simulations name them. */
export type NamedFiles = Readonly<Record<string, readonly Manifest[]>>

/** The objects that are meant, in order; a name without objects is an issue. */
export function objectsOf(
  sources: readonly ManifestSource[],
  files: NamedFiles,
  path: string,
  issues: Issue[],
): readonly Manifest[] {
  return sources.flatMap((source, index) => {
    const own = `${path}[${index}]`
    if (typeof source === 'string') {
      const found = Object.hasOwn(files, source) ? files[source] : undefined
      if (Array.isArray(found)) return found as readonly Manifest[]
      issues.push({ code: 'no-file', path: own, message: `${source} was not read: nobody gave its objects` })
      return []
    }
    const { object, issues: found } = readObject(source)
    issues.push(...found.map((issue) => ({ ...issue, path: issue.path === '' ? own : `${own}.${issue.path}` })))
    return object ? [object] : []
  })
}

const deedFields = [
  ...['image', 'apply', 'replicas', 'workloadReplicas', 'command', 'specPatch', 'losePods', 'loseNodes'],
  'crashAfterChanges',
  'staleSeconds',
  'lostEventSeconds',
  'repeatSeconds',
  'clockStepSeconds',
  'otherWrite',
  'upgradeTo',
  'autoscaleSeconds',
] as const

/** What is done, with the objects of files in the places of their names; exactly one thing, else an issue. */
export function readDeed<Deed extends { readonly apply?: readonly ManifestSource[] | undefined }>(
  given: Deed,
  path: string,
  files: NamedFiles,
  issues: Issue[],
): (Omit<Deed, 'apply'> & WorldDeed) | undefined {
  const said = deedFields.filter((field) => Object.hasOwn(given, field))
  if (said.length !== 1) {
    const message = `expected exactly one of ${deedFields.join(', ')}, got ${said.join(' and ') || 'none'}`
    issues.push({ code: 'wrong-value', path, message })
    return undefined
  }
  const apply = given.apply && objectsOf(given.apply, files, `${path}.apply`, issues)
  return (apply ? { ...given, apply } : given) as unknown as Omit<Deed, 'apply'> & WorldDeed
}
