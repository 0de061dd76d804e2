import { applied, applyStatus } from '../../src/cluster/applied'
import { reconcileExperiment } from '../../src/experiment/reconcileExperiment'
import { observeExperiment } from '../../src/simulate/observeExperiment'
import { controllerOf } from './controller'
import { describeEvent } from './rolloutTrace'
import type { Outcome, Situation } from './trace'

/** Reconciles the Experiment of a recorded step and applies the decision. An Experiment asks nothing. */
export function reconcileExperimentAsRecorded({ objects: before, key, now, testCase, uidOf }: Situation): Outcome {
  const decision = reconcileExperiment(observeExperiment(before, key, now, { controller: controllerOf(testCase) }))
  let objects = before
  let created = 0
  const context = { now, uidOf: uidOf ?? (() => `created-${++created}`) }
  for (const change of decision.changes) objects = applied(objects, change, context)
  return {
    objects: applyStatus(objects, key, decision.status),
    events: decision.events.map(describeEvent),
    requeueAfterSeconds: decision.requeueAfterSeconds,
    requeueSoon: decision.requeueSoon,
    error: decision.error?.message,
  }
}
