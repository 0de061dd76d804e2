import type { KubeObject } from '../../model/meta'
import { type ArgoCdHealth, degraded, healthy, noOpinion, progressing, unknown } from './health'
import { type JudgedObject, judgedObject } from './object'
import { rolloutHealth } from './rolloutHealth'

/**
 * The health of a Rollout, AnalysisRun or Experiment in Argo CD, with its message, by the rules that Argo CD ships for
 * these kinds. Undefined for other kinds. A Rollout that is paused is Suspended; before v1.0 of Argo Rollouts the
 * controller wrote no phase, and Argo CD works it out from conditions and replicas.
 *
 * Errors: none. Where Argo CD's own rule fails (no conditions without a phase, no generation) the health is Unknown, as
 * there; the message is ours.
 *
 * Source: argoproj/argo-cd, resource_customizations/argoproj.io, main of 2026-08-22.
 *
 * @example
 * ```ts
 * import { argoCdHealth } from 'rollout-engine/view'
 *
 * const web = {
 *   kind: 'Rollout',
 *   metadata: { name: 'web', generation: 3 },
 *   spec: { strategy: { canary: {} } },
 *   status: { observedGeneration: '3', phase: 'Paused', message: 'CanaryPauseStep' },
 * }
 * argoCdHealth(web)?.status // 'Suspended'
 * argoCdHealth(web)?.message // 'CanaryPauseStep'
 * ```
 */
export function argoCdHealth(object: KubeObject): ArgoCdHealth | undefined {
  const judged = judgedObject(object)
  const rules = rulesOf(judged.kind)
  if (!rules) return undefined
  return isLeaving(judged) ? progressing('Pending deletion') : rules(judged)
}

type Rules = (object: JudgedObject) => ArgoCdHealth

function rulesOf(kind: string | undefined): Rules | undefined {
  if (kind === 'Rollout') return rolloutHealth
  if (kind === 'AnalysisRun') return analysisRunHealth
  return kind === 'Experiment' ? experimentHealth : undefined
}

const hookFinalizer = 'argocd.argoproj.io/hook-finalizer'

/** A hook of a sync keeps its own health until Argo CD has seen it. */
const isLeaving = ({ metadata }: JudgedObject): boolean =>
  metadata.deletionTimestamp !== undefined && !(metadata.finalizers ?? []).includes(hookFinalizer)

interface PhaseRule {
  readonly phase: string
  readonly health: (message: string) => ArgoCdHealth
  readonly message: string
  /** The object's own message, where it has one, says more. */
  readonly own?: boolean
}

const analysisRunRules: readonly PhaseRule[] = [
  { phase: 'Pending', health: progressing, message: 'Analysis run is running' },
  { phase: 'Running', health: progressing, message: 'Analysis run is running' },
  { phase: 'Successful', health: healthy, message: 'Analysis run completed successfully', own: true },
  { phase: 'Failed', health: degraded, message: 'Analysis run failed', own: true },
  { phase: 'Error', health: degraded, message: 'Analysis run had an error', own: true },
  { phase: 'Inconclusive', health: unknown, message: 'Analysis run was inconclusive', own: true },
]

const experimentRules: readonly PhaseRule[] = [
  { phase: 'Pending', health: progressing, message: 'Experiment is pending' },
  { phase: 'Running', health: progressing, message: 'Experiment is running' },
  { phase: 'Successful', health: healthy, message: 'Experiment is successful' },
  { phase: 'Failed', health: degraded, message: 'Experiment has failed' },
  { phase: 'Error', health: degraded, message: 'Experiment had an error' },
]

const analysisRunHealth: Rules = (object) => byPhase(object, 'analysis run', analysisRunRules)
const experimentHealth: Rules = (object) => byPhase(object, 'experiment', experimentRules)

function byPhase({ status }: JudgedObject, noun: string, rules: readonly PhaseRule[]): ArgoCdHealth {
  if (!status) return progressing(`Waiting for ${noun} to finish: status has not been reconciled.`)
  const rule = rules.find(({ phase }) => phase === status.phase)
  if (!rule) return noOpinion('')
  return rule.health((rule.own ? status.message : undefined) ?? rule.message)
}
