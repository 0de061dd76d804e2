import { parseDurationSeconds } from '../go/durationSeconds'
import type { AnalysisPhase } from '../model/analysis'
import { isCompletedPhase } from '../model/analysisPhases'
import type {
  Experiment,
  ExperimentAnalysisRunStatus,
  ExperimentStatus,
  ExperimentTemplate,
  ExperimentTemplateStatus,
} from '../model/experiment'

export type TemplateCode = NonNullable<ExperimentTemplateStatus['status']>

/** A final phase that makes the Experiment fail. */
export const isBad = (phase: AnalysisPhase | undefined): boolean => isCompletedPhase(phase) && phase !== 'Successful'

export const isTemplateCompleted = (code: TemplateCode | undefined): boolean =>
  code === 'Successful' || code === 'Failed' || code === 'Error'

const bestToWorst: readonly TemplateCode[] = ['Successful', 'Running', 'Progressing', 'Error', 'Failed']

const rank = (code: TemplateCode): number => Math.max(0, bestToWorst.indexOf(code))

/** Strictly worse; a template without a status ranks as the best (behaviour 5.5). */
export const isWorseTemplate = (current: TemplateCode, next: TemplateCode): boolean => rank(next) > rank(current)

/** The first entry with the name counts: collisions add more (see replicaSet.ts). */
export const templateStatusOf = (status: ExperimentStatus, name: string): ExperimentTemplateStatus | undefined =>
  status.templateStatuses?.find((entry) => entry.name === name)

export const analysisStatusOf = (status: ExperimentStatus, name: string): ExperimentAnalysisRunStatus | undefined =>
  status.analysisRuns?.find((entry) => entry.name === name)

export const hasRequiredAnalyses = ({ spec }: Experiment): boolean =>
  spec.analyses?.some((analysis) => analysis.requiredForCompletion) ?? false

/** There are analyses that are required for completion, and all of them were successful. */
export function requiredAnalysesSuccessful({ spec }: Experiment, status: ExperimentStatus): boolean {
  const required = spec.analyses?.filter((analysis) => analysis.requiredForCompletion) ?? []
  return required.length > 0 && required.every(({ name }) => analysisStatusOf(status, name)?.phase === 'Successful')
}

/** Terminated, over, failed, or complete: pods are scaled down and nothing new is created (behaviour 5.2). */
export function isTerminating(experiment: Experiment, status: ExperimentStatus): boolean {
  if (experiment.spec.terminate === true || isCompletedPhase(status.phase)) return true
  if (status.templateStatuses?.some((entry) => entry.status === 'Failed' || entry.status === 'Error')) return true
  if (status.analysisRuns?.some((run) => isBad(run.phase))) return true
  return requiredAnalysesSuccessful(experiment, status)
}

/** Pods that a template should have (behaviour 5.2). */
export function desiredReplicas(
  terminating: boolean,
  template: ExperimentTemplate,
  status: ExperimentTemplateStatus | undefined,
): number {
  return terminating || isTemplateCompleted(status?.status) ? 0 : ownReplicas(template)
}

/** Pods that a template has while the Experiment runs. */
export const ownReplicas = (template: ExperimentTemplate): number => template.replicas ?? 1

const defaultProgressDeadlineSeconds = 600
const defaultScaleDownDelaySeconds = 30

export const progressDeadlineSeconds = ({ spec }: Experiment): number =>
  spec.progressDeadlineSeconds ?? defaultProgressDeadlineSeconds

export const scaleDownDelaySeconds = ({ spec }: Experiment): number =>
  spec.scaleDownDelaySeconds ?? defaultScaleDownDelaySeconds

export interface DurationState {
  readonly passed: boolean
  readonly leftSeconds: number
}

/**
 * How much of `spec.duration` is left since all templates became available. Quirk kept for fidelity: a duration that
 * cannot be parsed never passes, but its remaining time is 0 (behaviour 10.50).
 */
export function durationState({ spec }: Experiment, availableSeconds: number | undefined, now: number): DurationState {
  const seconds = spec.duration ? parseDurationSeconds(spec.duration) : undefined
  if (availableSeconds === undefined || seconds === undefined) return { passed: false, leftSeconds: 0 }
  const leftSeconds = availableSeconds + seconds - now
  return { passed: leftSeconds < 0, leftSeconds }
}
