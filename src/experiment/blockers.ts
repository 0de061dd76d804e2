import { isCompletedPhase } from '../model/analysisPhases'
import type { Blocker } from '../model/decision'
import type { ExperimentStatus } from '../model/experiment'
import { analysisStatusOf, isBad, ownReplicas, templateStatusOf } from './phases'
import { secondsUntilDeadline } from './replicaSet'
import type { Turn } from './turn'

/** Why the Experiment is not further. One that is not over, or still has pods to lose, has at least one. */
export function blockersOf(turn: Turn, status: ExperimentStatus): Blocker[] {
  const blockers = isCompletedPhase(status.phase) ? ending(status) : running(turn, status)
  blockers.push(...collided(turn), ...delayed(turn))
  if (blockers.length > 0 || isCompletedPhase(status.phase)) return blockers
  if (turn.experiment.spec.terminate || turn.experiment.spec.duration) {
    return [{ kind: 'progress', waitsFor: 'the next reconcile', clearedBy: 'time' }]
  }
  return [{ kind: 'open-ended', waitsFor: 'a person to terminate it', clearedBy: 'spec.terminate: true' }]
}

function running(turn: Turn, status: ExperimentStatus): Blocker[] {
  const { templates, analyses, duration } = turn.experiment.spec
  const blockers: Blocker[] = []
  for (const template of templates ?? []) {
    const entry = templateStatusOf(status, template.name)
    if (entry?.status !== 'Progressing') continue
    const waitsFor = `template '${template.name}': ${entry.availableReplicas} of ${ownReplicas(template)} pods available`
    blockers.push({
      kind: 'template',
      waitsFor,
      ...since(entry.lastTransitionTime),
      clearedBy: 'pods becoming available',
    })
  }
  for (const { name } of analyses ?? []) {
    const run = analysisStatusOf(status, name)
    if (!run?.analysisRun || isCompletedPhase(run.phase)) continue
    const waitsFor = `analysis '${name}' (${run.analysisRun}) to complete`
    blockers.push({ kind: 'analysis', waitsFor, clearedBy: 'its measurements, or terminate' })
  }
  if (status.availableAt && duration && !turn.durationPassed) {
    const waitsFor = `${duration} to pass since all templates became available`
    blockers.push({ kind: 'duration', waitsFor, ...since(status.availableAt), clearedBy: 'time, or terminate' })
  }
  return blockers
}

function ending(status: ExperimentStatus): Blocker[] {
  if (!isBad(status.phase)) return []
  const waitsFor = status.message ? `a new attempt: ${status.message}` : 'a new attempt'
  return [{ kind: 'ended', waitsFor, clearedBy: 'retry experiment' }]
}

function collided({ collision, name }: Turn): Blocker[] {
  if (!collision) return []
  const waitsFor = `the name ${name}-${collision.name}, which a ReplicaSet of somebody else has`
  return [{ kind: 'collision', waitsFor, clearedBy: 'deleting or renaming that ReplicaSet' }]
}

function delayed(turn: Turn): Blocker[] {
  if (!turn.terminating) return []
  const blockers: Blocker[] = []
  for (const set of turn.replicaSets.values()) {
    const seconds = (set.spec.replicas ?? 0) > 0 ? secondsUntilDeadline(set, turn.now) : undefined
    if (seconds === undefined) continue
    const waitsFor = `ReplicaSet ${set.metadata.name} to keep its pods for ${seconds} s more`
    blockers.push({ kind: 'scaleDownDelay', waitsFor, clearedBy: 'time' })
  }
  return blockers
}

const since = (time: string | undefined): { since?: string } => (time ? { since: time } : {})
