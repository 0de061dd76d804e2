import type { Answers } from './ask'
import type { Change } from './change'
import { givenObject, givenText } from './given'
import { ownValue } from './json'

/**
 * The key of a change. Hosts use it in `answers.failures` to report that the change failed, and events use it to refer
 * to the change that they report. Only this function makes such keys.
 *
 * @example
 * import { changeKey } from 'rollout-engine'
 * changeKey({ kind: 'evictPod', namespace: 'shop', name: 'web-1' }) // => 'evictPod/shop/web-1'
 * changeKey({ kind: 'removeManagedRoutes', router: 'istio' }) // => 'removeManagedRoutes/istio'
 */
export function changeKey(change: Change): string {
  const given = givenObject(change)
  const kind = givenText(given.kind)
  if (given.router !== undefined) return `${kind}/${givenText(given.router)}`
  const created = ownValue(createdFields, kind)
  const { namespace, name } = created === undefined ? given : givenObject(givenObject(given[created]).metadata)
  return `${kind}/${givenText(namespace)}/${givenText(name)}`
}

type Fields<Union> = Union extends Union ? keyof Union : never

/** The field with the object, for changes that create one. */
const createdFields: Readonly<Record<string, Fields<Change>>> = {
  createReplicaSet: 'replicaSet',
  createService: 'service',
  createAnalysisRun: 'analysisRun',
  createExperiment: 'experiment',
}

/** Why the host could not carry out the change, if it reported a failure. */
export function failureOf(answers: Answers<unknown> | undefined, change: Change): ReportedFailure | undefined {
  const failures = answers?.failures
  // Nearly always there are no failures. Then no key is made.
  for (const _ in failures) return ownValue(failures, changeKey(change))
  return undefined
}

/** A failure as hosts report it in `answers.failures`. */
export type ReportedFailure = NonNullable<Answers<unknown>['failures']>[string]
