import { applied, applyStatus } from '../../cluster/applied'
import { type ClusterObjects, objectKey } from '../../cluster/objects'
import type { RolloutAsk } from '../../model/ask'
import type { Change } from '../../model/change'
import { changeKey, failureOf, type ReportedFailure } from '../../model/changeKey'
import { asKind } from '../../model/kinds'
import type { Rollout } from '../../model/rollout'
import { reconcileRollout } from '../../reconcile'
import type { RolloutDecision, RolloutOptions } from '../../rollout/observation'
import { observeRollout } from '../../simulate/observe'
import { withLife } from './worldOf'

/** A reconcile of the engine, and the cluster after it. */
export interface Step {
  readonly objects: ClusterObjects
  /** Before the status was written, after each of the changes. */
  readonly halfway: readonly ClusterObjects[]
  readonly decision: RolloutDecision
}

/** What is known about the controller that ran. */
export interface Known {
  readonly key: string
  readonly now: string
  readonly options: RolloutOptions | undefined
  /** Routers confirmed every weight, whatever the status has noted. */
  readonly isVerified?: boolean
}

const mostReconciles = 12
const mostRounds = 40

/** What the engine decides, reconcile after reconcile, until it has nothing more to do. */
export function decidedSteps(
  situation: ClusterObjects,
  after: ClusterObjects,
  { key, now, options, isVerified }: Known,
): readonly Step[] {
  const steps: Step[] = []
  let objects = situation
  for (let round = 0; round < mostReconciles; round++) {
    const decision = decidedOnce(objects, asKind('Rollout', after[key]), key, now, options, isVerified)
    const context = { now, uidOf: (name: string) => `shadow-${name}` }
    const halfway: ClusterObjects[] = []
    let changed = objects
    for (const change of decision.changes.filter((change) => !isTaken(objects, change))) {
      changed = applied(changed, change, context)
      halfway.push(changed)
    }
    const next = withLife(applyStatus(changed, key, decision.status), objects, after)
    steps.push({ objects: next, halfway, decision })
    const isQuiet = Object.keys(next).length === Object.keys(objects).length && next[key] === objects[key]
    if (isQuiet && decision.changes.every((change) => 'router' in change)) break
    objects = next
  }
  return steps
}

/** One decision. What routers and plugins answered is read from the status that the live controller wrote. */
export function decidedOnce(
  objects: ClusterObjects,
  live: Pick<Rollout, 'status'> | undefined,
  key: string,
  now: string,
  options: RolloutOptions | undefined,
  isVerified = false,
): RolloutDecision {
  const observation = observeRollout(objects, key, now, options)
  let replies: Record<string, ReturnType<typeof answerTo>> = {}
  let failures: Record<string, ReportedFailure> = {}
  for (let round = 0; ; round++) {
    const decision = reconcileRollout({ ...observation, answers: { replies, failures } })
    const refused = decision.changes.filter((change) => isTaken(objects, change) && !failureOf({ failures }, change))
    if ((decision.asks.length === 0 && refused.length === 0) || round >= mostRounds) return decision
    failures = { ...failures, ...Object.fromEntries(refused.map(refusal)) }
    const answers = decision.asks.map((ask) => [ask.key, answerTo(ask, live, isVerified)] as const)
    replies = { ...replies, ...Object.fromEntries(answers) }
  }
}

/** The API server refuses a ReplicaSet whose name there is already: somebody else's. */
const isTaken = (objects: ClusterObjects, change: Change): boolean =>
  change.kind === 'createReplicaSet' &&
  objects[objectKey('ReplicaSet', change.replicaSet.metadata.namespace ?? '', change.replicaSet.metadata.name)] !==
    undefined

const refusal = (change: Change): readonly [string, ReportedFailure] => {
  const name = change.kind === 'createReplicaSet' ? change.replicaSet.metadata.name : ''
  return [changeKey(change), { reason: 'alreadyExists', message: `replicasets.apps "${name}" already exists` }]
}

/** Observations do not hold what routers and plugins answered; what the live controller noted of it does. */
function answerTo(ask: RolloutAsk, live: Pick<Rollout, 'status'> | undefined, isVerified: boolean) {
  const { canary } = live?.status ?? {}
  switch (ask.kind) {
    case 'verifyWeight': {
      const verified = canary?.weights?.verified
      return verified === undefined || verified === null ? {} : { verified: isVerified || verified }
    }
    case 'stepPlugin': {
      const noted = canary?.stepPluginStatuses?.find(
        ({ index, operation }) => index === ask.stepIndex && operation?.toLowerCase() === ask.operation,
      )
      const { message, status } = noted ?? {}
      return {
        phase: noted?.phase ?? ('Successful' as const),
        ...(message !== undefined && { message }),
        ...(status !== undefined && { status }),
      }
    }
    case 'registeredTargets':
      return { targets: [] }
  }
}
