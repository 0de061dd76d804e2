import type { ControllerVersion } from '../model/controllerVersion'
import type { Rollout } from '../model/rollout'

/** The effect of a change of the controller for users: pods or traffic at risk, an update that stops, or only texts. */
export type Weight = 'safety' | 'liveness' | 'cosmetic'

export interface KnownChange {
  /** The first version with the change. */
  readonly since: ControllerVersion
  readonly weight: Weight
  /** What changes, in one or two sentences. */
  readonly text: string
  /** Whether the change can affect this Rollout. */
  readonly touches: (rollout: Rollout) => boolean
}

const canaryOf = ({ spec }: Rollout) => spec.strategy?.canary
const isBlueGreen = ({ spec }: Rollout): boolean => spec.strategy?.blueGreen !== undefined
const isRouted = (rollout: Rollout): boolean => canaryOf(rollout)?.trafficRouting !== undefined
const isDynamic = (rollout: Rollout): boolean => canaryOf(rollout)?.dynamicStableScale === true
const always = (): boolean => true

function hasAnalysis(rollout: Rollout): boolean {
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  const steps = canary?.steps ?? []
  return Boolean(
    canary?.analysis ||
      blueGreen?.prePromotionAnalysis ||
      blueGreen?.postPromotionAnalysis ||
      steps.some((step) => step.analysis),
  )
}

/** Oldest first. Source: the recordings of each version, and the differences of `semantics.ts`. */
export const knownChanges: readonly KnownChange[] = [
  {
    since: 'v1.8',
    weight: 'safety',
    text: 'No weight moves while stable lacks available pods for its share (before, traffic went to pods that were not there).',
    touches: isRouted,
  },
  {
    since: 'v1.8',
    weight: 'safety',
    text: 'Once pods were restarted (restartAt), the reconcile ends; before, it went on with counts that did not hold any more.',
    touches: (rollout) => canaryOf(rollout) !== undefined,
  },
  {
    since: 'v1.8',
    weight: 'safety',
    text: 'Promotion analysis that has begun goes on when pods come and go; before, it was ended and the update went on without it.',
    touches: (rollout) => isBlueGreen(rollout) && hasAnalysis(rollout),
  },
  {
    since: 'v1.8',
    weight: 'liveness',
    text: 'A scaled Rollout with three or more revisions that have pods no longer looks like a scaling event for ever.',
    touches: always,
  },
  {
    since: 'v1.8',
    weight: 'cosmetic',
    text: 'The event RolloutNotCompleted names the revision that is updated to (before: one more).',
    touches: always,
  },
  {
    since: 'v1.9',
    weight: 'liveness',
    text: 'Pod template hashes change (Kubernetes 0.34 instead of 0.29). A ReplicaSet that the API server has defaulted is recognised by its template and keeps its name; where an anti-affinity term or ephemeral metadata was injected it is not, and the upgrade alone starts a new revision.',
    touches: always,
  },
  {
    since: 'v1.9',
    weight: 'safety',
    text: 'An abort with dynamicStableScale takes traffic back along the steps, as fast as stable pods come; before, all stable pods were asked for at once.',
    touches: isDynamic,
  },
  {
    since: 'v1.9',
    weight: 'liveness',
    text: 'A canary with more available pods than wanted completes; before, it waited for ever (after a scale-down during the update).',
    touches: (rollout) => canaryOf(rollout) !== undefined,
  },
  {
    since: 'v1.9',
    weight: 'safety',
    text: 'A canary that lost its pods gets weight 0 before the router hears of the new hash.',
    touches: isRouted,
  },
  {
    since: 'v1.9',
    weight: 'cosmetic',
    text: 'Abort messages begin with what failed, for example "Background analysis phase error/failed: ": alerts that match on the message see other texts.',
    touches: hasAnalysis,
  },
  {
    since: 'v1.10',
    weight: 'cosmetic',
    text: 'A reconcile ends as soon as the controller itself wrote the Rollout: what took one turn takes two; phases and conditions belong to the same moment as pauses and aborts.',
    touches: always,
  },
  {
    since: 'v1.10',
    weight: 'safety',
    text: 'A Rollout that is promoted is no longer aborted on its progress deadline when its pods become unavailable.',
    touches: ({ spec }) => spec.progressDeadlineAbort === true,
  },
  {
    since: 'v1.10',
    weight: 'liveness',
    text: 'An undo to the stable revision in blue-green ends at once; before, it waited for a person where the update was paused.',
    touches: isBlueGreen,
  },
  {
    since: 'v1.10',
    weight: 'liveness',
    text: 'A spec.replicas that changes while aborted pods wait for their deadline no longer freezes traffic and Services.',
    touches: (rollout) => isRouted(rollout) || isBlueGreen(rollout),
  },
  {
    since: 'v1.10',
    weight: 'safety',
    text: 'minPodsPerReplicaSet is capped at spec.replicas; before, it added pods to a smaller Rollout.',
    touches: (rollout) => canaryOf(rollout)?.minPodsPerReplicaSet !== undefined,
  },
  {
    since: 'v1.10',
    weight: 'cosmetic',
    text: 'Conditions of analyses are evaluated by expr 1.17: some that were refused work, errors name the condition, and `a + 1 not in [...]` no longer loses its `not`.',
    touches: hasAnalysis,
  },
  {
    since: 'main',
    weight: 'liveness',
    text: 'An abort with dynamicStableScale and an abortScaleDownDelaySeconds of its own reaches weight 0; before, it stopped at the smallest setWeight.',
    touches: (rollout) => isDynamic(rollout) && canaryOf(rollout)?.abortScaleDownDelaySeconds !== undefined,
  },
  {
    since: 'main',
    weight: 'cosmetic',
    text: 'status.duration says how long an update took, and how long people paused it.',
    touches: always,
  },
]
