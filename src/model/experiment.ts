import type { AnalysisPhase, AnalysisRunMetadata, Argument, DryRun, MeasurementRetention } from './analysis'
import type { Condition, LabelSelector, ObjectMeta } from './meta'
import type { PodTemplate } from './workload'

export interface ExperimentTemplate {
  readonly name: string
  /** Default 1. */
  readonly replicas?: number
  readonly minReadySeconds?: number
  readonly selector?: LabelSelector
  readonly template: PodTemplate
  readonly service?: { readonly name?: string }
}

export interface ExperimentAnalysis {
  readonly name: string
  readonly templateName: string
  readonly clusterScope?: boolean
  readonly args?: readonly Argument[]
  readonly requiredForCompletion?: boolean
}

export interface ExperimentSpec {
  readonly templates: readonly ExperimentTemplate[]
  /** Go duration. */
  readonly duration?: string
  readonly progressDeadlineSeconds?: number
  readonly terminate?: boolean
  readonly analyses?: readonly ExperimentAnalysis[]
  readonly scaleDownDelaySeconds?: number
  readonly dryRun?: readonly DryRun[]
  readonly measurementRetention?: readonly MeasurementRetention[]
  readonly analysisRunMetadata?: AnalysisRunMetadata
}

export interface ExperimentTemplateStatus {
  readonly name: string
  readonly replicas: number
  readonly updatedReplicas: number
  readonly readyReplicas: number
  readonly availableReplicas: number
  readonly collisionCount?: number
  readonly status?: '' | 'Progressing' | 'Running' | 'Successful' | 'Failed' | 'Error'
  readonly message?: string
  readonly lastTransitionTime?: string
  readonly serviceName?: string
  readonly podTemplateHash?: string
}

export interface ExperimentAnalysisRunStatus {
  readonly name: string
  readonly analysisRun: string
  readonly phase: AnalysisPhase
  readonly message?: string
}

/** `status` of an Experiment: one entry for each template and analysis, by name. */
export interface ExperimentStatus {
  readonly phase?: AnalysisPhase
  readonly message?: string
  readonly templateStatuses?: readonly ExperimentTemplateStatus[]
  readonly availableAt?: string
  readonly conditions?: readonly Condition[]
  readonly analysisRuns?: readonly ExperimentAnalysisRunStatus[]
}

/** An Experiment as Kubernetes has it: short-lived ReplicaSets, and the analyses that judge them (behaviour 5). */
export interface Experiment {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: ObjectMeta
  readonly spec: ExperimentSpec
  readonly status?: ExperimentStatus
}
