import { lineOfField } from 'rollout-engine/input'
import type { Timeline } from 'rollout-engine/simulate'
import type { PlaygroundState } from '../state'
import type { PlacedIssue } from './messages'
import type { Happenings } from './question'

export const placed = (line: number | undefined, where: string, text: string, severity?: string): PlacedIssue => ({
  ...(line !== undefined && { line }),
  where,
  text,
  isError: severity !== 'warning',
})

/** What paths of the simulation's input are called in the form. */
const fieldNames: readonly (readonly [path: RegExp, field: string])[] = [
  [/^untilSeconds|^maxReconciles/, 'Look until'],
  [/^pods\.readyAfter/, 'Pods are ready after'],
  [/^pods\./, 'Image of the update'],
  [/^series/, 'Measurements'],
  [/^kind$/, 'Rollout, if there are several'],
]

/** Issues about the Rollout itself. */
const aboutRollout: ReadonlySet<string> = new Set(['invalid-spec', 'dump-incomplete', 'no-spec'])

/** Issues of the simulation, at the line of the manifests or the field of the form that they are about. */
export function placedIssues(
  timeline: Timeline,
  { manifests }: PlaygroundState,
  { fields }: Happenings,
): readonly PlacedIssue[] {
  const [plural, , name = ''] = timeline.key.split('/')
  const simulated = { kind: plural === 'experiments' ? 'Experiment' : 'Rollout', name }
  return timeline.issues.map(({ code, path, message, severity }) => {
    const assumed = timeline.assumed.find((one) => one.path === path && message.startsWith(`${one.kind} ${one.name} `))
    const about = code === 'assumed' ? assumed?.namedBy : aboutRollout.has(code) ? simulated : undefined
    if (about) return placed(lineOfField(manifests, about, path), path, message, severity)
    const [, event] = /^events\[(\d+)\]/.exec(path) ?? []
    const field = event === undefined ? undefined : fields[Number(event)]
    const named = field ?? fieldNames.find(([pattern]) => pattern.test(path))?.[1]
    const text = code === 'too-long' ? message.replace(/: raise maxReconciles$/, '') : message
    return placed(undefined, named ?? path, text, severity)
  })
}
