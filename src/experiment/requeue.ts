import type { ExperimentStatus } from '../model/experiment'
import { parseTime } from '../model/time'
import { desiredReplicas, durationState, isTerminating, progressDeadlineSeconds, templateStatusOf } from './phases'
import { requeueAfter, secondsOf, type Turn } from './turn'

/**
 * Requests a reconcile at the end of the duration or at the deadline of a template, based on the new status (behaviour
 * 5.6).
 */
export function requeueForTime(turn: Turn, status: ExperimentStatus): void {
  const { experiment, now } = turn
  if (isTerminating(experiment, status)) return
  if (status.availableAt && experiment.spec.duration) {
    const isFresh = status.availableAt !== turn.before.availableAt
    const { passed, leftSeconds } = durationState(experiment, isFresh ? now : parseTime(status.availableAt), now)
    if (!passed) requeueAfter(turn, leftSeconds, 'experimentDuration', { duration: experiment.spec.duration })
  }
  for (const template of experiment.spec.templates ?? []) {
    const entry = templateStatusOf(status, template.name)
    if (entry?.status !== 'Progressing' && entry?.status !== 'Running') continue
    if (entry.availableReplicas === desiredReplicas(false, template, entry)) continue
    const since = secondsOf(turn, entry.lastTransitionTime)
    if (since === undefined) continue
    const left = since + progressDeadlineSeconds(experiment) - now
    requeueAfter(turn, left, 'templateDeadline', { template: template.name })
  }
}
