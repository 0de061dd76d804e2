import { podTemplateHashLabel, revisionAnnotation } from '../model/labelKeys'
import type { Rollout } from '../model/rollout'
import type { ReplicaSet } from '../model/workload'

// What a person may do to a Rollout, as merge patches of spec and status (behaviour 8 and 8.1). A command that is not
// possible now has no effect and says why.

export interface CommandPatch {
  readonly spec?: object
  readonly status?: object
}

export interface Refusal {
  readonly refused: string
}

export type CommandResult = CommandPatch | Refusal

export const isRefused = (result: CommandResult): result is Refusal => 'refused' in result

/** Goes on from a pause, or skips the current step where there is none. */
export function promote(rollout: Rollout): CommandPatch {
  const { spec, status = {} } = rollout
  const unpause = spec.paused ? { spec: { paused: false } } : {}
  const steps = spec.strategy?.canary?.steps?.length ?? 0
  const next = Math.min((status.currentStepIndex ?? 0) + 1, steps)
  if ((status.pauseConditions?.length ?? 0) > 0) {
    const inconclusive =
      status.canary?.currentStepAnalysisRunStatus?.status === 'Inconclusive' && status.controllerPause
    return inconclusive
      ? { ...unpause, status: { pauseConditions: null, controllerPause: false, currentStepIndex: next } }
      : { ...unpause, status: { pauseConditions: null } }
  }
  return steps > 0 ? { ...unpause, status: { pauseConditions: null, currentStepIndex: next } } : unpause
}

/** Skips everything: steps, pauses, analysis. */
export function promoteFull(rollout: Rollout): CommandPatch {
  const { spec, status = {} } = rollout
  const unpause = spec.paused ? { spec: { paused: false } } : {}
  return status.currentPodHash === status.stableRS ? unpause : { ...unpause, status: { promoteFull: true } }
}

export const abort = (): CommandPatch => ({ status: { abort: true } })
export const retry = (): CommandPatch => ({ status: { abort: false } })
export const pause = (): CommandPatch => ({ spec: { paused: true } })
export const resume = (): CommandPatch => ({ spec: { paused: false } })
export const scale = (replicas: number): CommandPatch => ({ spec: { replicas } })
/** `now`: RFC 3339. */
export const restart = (now: string): CommandPatch => ({ spec: { restartAt: now } })

/** Changes the image of the container called `name`, init containers included; `*` means every container. */
export function setImage(rollout: Rollout, name: string, image: string): CommandResult {
  const template = rollout.spec.template
  const podSpec: Readonly<Record<string, unknown>> = template?.spec ?? {}
  const changed: Record<string, readonly unknown[]> = {}
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
    const containers = podSpec[list]
    if (!Array.isArray(containers)) continue
    const isMeant = (container: { readonly name?: unknown } | null): boolean => name === '*' || container?.name === name
    if (containers.some(isMeant)) changed[list] = containers.map((one) => (isMeant(one) ? { ...one, image } : one))
  }
  if (Object.keys(changed).length === 0) return { refused: `unable to find container named "${name}"` }
  return { spec: { template: { spec: changed } } }
}

/** Puts an earlier revision's template back; without a revision the one before the current. */
export function undo(rollout: Rollout, replicaSets: readonly ReplicaSet[], toRevision = 0): CommandResult {
  const revisions = replicaSets
    .map((set) => ({ set, revision: Number(set.metadata.annotations?.[revisionAnnotation] ?? 0) }))
    .filter(({ revision }) => Number.isInteger(revision))
    .sort((left, right) => right.revision - left.revision)
  const found = toRevision === 0 ? revisions[1] : revisions.find(({ revision }) => revision === toRevision)
  if (!found) {
    return toRevision === 0
      ? { refused: `no revision found for rollout "${rollout.metadata.name}"` }
      : { refused: `unable to find specified revision ${toRevision} in history` }
  }
  const template = found.set.spec.template
  const { [podTemplateHashLabel]: _hash, ...labels } = template?.metadata?.labels ?? {}
  const restored = { ...template, metadata: { ...template?.metadata, labels } }
  if (JSON.stringify(restored) === JSON.stringify(rollout.spec.template)) {
    return { refused: `skipped rollback (current template already matches revision ${found.revision})` }
  }
  return { spec: { template: restored } }
}
