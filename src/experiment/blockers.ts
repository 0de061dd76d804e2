import { isCompletedPhase } from '../model/analysisPhases'
import type { Blocker } from '../model/blocker'
import type { ExperimentStatus } from '../model/experiment'
import { analysisStatusOf, isBad, ownReplicas, templateStatusOf } from './phases'
import { secondsUntilDeadline } from './replicaSet'
import type { Turn } from './turn'

/** Why the Experiment makes no progress. There is at least one blocker until it has ended and lost its pods. */
export function blockersOf(turn: Turn, status: ExperimentStatus): Blocker[] {
  const blockers = isCompletedPhase(status.phase) ? ending(status) : running(turn, status)
  blockers.push(...collided(turn), ...delayed(turn))
  if (blockers.length > 0 || isCompletedPhase(status.phase)) return blockers
  if (turn.experiment.spec.terminate || turn.experiment.spec.duration) {
    return [{ code: 'progress', data: { message: '' } }]
  }
  return [{ code: 'open-ended', data: {} }]
}

function running(turn: Turn, status: ExperimentStatus): Blocker[] {
  const { templates, analyses, duration } = turn.experiment.spec
  const blockers: Blocker[] = []
  for (const template of templates ?? []) {
    const entry = templateStatusOf(status, template.name)
    if (entry?.status !== 'Progressing') continue
    const data = { template: template.name, available: entry.availableReplicas ?? 0, wanted: ownReplicas(template) }
    blockers.push({ code: 'template', data, ...since(entry.lastTransitionTime) })
  }
  for (const { name } of analyses ?? []) {
    const run = analysisStatusOf(status, name)
    if (!run?.analysisRun || isCompletedPhase(run.phase)) continue
    blockers.push({ code: 'experimentAnalysis', data: { analysis: name, analysisRun: run.analysisRun } })
  }
  if (status.availableAt && duration && !turn.durationPassed) {
    blockers.push({ code: 'duration', data: { duration }, ...since(status.availableAt) })
  }
  return blockers
}

function ending(status: ExperimentStatus): Blocker[] {
  if (!isBad(status.phase)) return []
  return [{ code: 'ended', data: { message: status.message ?? '' } }]
}

function collided({ collision, name }: Turn): Blocker[] {
  if (!collision) return []
  return [{ code: 'collision', data: { name: `${name}-${collision.name}` } }]
}

function delayed(turn: Turn): Blocker[] {
  if (!turn.terminating) return []
  const blockers: Blocker[] = []
  for (const set of turn.replicaSets.values()) {
    const seconds = (set.spec.replicas ?? 0) > 0 ? secondsUntilDeadline(set, turn.now) : undefined
    if (seconds === undefined) continue
    blockers.push({ code: 'scaleDownDelay', data: { replicaSet: set.metadata.name, seconds } })
  }
  return blockers
}

const since = (time: string | undefined): { since?: string } => (time ? { since: time } : {})
