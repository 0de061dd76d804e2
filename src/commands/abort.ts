import type { JsonValue } from '../model/json'
import type { CommandPlan, Named } from './plan'
import { mergeRequest, planFor } from './planFor'

/** Where the status is no subresource the same patch goes to the object. */
const statusPlan = (rollout: Named, status: Readonly<Record<string, JsonValue>>, done: string): CommandPlan =>
  planFor('rollouts', rollout, (target) => ({
    requests: [mergeRequest(target, { status }, 'status')],
    withoutStatusSubresource: [mergeRequest(target, { status })],
    message: `rollout '${target.name}' ${done}\n`,
  }))

/**
 * Goes back to the stable revision and stays there until `retry`. The state is not checked: `availableCommands` reports
 * the effect.
 *
 * Source: behaviour 8, `abort`.
 *
 * @example
 * import { abort } from 'rollout-engine/commands'
 * abort({ metadata: { name: 'web', namespace: 'shop' } }).message // => "rollout 'web' aborted\n"
 */
export const abort = (rollout: Named): CommandPlan => statusPlan(rollout, { abort: true }, 'aborted')

/**
 * Restarts an aborted update from its first step.
 *
 * Source: behaviour 8, `retry rollout`.
 *
 * @example
 * import { retry } from 'rollout-engine/commands'
 * retry({ metadata: { name: 'web' } }).requests[0]
 * // => { verb: 'patch', target: { resource: 'rollouts', namespace: 'default', name: 'web' }, subresource: 'status', patchType: 'merge', patch: { status: { abort: false } } }
 */
export const retry = (rollout: Named): CommandPlan => statusPlan(rollout, { abort: false }, 'retried')

/**
 * Restarts a failed Experiment: its status is removed.
 *
 * Source: behaviour 8, `retry experiment`.
 *
 * @example
 * import { retryExperiment } from 'rollout-engine/commands'
 * retryExperiment({ metadata: { name: 'trial' } }).message // => "experiment 'trial' retried\n"
 */
export const retryExperiment = (experiment: Named): CommandPlan =>
  planFor('experiments', experiment, (target) => ({
    requests: [mergeRequest(target, { status: null })],
    message: `experiment '${target.name}' retried\n`,
  }))

/**
 * Ends an AnalysisRun with its measurements so far.
 *
 * Source: behaviour 8, `terminate analysisrun`.
 *
 * @example
 * import { terminateAnalysisRun } from 'rollout-engine/commands'
 * terminateAnalysisRun({ metadata: { name: 'web-5f-2' } }).message // => "analysisRun 'web-5f-2' terminated\n"
 */
export const terminateAnalysisRun = (run: Named): CommandPlan =>
  planFor('analysisruns', run, (target) => ({
    requests: [mergeRequest(target, { spec: { terminate: true } })],
    message: `analysisRun '${target.name}' terminated\n`,
  }))

/**
 * Ends an Experiment. Upstream's command line prints "retried" here, too.
 *
 * Source: behaviour 8, `terminate experiment`.
 *
 * @example
 * import { terminateExperiment } from 'rollout-engine/commands'
 * terminateExperiment({ metadata: { name: 'trial' } }).message // => "experiment 'trial' retried\n"
 */
export const terminateExperiment = (experiment: Named): CommandPlan =>
  planFor('experiments', experiment, (target) => ({
    requests: [mergeRequest(target, { spec: { terminate: true } })],
    message: `experiment '${target.name}' retried\n`,
  }))
