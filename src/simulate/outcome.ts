import type { Issue } from '../model/issue'
import { ownValue } from '../model/json'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import type { RolloutSpec } from '../model/rollout'
import { refusedField } from '../rollout/validation/fieldPath'
import { fieldOf } from './assume/walk'

/**
 * How a simulation ends: the Rollout's phase; `aborted` if it is Degraded because a user or an analysis aborted the
 * update; `invalid` if the controller refuses its spec; for an Experiment alone `healthy` (Successful) or `degraded`
 * (any other end); `deleted` if it is gone; `not-simulated` if the input was unusable.
 */
export type Outcome =
  | 'healthy'
  | 'progressing'
  | 'paused'
  | 'degraded'
  | 'aborted'
  | 'invalid'
  | 'deleted'
  | 'not-simulated'

/** The possible ends of a simulation. */
export const outcomes: readonly Outcome[] = [
  'healthy',
  'progressing',
  'paused',
  'degraded',
  'aborted',
  'invalid',
  'deleted',
]

const endsOfExperiment: Readonly<Record<string, Outcome>> = {
  successful: 'healthy',
  failed: 'degraded',
  error: 'degraded',
  inconclusive: 'degraded',
}

/** `error`: what the last reconcile ended with. */
export function outcomeOf(object: KubeObject | undefined, error?: Issue): Outcome {
  if (!object) return 'deleted'
  const { status = {} } = asKind('Rollout', object)
  if (refusalOf(object) !== undefined || isUnreadable(error)) return 'invalid'
  const phase = (status.phase ?? '').toLowerCase()
  if (object.kind === 'Experiment') return ownValue(endsOfExperiment, phase) ?? 'progressing'
  if (phase === 'degraded') return status.abort === true ? 'aborted' : 'degraded'
  return phase === 'healthy' || phase === 'paused' ? phase : 'progressing'
}

/** The controller fails before it could write to the status what is wrong: a selector that Kubernetes cannot use. */
const isUnreadable = (error: Issue | undefined): boolean => error?.code === 'invalid-spec'

/** Why the controller refuses the spec, in its words. */
function refusalOf(object: KubeObject): string | undefined {
  const conditions = asKind('Rollout', object).status?.conditions ?? []
  return conditions.find(({ type, status }) => type === 'InvalidSpec' && status === 'True')?.message
}

/** The refusal as an issue. Its path is that of the field: the controller's message leaves `canary` out of many. */
export function invalidSpecIssue(object: KubeObject | undefined, error: Issue | undefined): Issue | undefined {
  const message = object && refusalOf(object)
  if (message === undefined) {
    if (!isUnreadable(error)) return undefined
    const said = `${error?.message}: every reconcile ends here, and the controller says so in its log only`
    return { code: 'invalid-spec', path: error?.path ?? '', message: said }
  }
  const strategy = fieldOf(object?.spec, 'strategy') as RolloutSpec['strategy']
  return { code: 'invalid-spec', path: refusedField(message, { strategy }), message }
}
