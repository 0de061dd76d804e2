import { ofVersion } from '../model/controllerVersion'
import type { ExperimentStatus } from '../model/experiment'
import { admit } from '../model/malformed'
import { formatTime, parseTime } from '../model/time'
import { requeueOf } from '../model/wakeUp'
import { reconcileAnalysis } from './analysis'
import { blockersOf } from './blockers'
import { invalidConditions, nextConditions } from './conditions'
import { invalidSpec } from './invalidSpec'
import type { ExperimentDecision, ExperimentObservation } from './observation'
import { overallPhase } from './overallPhase'
import { byTemplate } from './owned'
import { durationState, isBad, isTerminating } from './phases'
import { requeueForTime } from './requeue'
import { semantics } from './semantics'
import { reconcileTemplate } from './template'
import { emit, type Turn } from './turn'
import { wellFormed } from './wellFormed'

/**
 * Decides about one Experiment: ReplicaSets and Services of its templates, AnalysisRuns, the next status, events and
 * when to reconcile again. Pure: the same observation gives the same bytes, and an unchanged status is identical
 * (`===`) to the observed one.
 *
 * This does not decide what the runs measure (`reconcileAnalysisRun`) or how the owning Rollout uses the result.
 * `error` is set if two ReplicaSets or Services belong to one template; an invalid spec is a condition of the status
 * and a blocker, not an error.
 *
 * @see behaviour 5; https://argo-rollouts.readthedocs.io/en/stable/features/experiment/
 *
 * @example
 * const selector = { matchLabels: { app: 'web' } }
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:2' }] } }
 * const experiment = {
 *   metadata: { name: 'trial', namespace: 'shop', uid: 'u1' },
 *   spec: { duration: '5m', templates: [{ name: 'canary', selector, template }] },
 * }
 * const decision = reconcileExperiment({ now: '2030-01-01T00:00:00Z', experiment, replicaSets: [] })
 * decision.changes.map((change) => change.kind) // => ['createReplicaSet']
 * decision.status.phase // => 'Pending'
 * decision.requeueAfterSeconds // => 600
 */
export function reconcileExperiment(observation: ExperimentObservation): ExperimentDecision {
  const { observed, malformed } = admit(wellFormed, observation)
  const decision = decideAbout(observed)
  return malformed.length === 0 ? decision : { ...decision, blockers: [...malformed, ...decision.blockers] }
}

function decideAbout(observed: ExperimentObservation): ExperimentDecision {
  const { experiment } = observed
  const status = experiment.status ?? {}
  const unchanged: ExperimentDecision = { status, changes: [], events: [], asks: [], blockers: [], wakeUps: [] }
  if (experiment.metadata.deletionTimestamp) return unchanged
  const invalid = invalidSpec(experiment)
  if (invalid) {
    const nowText = formatTime(parseTime(observed.now) ?? 0)
    const conditions = invalidConditions(status.conditions ?? [], invalid.message, nowText)
    const next = conditions === status.conditions ? status : { ...status, conditions }
    const { path, message } = invalid
    return { ...unchanged, status: next, blockers: [{ code: 'invalidSpec', data: { path, message } }] }
  }
  const replicaSets = byTemplate(experiment, observed.replicaSets)
  if (typeof replicaSets === 'string') return ambiguous(unchanged, 'ReplicaSets', replicaSets)
  const services = byTemplate(experiment, observed.services ?? [])
  if (typeof services === 'string') return ambiguous(unchanged, 'Services', services)
  return decide(beginTurn(observed, status, replicaSets, services))
}

function ambiguous(unchanged: ExperimentDecision, kind: string, template: string): ExperimentDecision {
  const message = `multiple ${kind} match single experiment template: ${template}`
  return {
    ...unchanged,
    error: { code: 'ambiguous-owner', path: 'spec.templates', message },
    requeueSoon: true,
    blockers: [{ code: 'ambiguous', data: { kind, template } }],
  }
}

function beginTurn(
  observed: ExperimentObservation,
  before: ExperimentStatus,
  replicaSets: Turn['replicaSets'],
  services: Turn['services'],
): Turn {
  const { experiment } = observed
  const now = parseTime(observed.now) ?? 0
  return {
    observed,
    semantics: ofVersion(semantics, observed.options?.controller),
    experiment,
    namespace: experiment.metadata.namespace ?? '',
    name: experiment.metadata.name,
    now,
    nowText: formatTime(now),
    before,
    terminating: isTerminating(experiment, before),
    durationPassed: durationState(experiment, parseTime(before.availableAt), now).passed,
    replicaSets,
    services,
    createdServices: [],
    deletedServices: [],
    createdRuns: [],
    terminatedRuns: [],
    templateStatuses: before.templateStatuses ?? [],
    analysisRuns: before.analysisRuns ?? [],
    changes: [],
    events: [],
    wakeUps: [],
  }
}

function decide(turn: Turn): ExperimentDecision {
  for (const template of turn.experiment.spec.templates ?? []) reconcileTemplate(turn, template)
  for (const analysis of turn.experiment.spec.analyses ?? []) reconcileAnalysis(turn, analysis)
  const status = nextStatus(turn)
  requeueForTime(turn, status)
  announce(turn, status)
  const { changes, events, wakeUps } = turn
  return {
    status: withCollision(turn, status),
    changes,
    events,
    ...requeueOf(wakeUps),
    asks: [],
    blockers: blockersOf(turn, status),
  }
}

/** The status after the reconcile, or the observed status itself if nothing changed. */
function nextStatus(turn: Turn): ExperimentStatus {
  const { before, templateStatuses, analysisRuns } = turn
  const draft: ExperimentStatus = { ...before, ...overallPhase(turn), templateStatuses, analysisRuns }
  const next: Record<string, unknown> = { ...draft, conditions: nextConditions(turn, draft) }
  const result: Record<string, unknown> = { ...before }
  let changed = false
  for (const key of ['phase', 'message', 'templateStatuses', 'availableAt', 'conditions', 'analysisRuns'] as const) {
    if (next[key] === before[key] || (isEmpty(next[key]) && isEmpty(before[key]))) continue
    if (isEmpty(next[key])) delete result[key]
    else result[key] = next[key]
    changed = true
  }
  return changed ? (result as ExperimentStatus) : before
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/**
 * The cluster's copy of the list got an entry for the collision; it stays where the list is not written (see
 * replicaSet.ts).
 */
function withCollision({ before, collision }: Turn, status: ExperimentStatus): ExperimentStatus {
  if (!collision || status.templateStatuses !== before.templateStatuses) return status
  return { ...status, templateStatuses: [...(before.templateStatuses ?? []), collision] }
}

function announce(turn: Turn, status: ExperimentStatus): void {
  const [from, to] = [turn.before.phase ?? '', status.phase ?? '']
  if (from === to) return
  emit(turn, `Experiment${to}`, `Experiment transitioned from ${from} -> ${to}`, isBad(to) ? 'Warning' : 'Normal')
}
