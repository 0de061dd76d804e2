import { ownValue } from '../../model/json'
import { workloadGenerationAnnotation } from '../../model/labelKeys'
import { type ArgoCdHealth, degraded, healthy, progressing, suspended, unknown } from './health'
import { luaNumber } from './luaNumber'
import type { JudgedObject, JudgedStatus } from './object'

type Rung = (object: JudgedObject, status: JudgedStatus) => ArgoCdHealth | undefined

/** Argo CD's rules for a Rollout, in order; the first that applies wins. */
const ladder: readonly Rung[] = [
  specIsObserved,
  phaseOfController,
  failedCondition,
  pause,
  notReconciled,
  replicas,
  blueGreen,
  canary,
]

export function rolloutHealth(object: JudgedObject): ArgoCdHealth {
  const { status } = object
  if (!status) return progressing(notObserved)
  for (const rung of ladder) {
    const health = rung(object, status)
    if (health) return health
  }
  return healthy('')
}

const notObserved = 'Waiting for rollout spec update to be observed'

function specIsObserved({ metadata, spec }: JudgedObject, status: JudgedStatus): ArgoCdHealth | undefined {
  const { generation, annotations } = metadata
  const observed = luaNumber(status.observedGeneration)
  if (observed !== undefined && generation === undefined) return unknown('metadata.generation is missing')
  // A number that is too great is a hash of v0.9.
  if (observed !== undefined && generation !== undefined && observed < generation) return progressing(notObserved)
  if (spec.workloadRef === undefined || annotations === undefined) return undefined
  const text = ownValue(annotations as Readonly<Record<string, unknown>>, workloadGenerationAnnotation)
  const workload = luaNumber(typeof text === 'string' ? text : undefined)
  return workload === luaNumber(status.workloadObservedGeneration) ? undefined : progressing(notObserved)
}

const healths: ReadonlySet<string> = new Set(['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'])

/** From v1.0 on the controller says it itself. */
function phaseOfController(_: JudgedObject, { phase, message = '' }: JudgedStatus): ArgoCdHealth | undefined {
  if (phase === undefined) return undefined
  if (phase === 'Paused') return suspended(message)
  if (!healths.has(phase)) return unknown('Lua returned an invalid health status')
  return { status: phase as ArgoCdHealth['status'], message }
}

function failedCondition(_: JudgedObject, { conditions }: JudgedStatus): ArgoCdHealth | undefined {
  if (conditions === undefined) return unknown('status.conditions is missing')
  const failed = conditions.find(
    ({ type, reason }) =>
      type === 'InvalidSpec' ||
      (type === 'Progressing' && (reason === 'RolloutAborted' || reason === 'ProgressDeadlineExceeded')),
  )
  return failed && degraded(failed.message ?? '')
}

function pause({ spec }: JudgedObject, { pauseConditions }: JudgedStatus): ArgoCdHealth | undefined {
  const paused = (pauseConditions ?? []).length > 0 || spec.paused
  return paused ? suspended('Rollout is paused') : undefined
}

function notReconciled(_: JudgedObject, { currentPodHash }: JudgedStatus): ArgoCdHealth | undefined {
  if (currentPodHash !== undefined) return undefined
  return progressing('Waiting for rollout to finish: status has not been reconciled.')
}

function replicas({ spec }: JudgedObject, status: JudgedStatus): ArgoCdHealth | undefined {
  const { updatedReplicas = 0, availableReplicas = 0 } = status
  if (updatedReplicas < (spec.replicas ?? 1))
    return progressing('Waiting for roll out to finish: More replicas need to be updated')
  if (availableReplicas < updatedReplicas)
    return progressing('Waiting for roll out to finish: updated replicas are still becoming available')
  return spec.strategy ? undefined : unknown('spec.strategy is missing')
}

/**
 * Before v0.8 it was in another field. For Argo CD an absent field is an empty text, but not if it is absent in
 * `canary`.
 */
const stableOf = ({ stableRS, canary: old }: JudgedStatus): string | undefined =>
  stableRS !== undefined ? stableRS : old ? old.stableRS : ''

function blueGreen({ spec }: JudgedObject, status: JudgedStatus): ArgoCdHealth | undefined {
  if (spec.strategy?.blueGreen === undefined) return undefined
  if (status.blueGreen?.activeSelector !== status.currentPodHash) return progressing('active service cutover pending')
  const stable = stableOf(status)
  return stable !== '' && stable !== status.currentPodHash
    ? progressing('waiting for analysis to complete')
    : healthy('')
}

function canary({ spec }: JudgedObject, status: JudgedStatus): ArgoCdHealth | undefined {
  if (spec.strategy?.canary === undefined) return undefined
  if ((status.replicas ?? 0) > (status.updatedReplicas ?? 0))
    return progressing('Waiting for roll out to finish: old replicas are pending termination')
  const stable = stableOf(status)
  return stable === '' || stable !== status.currentPodHash
    ? progressing('Waiting for rollout to finish steps')
    : undefined
}
