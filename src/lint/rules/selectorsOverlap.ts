import { matchedLabels, namespaceOf, objectsOfKind } from '../facts'
import { ofTarget } from '../ofTarget'
import { type LintObject, rolloutRule } from '../rule'

/** Rollouts of one file and namespace with the same selector; other files may be other clusters. */
const groupOf = (one: LintObject): string | undefined => {
  const labels = matchedLabels((one.object.spec as { readonly selector?: unknown } | undefined)?.selector)
  const sorted = labels && Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1))
  return sorted && JSON.stringify([one.file, namespaceOf(one), sorted])
}

/** Of each Rollout the first one before it that has the same selector and another name. */
const overlapped = ofTarget((target): ReadonlyMap<LintObject, string> => {
  const namesOfGroups = new Map<string, [first: string, second?: string]>()
  const found = new Map<LintObject, string>()
  for (const one of objectsOfKind(target, 'Rollout')) {
    const group = groupOf(one)
    if (group === undefined) continue
    const { name } = one.object.metadata
    const names = namesOfGroups.get(group) ?? [name]
    namesOfGroups.set(group, names)
    if (names[0] !== name) names[1] ??= name
    const other = names[0] === name ? names[1] : names[0]
    if (other !== undefined) found.set(one, other)
  }
  return found
})

export const selectorsOverlap = rolloutRule(
  {
    id: 'selectors-overlap',
    severity: 'warning',
    summary: 'two Rollouts with the same selector',
    why: 'The Services of two Rollouts in one namespace with the same selector send traffic to the pods of both.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/features/specification/',
  },
  function* (_rollout, at, target) {
    // Told once, of the later one.
    const other = overlapped(target).get(at)
    if (other !== undefined) yield { path: ['spec', 'selector'], message: `the Rollout ${other} has the same selector` }
  },
)
