import type { Experiment } from '../model/experiment'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { parseTime } from '../model/time'
import { flag, type Option, text } from './commandLine/command'
import { printIssues } from './files'
import { readManifests } from './manifestFiles'

// What get, list, status and metrics have in common: objects of a cluster, taken from a dump.

/** The arguments of all of them. */
export interface LookArguments {
  files: readonly string[]
  namespace?: string
  /** RFC 3339. */
  now?: string
}

export const namespaceOption = <Given extends LookArguments>(): Option<Given> => ({
  ...text<Given>('namespace', 'NAME', 'Only objects of this namespace.', (given, name) => {
    given.namespace = name
  }),
  short: 'n',
})

export const nowOption = <Given extends LookArguments>(): Option<Given> => ({
  name: 'now',
  value: 'TIME',
  help: 'Count ages from here, an RFC 3339 time (default: the clock).',
  set: (given, value) => {
    given.now = value
    return parseTime(value) === undefined ? `--now is a time such as 2030-01-01T00:00:00Z, not "${value}"` : undefined
  },
})

export const noColourOption = <Given extends { plain: boolean }>(): Option<Given> =>
  flag('no-color', 'Do not colour the output (default where it does not go to a terminal).', (given) => {
    given.plain = true
  })

export const nowOf = ({ now }: LookArguments): string => now ?? new Date().toISOString()

/**
 * The objects of all files. If a file cannot be read, prints the reason and returns undefined. Malformed fields of a
 * dump count as missing, with a message, because a view of the rest is better than none.
 */
export function objectsLookedAt({ files, namespace }: LookArguments): readonly KubeObject[] | undefined {
  const read = readManifests(files)
  if (!read) return undefined
  printIssues(read.issues, (file) => read.texts.get(file))
  const objects = read.objects as readonly KubeObject[]
  return objects.filter(
    ({ metadata }) => namespace === undefined || metadata.namespace === undefined || metadata.namespace === namespace,
  )
}

interface Kinds {
  readonly Rollout: Rollout
  readonly Experiment: Experiment
}

export const ofKind = <T = never>(objects: readonly KubeObject[], kind: string): readonly T[] =>
  objects.filter((object) => object.kind === kind) as unknown as readonly T[]

type Chosen<T> = { readonly object: T } | { readonly problem: string }

/** The one of that name, or the only one. */
export function chosen<Kind extends keyof Kinds>(
  objects: readonly KubeObject[],
  kind: Kind,
  name: string | undefined,
): Chosen<Kinds[Kind]> {
  const all = ofKind<Kinds[Kind]>(objects, kind)
  const named = all.filter(({ metadata }) => name === undefined || metadata.name === name)
  const [object, ...others] = named
  if (object && others.length === 0) return { object }
  const option = `--${kind.toLowerCase()}`
  if (others.length > 0)
    return { problem: `say which one is meant, with ${option} or --namespace: there are ${namesOf(named)}` }
  if (all.length === 0) return { problem: `there is no ${kind} in the files` }
  return { problem: `no ${kind} is called '${name}': there is ${namesOf(all)}` }
}

const namesOf = (objects: readonly { readonly metadata: KubeObject['metadata'] }[]): string =>
  objects.map(({ metadata }) => `${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`).join(', ')
