import { formatWithoutArguments } from '../go/goFormat'
import type { AnalysisRun } from '../model/analysis'
import { isCompletedPhase } from '../model/analysisPhases'
import type { ExperimentAnalysis, ExperimentAnalysisRunStatus } from '../model/experiment'
import { missingTemplate, startRun } from './analysisRun'
import { analysisStatusOf, isBad } from './phases'
import { change, emit, emitOf, type Turn } from './turn'

/** One analysis: its run, and its status (behaviour 5.4). */
export function reconcileAnalysis(turn: Turn, analysis: ExperimentAnalysis): void {
  const before = analysisStatusOf(turn.before, analysis.name)
  const from: ExperimentAnalysisRunStatus = before ?? { name: analysis.name, analysisRun: '', phase: '' }
  const to = next(turn, analysis, from)
  announce(turn, from, to)
  turn.analysisRuns = withAnalysisStatus(turn.analysisRuns, to)
}

function next(
  turn: Turn,
  analysis: ExperimentAnalysis,
  status: ExperimentAnalysisRunStatus,
): ExperimentAnalysisRunStatus {
  if (turn.before.availableAt === undefined || turn.before.availableAt === null) return verified(turn, analysis, status)
  if (!status.analysisRun) return turn.terminating ? status : started(turn, analysis, status)
  return isCompletedPhase(status.phase) ? status : followed(turn, analysis, status)
}

const failed = (status: ExperimentAnalysisRunStatus, message: string): ExperimentAnalysisRunStatus => ({
  ...status,
  phase: 'Error',
  message,
})

/** Before the templates are available no run starts; only the existence of the template is checked. */
function verified(
  turn: Turn,
  analysis: ExperimentAnalysis,
  status: ExperimentAnalysisRunStatus,
): ExperimentAnalysisRunStatus {
  const missing = missingTemplate(turn, analysis)
  if (missing === undefined) return status
  const kind = analysis.clusterScope ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate'
  return failed(status, `${kind} verification failed for analysis '${analysis.name}': ${missing}`)
}

function started(
  turn: Turn,
  analysis: ExperimentAnalysis,
  status: ExperimentAnalysisRunStatus,
): ExperimentAnalysisRunStatus {
  const run = startRun(turn, analysis)
  if ('error' in run) {
    return failed(status, `Failed to create AnalysisRun for analysis '${analysis.name}': ${run.error}`)
  }
  return run.name === undefined ? status : { ...status, phase: 'Pending', analysisRun: run.name }
}

/** Quirk kept for fidelity: while the Experiment terminates, the run's phase is not checked (behaviour 5.5). */
function followed(
  turn: Turn,
  analysis: ExperimentAnalysis,
  status: ExperimentAnalysisRunStatus,
): ExperimentAnalysisRunStatus {
  const run = findRun(turn, status.analysisRun)
  if (!run) return failed(status, turn.semantics.missingRun(status.analysisRun))
  if (turn.terminating) return terminated(turn, analysis, status, run)
  const { message: _old, ...others } = status
  const message = run.status?.message
  return { ...others, phase: run.status?.phase ?? '', ...(message ? { message } : undefined) }
}

function terminated(
  turn: Turn,
  analysis: ExperimentAnalysis,
  status: ExperimentAnalysisRunStatus,
  run: AnalysisRun,
): ExperimentAnalysisRunStatus {
  const { name } = run.metadata
  const already = run.spec.terminate === true || turn.terminatedRuns.includes(name)
  if (already || isCompletedPhase(run.status?.phase)) return status
  const termination = { kind: 'terminateAnalysisRun', namespace: turn.namespace, name } as const
  emitOf(turn, termination, 'AnalysisRunTerminating', `Terminating ${analysis.name} (${name})`)
  turn.terminatedRuns.push(name)
  const failure = change(turn, termination)
  return failure ? failed(status, failure.message) : status
}

/** After the changes of this reconcile. */
const findRun = (turn: Turn, name: string): AnalysisRun | undefined =>
  turn.createdRuns.find((run) => run.metadata.name === name) ??
  turn.observed.analysisRuns?.find((run) => run.metadata.name === name)

/** Quirk kept for fidelity: a Rollout that owns the Experiment gets every transition as a warning. */
function announce(turn: Turn, from: ExperimentAnalysisRunStatus, to: ExperimentAnalysisRunStatus): void {
  if (from.phase === to.phase || to.phase === '') return
  const message = formatWithoutArguments(
    `AnalysisRun '${to.name}' transitioned from ${from.phase} -> ${to.phase}${to.message ? `: ${to.message}` : ''}`,
  )
  const reason = `AnalysisRun${to.phase}`
  emit(turn, reason, message, isBad(to.phase) ? 'Warning' : 'Normal')
  turn.semantics.tellOwner(turn, reason, message)
}

export function tellRollout(turn: Turn, reason: string, message: string): void {
  const owner = turn.experiment.metadata.ownerReferences?.find((reference) => reference.kind === 'Rollout')
  if (!owner || turn.observed.rollout?.metadata.name !== owner.name) return
  const object = { kind: 'Rollout', namespace: turn.namespace, name: owner.name }
  turn.events.push({ object, type: 'Warning', reason, message })
}

/** v1.7: the Rollout that owns the Experiment gets no events about its runs. */
export const tellNobody = (): void => undefined

/** Asked of the API server itself. */
export const runNotFound = (name: string): string => `analysisruns.argoproj.io "${name}" not found`

/** Up to v1.9 only the cache is read, which has another error text. */
export const runNotCached = (name: string): string => `analysisrun.argoproj.io "${name}" not found`

function withAnalysisStatus(
  list: readonly ExperimentAnalysisRunStatus[],
  status: ExperimentAnalysisRunStatus,
): readonly ExperimentAnalysisRunStatus[] {
  const at = list.findIndex((entry) => entry.name === status.name)
  const old = list[at]
  if (!old) return [...list, status]
  return sameStatus(old, status) ? list : list.map((entry, index) => (index === at ? status : entry))
}

const sameStatus = (left: ExperimentAnalysisRunStatus, right: ExperimentAnalysisRunStatus): boolean =>
  (left.analysisRun ?? '') === (right.analysisRun ?? '') &&
  (left.phase ?? '') === (right.phase ?? '') &&
  (left.message ?? '') === (right.message ?? '')
