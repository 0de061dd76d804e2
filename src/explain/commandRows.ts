import * as commands from '../commands/index'
import { isCompletedPhase } from '../model/analysisPhases'
import { podTemplateHashLabel, revisionAnnotation } from '../model/labelKeys'
import type { Rollout } from '../model/rollout'
import { parseTime } from '../model/time'
import type { ReplicaSet } from '../model/workload'
import { currentStepOf, describeStep, stepsOf } from '../rollout/facts/steps'
import type { RolloutObservation } from '../rollout/observation'
import type { WorldEvent } from '../simulate/worldEvent'

/** Properties of a command that need no simulation. */
export interface CommandRow {
  readonly command: string
  /** Absent if the simulator does not support it. */
  readonly event?: WorldEvent
  readonly result: commands.CommandResult
  readonly isPointless: boolean
  readonly why: string
  readonly breaks: readonly string[]
}

/** The facts about the state that the rules need. */
interface Situation {
  readonly rollout: Rollout
  readonly isUpdating: boolean
  readonly isAborted: boolean
  /** Paused by hand. */
  readonly isHeld: boolean
  /** Paused by a step, an analysis, or before the promotion of blue-green. */
  readonly isPaused: boolean
  readonly isBlueGreen: boolean
  /** `step 2 of 4 (pause: 30s)`; empty if there is no current step. */
  readonly step: string
  /** Running analyses and experiments of this update. */
  readonly running: readonly string[]
}

export function commandRows(observation: RolloutObservation): readonly CommandRow[] {
  const situation = situationOf(observation)
  return [
    promoteRow(situation),
    promoteFullRow(situation),
    abortRow(situation),
    retryRow(situation),
    pauseRow(situation),
    resumeRow(situation),
    restartRow(situation, observation.now),
    undoRow(situation, observation),
    ...terminateRows(observation),
  ]
}

function situationOf({ rollout, analysisRuns = [], experiments = [] }: RolloutObservation): Situation {
  const { spec, status = {} } = rollout
  const current = currentStepOf(rollout)
  const isUpdating = (status.currentPodHash ?? '') !== (status.stableRS ?? '')
  const at = current && `step ${current.index + 1} of ${stepsOf(rollout).length} (${describeStep(current.step)})`
  const isRunning = (one: { readonly status?: { readonly phase?: string } }): boolean =>
    !isCompletedPhase(one.status?.phase)
  const owned = (one: { readonly metadata: { readonly ownerReferences?: readonly { readonly uid?: string }[] } }) =>
    one.metadata.ownerReferences?.some(({ uid }) => uid === rollout.metadata.uid) === true
  return {
    rollout,
    isUpdating,
    isAborted: status.abort === true,
    isHeld: spec.paused === true,
    isPaused: (status.pauseConditions ?? []).length > 0,
    isBlueGreen: Boolean(spec.strategy?.blueGreen),
    step: isUpdating && at ? at : '',
    running: [
      ...analysisRuns.filter((run) => owned(run) && isRunning(run)).map((run) => `AnalysisRun ${run.metadata.name}`),
      ...experiments.filter((one) => owned(one) && isRunning(one)).map((one) => `Experiment ${one.metadata.name}`),
    ],
  }
}

const nothingUpdated = 'nothing is being updated'

function promoteRow({ rollout, ...now }: Situation): CommandRow {
  const row = { command: 'promote', event: { command: 'promote' }, result: commands.promote(rollout) } as const
  if (now.isAborted && !now.isHeld) {
    const why = 'the update is aborted: only retry, promote --full or another template moves it'
    return { ...row, isPointless: true, why, breaks: [] }
  }
  if (now.isHeld && !now.isPaused && !now.step) {
    return { ...row, isPointless: false, why: 'it ends the pause by hand (spec.paused)', breaks: [] }
  }
  if (now.isPaused) return { ...row, isPointless: false, why: `it ends the pause${ofStep(now.step)}`, breaks: [] }
  if (!now.isUpdating)
    return { ...row, isPointless: !now.isHeld, why: `${nothingUpdated} and nothing is paused`, breaks: [] }
  if (now.isBlueGreen || now.step === '') {
    const why = 'nothing is paused: the update goes on by itself'
    return { ...row, isPointless: true, why, breaks: [] }
  }
  const breaks = [`${now.step} is skipped${now.running.length > 0 ? `, and ${now.running.join(', ')} with it` : ''}`]
  return { ...row, isPointless: false, why: `nothing is paused: it skips ${now.step}`, breaks }
}

const ofStep = (step: string): string => (step === '' ? '' : ` of ${step}`)

function promoteFullRow({ rollout, ...now }: Situation): CommandRow {
  const result = commands.promote(rollout, { full: true })
  const row = { command: 'promote --full', event: { command: 'promote --full' }, result } as const
  if (!now.isUpdating) {
    const why = now.isHeld
      ? 'it ends the pause by hand (spec.paused)'
      : `${nothingUpdated}, so there is nothing to promote`
    return { ...row, isPointless: !now.isHeld, why, breaks: [] }
  }
  const left = stepsOf(rollout).length - (rollout.status?.currentStepIndex ?? 0)
  const breaks = [
    ...(now.isAborted ? ['the revision that was aborted goes live, without its steps and analyses'] : []),
    ...(left > 0 ? [`${left} ${left === 1 ? 'step is' : 'steps are'} skipped, pauses and analyses included`] : []),
    ...(now.running.length > 0 ? [`${now.running.join(', ')} no longer counts`] : []),
  ]
  return { ...row, isPointless: false, why: 'it goes to the end of the update at once', breaks }
}

function abortRow({ rollout, ...now }: Situation): CommandRow {
  const row = { command: 'abort', event: { command: 'abort' }, result: commands.abort(rollout) } as const
  if (now.isAborted) return { ...row, isPointless: true, why: 'the update is aborted already', breaks: [] }
  if (!now.isUpdating) {
    return { ...row, isPointless: true, why: `${nothingUpdated}, so there is nothing to abort`, breaks: [] }
  }
  const breaks = ['the Rollout is Degraded until retry, promote --full or another template']
  return { ...row, isPointless: false, why: 'it goes back to the stable revision', breaks }
}

function retryRow({ rollout, ...now }: Situation): CommandRow {
  const row = { command: 'retry', event: { command: 'retry' }, result: commands.retry(rollout) } as const
  if (!now.isAborted)
    return { ...row, isPointless: true, why: 'nothing is aborted, so there is nothing to retry', breaks: [] }
  return { ...row, isPointless: false, why: 'the update begins anew, from its first step', breaks: [] }
}

function pauseRow({ rollout, ...now }: Situation): CommandRow {
  const row = { command: 'pause', event: { command: 'pause' }, result: commands.pause(rollout) } as const
  if (now.isHeld) return { ...row, isPointless: true, why: 'it is paused by hand already', breaks: [] }
  const breaks = now.isUpdating ? ['the update stays where it is until somebody resumes'] : []
  return { ...row, isPointless: false, why: 'updates wait until somebody resumes; scaling goes on', breaks }
}

function resumeRow({ rollout, ...now }: Situation): CommandRow {
  const row = { command: 'resume', event: { command: 'resume' }, result: commands.resume(rollout) } as const
  if (!now.isHeld) {
    const why = now.isPaused ? 'spec.paused is not set: this pause ends with promote' : 'spec.paused is not set'
    return { ...row, isPointless: true, why, breaks: [] }
  }
  return { ...row, isPointless: false, why: 'the update goes on', breaks: [] }
}

function restartRow({ rollout }: Situation, now: string): CommandRow {
  const result = commands.restart(rollout, now)
  const row = { command: 'restart', event: { command: 'restart' }, result } as const
  const replicas = rollout.spec.replicas ?? 1
  if (replicas === 0) return { ...row, isPointless: true, why: 'there are no pods', breaks: [] }
  const why = `${replicas} pods are made anew, a few at a time (maxUnavailable)`
  return { ...row, isPointless: false, why, breaks: [] }
}

function undoRow({ rollout, ...now }: Situation, { replicaSets }: RolloutObservation): CommandRow {
  const result = commands.undo(rollout, replicaSets)
  const row = { command: 'undo', event: { command: 'undo' }, result } as const
  const isIdle = 'requests' in result && result.requests.length === 0
  if (isIdle)
    return { ...row, isPointless: true, why: 'the template of the revision before is back already', breaks: [] }
  const before = previousOf(rollout, replicaSets)
  const isStable = before?.metadata.labels?.[podTemplateHashLabel] === rollout.status?.stableRS
  const revision = before?.metadata.annotations?.[revisionAnnotation] ?? '?'
  const how = isStable ? 'it is the stable one, so its steps are skipped' : 'a new update, with all its steps'
  const breaks = now.isUpdating && !isStable ? ['the update that runs is replaced'] : []
  return { ...row, isPointless: false, why: `the template of revision ${revision} comes back: ${how}`, breaks }
}

/** The revision that undo restores: the second newest. */
function previousOf({ metadata }: Rollout, replicaSets: readonly ReplicaSet[]): ReplicaSet | undefined {
  const revisionNumber = (set: ReplicaSet): number => Number(set.metadata.annotations?.[revisionAnnotation] ?? 0)
  return replicaSets
    .filter((set) => set.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid))
    .sort((left, right) => revisionNumber(right) - revisionNumber(left))[1]
}

/** Ends running analyses, with their measurements so far. */
function terminateRows({
  rollout,
  analysisRuns = [],
  experiments = [],
  now,
}: RolloutObservation): readonly CommandRow[] {
  const isOwn = (uid: string | undefined): boolean => uid !== undefined && uid === rollout.metadata.uid
  const runs = analysisRuns
    .filter(
      ({ metadata, status }) =>
        metadata.ownerReferences?.some(({ uid }) => isOwn(uid)) && !isCompletedPhase(status?.phase),
    )
    .map(
      (run): CommandRow => ({
        command: `terminate analysisrun ${run.metadata.name}`,
        result: commands.terminateAnalysisRun(run),
        isPointless: run.spec?.terminate === true,
        why: run.spec?.terminate ? 'it is terminated already' : 'its verdict falls on what was measured so far',
        breaks: [],
      }),
    )
  const trials = experiments
    .filter(
      ({ metadata, status }) =>
        metadata.ownerReferences?.some(({ uid }) => isOwn(uid)) && !isCompletedPhase(status?.phase),
    )
    .map(
      (experiment): CommandRow => ({
        command: `terminate experiment ${experiment.metadata.name}`,
        result: commands.terminateExperiment(experiment),
        isPointless: experiment.spec?.terminate === true,
        why: experiment.spec?.terminate ? 'it is terminated already' : 'it ends, and its pods go',
        breaks: [],
      }),
    )
  return parseTime(now) === undefined ? [] : [...runs, ...trials]
}
