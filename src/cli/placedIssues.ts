import { nearest } from '../input/nearest'
import type { Issue } from '../model/issue'
import type { AssumedObject } from '../simulate/assume/assume'
import type { About, Manifests } from './manifestFiles'

/** Issues of a simulation with the file and line that they are about. */
export const placedIssues = (
  issues: readonly Issue[],
  assumed: readonly AssumedObject[],
  read: Manifests,
  rollout?: About,
): readonly Issue[] => issues.map((issue) => placed(issue, assumed, read, rollout))

/** Issues of a run about the Rollout that has this name, or about the only one, with their file and line. */
export function issuesAboutRollout(
  issues: readonly Issue[],
  read: Manifests,
  name: string | undefined,
): readonly Issue[] {
  const only = name ?? read.objects.find(({ kind }) => kind === 'Rollout')?.metadata.name
  return placedIssues(issues, [], read, { kind: 'Rollout', name: only ?? '' })
}

/** Their paths are the Rollout's. */
const aboutRollout: ReadonlySet<string> = new Set([
  'invalid-spec',
  'dump-incomplete',
  'no-spec',
  'scaler-idle',
  'model-doubt',
])

function placed(issue: Issue, assumed: readonly AssumedObject[], read: Manifests, rollout?: About): Issue {
  if (rollout && aboutRollout.has(issue.code)) return read.place(issue, rollout)
  if (issue.code === 'which-rollout') return whichRollout(issue, read)
  if (issue.code === 'assumed') {
    const about = assumed.find(
      ({ path, kind, name }) => path === issue.path && issue.message.startsWith(`${kind} ${name} `),
    )
    return about ? read.place(issue, about.namedBy) : issue
  }
  const [, index] = /^manifests\[(\d+)\]$/.exec(issue.path) ?? []
  const file = index === undefined ? undefined : read.files[Number(index)]
  return file === undefined ? issue : { ...issue, path: '', file }
}

/** A file may hold thousands of Rollouts. */
const mostNames = 20

function listed(names: readonly string[]): string {
  const left = names.length - mostNames
  return left > 1 ? `${names.slice(0, mostNames).join(', ')} and ${left} more` : names.join(', ')
}

/** How the command line says which Rollout is meant, and in which files it looked. */
function whichRollout(issue: Issue, { objects, files, texts }: Manifests): Issue {
  const names = objects.filter(({ kind }) => kind === 'Rollout').map(({ metadata }) => metadata.name)
  const where = listed([...texts.keys()])
  if (names.length === 0) {
    const kinds = [...new Set(objects.map(({ kind }) => kind))].slice(0, 5).join(', ')
    const others = kinds === '' ? 'no object at all' : `only ${kinds}`
    return { ...issue, path: '', message: `there is no Rollout in ${where}: ${others}` }
  }
  const known = listed([...new Set(names)])
  const [, asked] = /called (\S+) among/.exec(issue.message) ?? []
  if (asked === undefined) {
    const where = [...new Set(objects.flatMap(({ kind }, at) => (kind === 'Rollout' ? (files[at] ?? []) : [])))]
    const message = `there are several Rollouts in ${listed(where)}: say which one with --rollout NAME (${known})`
    return { ...issue, path: '', message }
  }
  const meant = nearest(asked, names)
  const hint = meant === undefined ? `there is ${known}` : `did you mean ${meant}?`
  return { ...issue, path: '', message: `no Rollout in ${where} is called ${asked}: ${hint}` }
}
