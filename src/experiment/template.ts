import { formatWithoutArguments } from '../go/goFormat'
import type { ExperimentTemplate, ExperimentTemplateStatus } from '../model/experiment'
import type { Mutable } from '../model/mutable'
import {
  desiredReplicas,
  isTemplateCompleted,
  progressDeadlineSeconds,
  type TemplateCode,
  templateStatusOf,
} from './phases'
import { createReplicaSet, delayScaleDown, scaleReplicaSet, secondsUntilDeadline, type Trouble } from './replicaSet'
import { endScaledService, reconcileService } from './service'
import { emit, type ServiceOutcome, secondsOf, type Turn } from './turn'

type Draft = Mutable<ExperimentTemplateStatus>

/** One template: its ReplicaSet, its Service and its status (behaviour 5.3). */
export function reconcileTemplate(turn: Turn, template: ExperimentTemplate): void {
  const before = templateStatusOf(turn.before, template.name)
  const draft: Draft = { ...zeroStatus(template.name), ...before }
  const desired = desiredReplicas(turn.terminating, template, before)
  if (turn.replicaSets.has(template.name)) adjust(turn, template, draft, desired)
  else create(turn, template, draft)
  countPods(turn, draft, before)
  judge(turn, draft, desired)
  announce(turn, draft, before?.status ?? '')
  turn.templateStatuses = withTemplateStatus(turn.templateStatuses, draft)
}

const zeroStatus = (name: string): ExperimentTemplateStatus => ({
  name,
  replicas: 0,
  updatedReplicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
})

function create(turn: Turn, template: ExperimentTemplate, draft: Draft): void {
  blame(draft, createReplicaSet(turn, template, draft.collisionCount))
  if (turn.replicaSets.has(template.name)) draft.lastTransitionTime = turn.nowText
}

function adjust(turn: Turn, template: ExperimentTemplate, draft: Draft, desired: number): void {
  let set = turn.replicaSets.get(template.name)
  if (!set) return
  const service = reconcileService(turn, template, set, desired)
  noteService(draft, service)
  if (desired === 0) set = delayScaleDown(turn, template.name, set)
  if ((set.spec.replicas ?? 0) === desired) return
  const trouble = scaleReplicaSet(turn, template, set, desired)
  blame(draft, trouble)
  const isOff = trouble === undefined && desired === 0 && secondsUntilDeadline(set, turn.now) === undefined
  if (isOff && turn.semantics.endsServiceWithScale) noteService(draft, endScaledService(turn, template))
  // Also while it only waits for its scale-down deadline (behaviour 10.49).
  draft.lastTransitionTime = turn.nowText
}

function noteService(draft: Draft, service: ServiceOutcome): void {
  if (service.kind === 'trouble') blame(draft, service.message)
  if (service.kind === 'present') {
    draft.serviceName = service.serviceName
    draft.podTemplateHash = service.podTemplateHash
  }
  if (service.kind === 'gone' || !draft.podTemplateHash) delete draft.podTemplateHash
  if (service.kind === 'gone') delete draft.serviceName
}

function blame(draft: Draft, trouble: Trouble): void {
  if (trouble === undefined) return
  draft.status = 'Error'
  draft.message = trouble
}

const counters = ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas'] as const

function countPods(turn: Turn, draft: Draft, before: ExperimentTemplateStatus | undefined): void {
  const status = turn.replicaSets.get(draft.name)?.status
  draft.replicas = status?.replicas ?? 0
  draft.updatedReplicas = status?.replicas ?? 0
  draft.readyReplicas = status?.readyReplicas ?? 0
  draft.availableReplicas = status?.availableReplicas ?? 0
  if (counters.some((counter) => draft[counter] !== (before?.[counter] ?? 0))) draft.lastTransitionTime = turn.nowText
}

/** Completed statuses are final. A timeout wins over termination. */
function judge(turn: Turn, draft: Draft, desired: number): void {
  if (isTemplateCompleted(draft.status)) return
  const available = desired === draft.availableReplicas
  const deadlineSeconds = progressDeadlineSeconds(turn.experiment)
  if (!available && turn.now > (secondsOf(turn, draft.lastTransitionTime) ?? turn.now) + deadlineSeconds) {
    draft.status = 'Failed'
    draft.message = `Template '${draft.name}' exceeded its progressDeadlineSeconds (${deadlineSeconds})`
  } else if (turn.terminating || (available && turn.durationPassed)) draft.status = 'Successful'
  else draft.status = available ? 'Running' : 'Progressing'
}

function announce(turn: Turn, draft: Draft, from: TemplateCode): void {
  const to = draft.status ?? ''
  if (from === to) return
  const message = `Template '${draft.name}' transitioned from ${from} -> ${to}${draft.message ? `: ${draft.message}` : ''}`
  const type = to === 'Failed' || to === 'Error' ? 'Warning' : 'Normal'
  emit(turn, `Template${to}`, formatWithoutArguments(message), type)
}

/** The list with the first entry of the name replaced, or the same list if nothing changed. */
export function withTemplateStatus(
  list: readonly ExperimentTemplateStatus[],
  status: ExperimentTemplateStatus,
): readonly ExperimentTemplateStatus[] {
  const at = list.findIndex((entry) => entry.name === status.name)
  const old = list[at]
  if (!old) return [...list, status]
  return sameStatus(old, status) ? list : list.map((entry, index) => (index === at ? status : entry))
}

const texts = ['status', 'message', 'lastTransitionTime', 'serviceName', 'podTemplateHash'] as const

const sameStatus = (left: ExperimentTemplateStatus, right: ExperimentTemplateStatus): boolean =>
  left.collisionCount === right.collisionCount &&
  counters.every((counter) => (left[counter] ?? 0) === (right[counter] ?? 0)) &&
  texts.every((text) => (left[text] ?? '') === (right[text] ?? ''))
