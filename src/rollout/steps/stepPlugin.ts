import { formatDuration, parseDurationSeconds } from '../../go/durationSeconds'
import type { StepPluginAnswer, StepPluginAsk } from '../../model/ask'
import type { CanaryStep } from '../../model/rollout'
import type { StepPluginStatus } from '../../model/rolloutStatus'
import { parseTime } from '../../model/time'
import { secondsNow, textNow } from '../facts/clock'
import type { Facts } from '../facts/facts'
import { isFullyPromoted } from '../facts/health'
import { currentStepOf, stepsOf } from '../facts/steps'
import { emit } from '../turn/events'
import { addAbort, isAborted } from '../turn/pauses'
import { requeueAfter } from '../turn/requeue'
import type { Turn } from '../turn/turn'

// Steps that a plugin of the host runs (behaviour 3.15). The host asks the plugin; its answer is recorded here.

const errorBackoffSeconds = 30
const defaultBackoffSeconds = 30
const minBackoffSeconds = 10
const bufferSeconds = 5
const phases: ReadonlySet<string> = new Set(['Running', 'Successful', 'Failed', 'Error'])

type Operation = StepPluginStatus['operation']

export function reconcileStepPlugin(turn: Turn): void {
  turn.draft.pluginStatuses = turn.facts.before.canary?.stepPluginStatuses
  if (isAborted(turn)) abortPlugins(turn)
  else if (turn.facts.before.promoteFull || isFullyPromoted(turn.facts.before)) terminateRunningPlugin(turn)
  else runCurrentPlugin(turn)
}

const pluginAt = (facts: Facts, index: number): CanaryStep['plugin'] => stepsOf(facts.rollout)[index]?.plugin

const isDisabled = (facts: Facts, name: string): boolean =>
  facts.observed.options?.disabledPlugins?.includes(name) === true

export const pluginStatusesOf = (turn: Turn): readonly StepPluginStatus[] =>
  turn.draft.pluginStatuses ?? turn.facts.before.canary?.stepPluginStatuses ?? []

const find = (
  statuses: readonly StepPluginStatus[],
  index: number,
  operation: Operation,
): StepPluginStatus | undefined => statuses.find((one) => one.index === index && one.operation === operation)

/** The run of this plugin in the status. */
const recordedRun = (facts: Facts, plugin: Plugin, index: number): StepPluginStatus | undefined =>
  facts.before.canary?.stepPluginStatuses?.find(
    (one) => one.index === index && one.name === plugin.name && one.operation === 'Run',
  )

/** Every plugin that ran or runs is called, the last one first. */
function abortPlugins(turn: Turn): void {
  for (const status of [...pluginStatusesOf(turn)].reverse()) {
    const plugin = status.operation === 'Run' ? pluginAt(turn.facts, status.index) : undefined
    if (!plugin || isDisabled(turn.facts, plugin.name)) continue
    const ran = recordedRun(turn.facts, plugin, status.index)
    if (!ran || ran.disabled || (ran.phase !== 'Running' && ran.phase !== 'Successful')) continue
    if (!endPlugin(turn, plugin, ran, 'Abort')) return
  }
}

/** A full promotion terminates a plugin that is still running. */
function terminateRunningPlugin(turn: Turn): void {
  for (const status of [...pluginStatusesOf(turn)].reverse()) {
    if (status.operation === 'Terminate' && status.phase === 'Successful') return
    if (status.operation !== 'Run' || status.phase !== 'Running') continue
    const plugin = pluginAt(turn.facts, status.index)
    const ran =
      plugin && !isDisabled(turn.facts, plugin.name) ? recordedRun(turn.facts, plugin, status.index) : undefined
    if (plugin && ran?.phase === 'Running' && !ran.disabled) endPlugin(turn, plugin, ran, 'Terminate')
    return
  }
}

type Plugin = NonNullable<CanaryStep['plugin']>

/** Calls Abort or Terminate once; false if the call failed and the rest has to wait. */
function endPlugin(turn: Turn, plugin: Plugin, ran: StepPluginStatus, operation: 'Abort' | 'Terminate'): boolean {
  if (find(turn.facts.before.canary?.stepPluginStatuses ?? [], ran.index, operation)) return true
  const answer = ask(turn, plugin, ran.index, operation === 'Abort' ? 'abort' : 'terminate', ran.status)
  if (!answer) return true
  const base = {
    index: ran.index,
    name: ran.name,
    operation,
    startedAt: textNow(turn.facts),
    finishedAt: textNow(turn.facts),
  }
  if (answer.error !== undefined) {
    record(turn, { ...base, phase: 'Error', message: answer.error })
    return true
  }
  const phase = answer.phase || 'Successful'
  if (!phases.has(phase)) {
    machineryFailed(
      turn,
      `failed to ${operation.toLowerCase()} plugin: could not validate rpc phase: phase '${phase}' is not valid`,
    )
    return false
  }
  record(turn, {
    ...base,
    phase: phase === 'Running' ? 'Failed' : (phase as StepPluginStatus['phase']),
    message: answer.message || undefined,
  })
  return true
}

function runCurrentPlugin(turn: Turn): void {
  forgetStatusesOfEarlierAttempt(turn)
  const current = currentStepOf(turn.facts.rollout, turn.facts.before.currentStepIndex)
  if (!current?.step.plugin || turn.facts.before.phase !== 'Progressing') return
  const { plugin } = current.step
  const status = isDisabled(turn.facts, plugin.name)
    ? { index: current.index, name: plugin.name, operation: 'Run' as const, disabled: true }
    : run(turn, plugin, current.index)
  if (!status) return
  if (status !== find(pluginStatusesOf(turn), current.index, 'Run')) record(turn, status)
  if (status.disabled) return
  if (status.phase === 'Running' || status.phase === 'Error') waitForBackoff(turn, status)
  else if (status.phase === 'Failed') {
    addAbort(turn, `Step Plugin ${status.index + 1} (${status.name}) failed: ${status.message ?? ''}`)
  }
}

/** A retry starts at step 0; results of the aborted attempt must not count. */
function forgetStatusesOfEarlierAttempt(turn: Turn): void {
  const statuses = pluginStatusesOf(turn)
  const current = currentStepOf(turn.facts.rollout, turn.facts.before.currentStepIndex)
  if (statuses.length === 0 || turn.facts.before.abort || !current || current.index > 0) return
  if (!current.step.plugin || stepPluginIsDone(turn, current.index)) turn.draft.pluginStatuses = []
}

function run(turn: Turn, plugin: Plugin, index: number): StepPluginStatus | undefined {
  const recorded = recordedRun(turn.facts, plugin, index)
  const known: StepPluginStatus =
    recorded && !recorded.disabled
      ? recorded
      : { index, name: plugin.name, operation: 'Run', phase: 'Running', startedAt: textNow(turn.facts) }
  if (known.phase === 'Successful' || known.phase === 'Failed') return undefined
  if ((known.executions ?? 0) > 0) {
    const backoffSeconds = parseDurationSeconds(known.backoff ?? '')
    if (backoffSeconds === undefined) {
      return machineryFailed(
        turn,
        `failed to run plugin: could not parse backoff duration: ${invalidDuration(known.backoff)}`,
      )
    }
    if ((parseTime(known.updatedAt) ?? Number.NEGATIVE_INFINITY) + backoffSeconds > secondsNow(turn.facts)) return known
  }
  const answer = ask(turn, plugin, index, 'run', known.status)
  return answer && afterRun(turn, known, answer)
}

function afterRun(turn: Turn, known: StepPluginStatus, answer: StepPluginAnswer): StepPluginStatus | undefined {
  const { backoff: _old, ...kept } = known
  const base = { ...kept, updatedAt: textNow(turn.facts), executions: (known.executions ?? 0) + 1 }
  if (answer.error !== undefined) {
    return { ...base, phase: 'Error', message: answer.error, backoff: formatDuration(errorBackoffSeconds) }
  }
  const phase = answer.phase || known.phase || ''
  if (answer.phase && !phases.has(answer.phase)) {
    return machineryFailed(
      turn,
      `failed to run plugin: could not validate rpc phase: phase '${answer.phase}' is not valid`,
    )
  }
  const wanted: unknown = answer.requeueAfterSeconds
  const isWanted = typeof wanted === 'number' && wanted > minBackoffSeconds && wanted < Number.POSITIVE_INFINITY
  const backoffSeconds = isWanted ? wanted : defaultBackoffSeconds
  return {
    ...base,
    phase: phase as StepPluginStatus['phase'],
    message: answer.message || undefined,
    ...(phase === 'Successful' || phase === 'Failed' ? { finishedAt: textNow(turn.facts) } : undefined),
    ...(phase === 'Error' ? undefined : { status: answer.status }),
    ...(phase === 'Running' ? { backoff: formatDuration(backoffSeconds) } : undefined),
  }
}

const invalidDuration = (text = ''): string => `time: invalid duration "${text}"`

function waitForBackoff(turn: Turn, status: StepPluginStatus): void {
  const backoffSeconds = parseDurationSeconds(status.backoff ?? '')
  if (backoffSeconds === undefined) {
    machineryFailed(turn, `failed to parse backoff duration: ${invalidDuration(status.backoff)}`)
    return
  }
  const left =
    (parseTime(status.updatedAt) ?? secondsNow(turn.facts)) + backoffSeconds - secondsNow(turn.facts) + bufferSeconds
  requeueAfter(turn, left, 'stepPlugin', { stepIndex: status.index, plugin: status.name })
}

/** Calling the plugin failed: it is retried later, and the step does not count as done. */
function machineryFailed(turn: Turn, text: string): undefined {
  turn.draft.pluginTrouble = true
  emit(turn, 'ReconciliationError', `Reconciliation failed with error: ${text}`, 'Warning')
  requeueAfter(turn, errorBackoffSeconds, 'stepPluginFailed', { text })
  return undefined
}

function record(turn: Turn, status: StepPluginStatus): void {
  const statuses = pluginStatusesOf(turn)
  const at = statuses.findIndex((one) => one.index === status.index && one.operation === status.operation)
  turn.draft.pluginStatuses =
    at < 0 ? [...statuses, status] : statuses.map((one, index) => (index === at ? status : one))
  if (at >= 0 && statuses[at]?.phase === status.phase) return
  announce(turn, status)
}

const verbs: Readonly<Record<Operation, (phase: string) => string>> = {
  Run: (phase) => `transitioned to ${phase}`,
  Abort: (phase) => `aborted (${phase})`,
  Terminate: (phase) => `terminated (${phase})`,
}

/** A successful run is announced by the event of the completed step. */
function announce(turn: Turn, { disabled, operation, phase = '' as never, name, index }: StepPluginStatus): void {
  if (disabled || (operation === 'Run' && phase === 'Successful')) return
  const type = phase === 'Error' || phase === 'Failed' ? 'Warning' : 'Normal'
  emit(turn, 'StepPluginTransition', `Step plugin ${name} (step ${index + 1}) ${verbs[operation](phase)}`, type)
}

function ask(
  turn: Turn,
  plugin: Plugin,
  stepIndex: number,
  operation: StepPluginAsk['operation'],
  status: unknown,
): StepPluginAnswer | undefined {
  const key = `stepPlugin/${operation}/${stepIndex}`
  const answer = turn.facts.observed.answers?.replies?.[key] as StepPluginAnswer | undefined
  if (!answer)
    turn.ledger.asks.push({
      kind: 'stepPlugin',
      key,
      operation,
      plugin: plugin.name,
      stepIndex,
      config: plugin.config,
      status,
    })
  return answer
}

/** The plugin of a step finished, or was terminated. */
export function stepPluginIsDone(turn: Turn, index: number): boolean {
  if (turn.draft.pluginTrouble) return false
  // Absent if the reconcile ended before the plugin was called.
  const statuses = turn.draft.pluginStatuses ?? []
  const ran = find(statuses, index, 'Run')
  if (!ran) return false
  if (ran.disabled || ran.phase === 'Successful' || ran.phase === 'Failed') return true
  return ran.phase === 'Running' && (find(statuses, index, 'Terminate') ?? find(statuses, index, 'Abort')) !== undefined
}
