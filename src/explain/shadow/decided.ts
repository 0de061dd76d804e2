import { applied, applyStatus } from '../../cluster/applied'
import type { ClusterObjects } from '../../cluster/objects'
import type { RolloutAsk } from '../../model/ask'
import { asKind } from '../../model/kinds'
import type { Rollout } from '../../model/rollout'
import { reconcileRollout } from '../../reconcile'
import type { RolloutDecision, RolloutOptions } from '../../rollout/observation'
import { observeRollout } from '../../simulate/observe'
import { withLife } from './worldOf'

/** A reconcile of the engine, and the cluster after it. */
export interface Step {
  readonly objects: ClusterObjects
  readonly decision: RolloutDecision
}

const mostReconciles = 12
const mostRounds = 40

/** What the engine decides, reconcile after reconcile, until it has nothing more to do. */
export function decidedSteps(
  situation: ClusterObjects,
  after: ClusterObjects,
  { key, now, options }: { readonly key: string; readonly now: string; readonly options: RolloutOptions | undefined },
): readonly Step[] {
  const steps: Step[] = []
  let objects = situation
  for (let round = 0; round < mostReconciles; round++) {
    const decision = decidedOnce(objects, asKind('Rollout', after[key]), key, now, options)
    const context = { now, uidOf: (name: string) => `shadow-${name}` }
    const changed = decision.changes.reduce((sofar, change) => applied(sofar, change, context), objects)
    const next = withLife(applyStatus(changed, key, decision.status), objects, after)
    steps.push({ objects: next, decision })
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
): RolloutDecision {
  const observation = observeRollout(objects, key, now, options)
  let replies: Record<string, ReturnType<typeof answerTo>> = {}
  for (let round = 0; ; round++) {
    const decision = reconcileRollout({ ...observation, answers: { replies } })
    if (decision.asks.length === 0 || round >= mostRounds) return decision
    replies = { ...replies, ...Object.fromEntries(decision.asks.map((ask) => [ask.key, answerTo(ask, live)])) }
  }
}

/** Observations do not hold what routers and plugins answered; what the live controller noted of it does. */
function answerTo(ask: RolloutAsk, live: Pick<Rollout, 'status'> | undefined) {
  const { canary } = live?.status ?? {}
  switch (ask.kind) {
    case 'verifyWeight': {
      const verified = canary?.weights?.verified
      return verified === undefined || verified === null ? {} : { verified }
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
