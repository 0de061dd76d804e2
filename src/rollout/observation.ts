import type { AnalysisRun, AnalysisTemplate } from '../model/analysis'
import type { Answers, RegisteredTargetsAnswer, RolloutAsk, StepPluginAnswer, VerifyWeightAnswer } from '../model/ask'
import type { Change } from '../model/change'
import type { ControllerVersion } from '../model/controllerVersion'
import type { Decision } from '../model/decision'
import type { Experiment } from '../model/experiment'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { RolloutStatus, TrafficWeights } from '../model/rolloutStatus'
import type { Pod, ReplicaSet, Service, Workload } from '../model/workload'

/** How the host wants the engine to decide. */
export interface RolloutOptions {
  /**
   * Which version of the controller is reproduced. Default: the newest release, v1.10. A host that takes over a running
   * installation says the version that it takes over from, or new ReplicaSets get other names than before (AR#4696).
   */
  readonly controller?: ControllerVersion
  /** Step plugins that the controller's configuration switches off. */
  readonly disabledPlugins?: readonly string[]
  /** Verify that new pods are registered in AWS target groups before traffic depends on them. Default false. */
  readonly verifyTargetGroups?: boolean
  /**
   * Reproduces a controller whose cache hands out its AnalysisTemplates themselves instead of copies: the placeholders
   * that validation puts in for arguments then stay in the runs of steps and promotions. Upstream's own cache copies, its
   * recordings did not. Default false.
   */
  readonly sharesTemplates?: boolean
}

/**
 * Everything that one decision about a Rollout reads: the object, the objects of its namespace that the host observed,
 * and the clock. Objects have their Kubernetes shapes; lists may hold objects that have nothing to do with the Rollout.
 * An observation is an immutable value: the engine never mutates it and relies on nobody else doing so.
 */
export interface RolloutObservation {
  /** RFC 3339. */
  readonly now: string
  readonly rollout: Rollout
  readonly replicaSets: readonly ReplicaSet[]
  readonly pods?: readonly Pod[]
  readonly services?: readonly Service[]
  /** Deployments and PodTemplates that `workloadRef` may name. */
  readonly workloads?: readonly Workload[]
  readonly analysisRuns?: readonly AnalysisRun[]
  readonly experiments?: readonly Experiment[]
  readonly analysisTemplates?: readonly AnalysisTemplate[]
  readonly clusterAnalysisTemplates?: readonly AnalysisTemplate[]
  /**
   * Ingresses that `nginx` and `alb` name. Here and in the next three lists: where the list is missing, the host did not look,
   * and the Rollout is not refused for what it refers to; where the list is there, what is not in it does not exist.
   */
  readonly ingresses?: readonly KubeObject[]
  /** Istio's, also of other namespaces: `name.namespace` may name one. */
  readonly virtualServices?: readonly KubeObject[]
  /** Ambassador's Mappings. */
  readonly mappings?: readonly KubeObject[]
  /** App Mesh's VirtualServices and VirtualRouters. */
  readonly appMeshResources?: readonly KubeObject[]
  readonly destinationRules?: readonly KubeObject[]
  readonly targetGroupBindings?: readonly KubeObject[]
  readonly endpoints?: readonly KubeObject[]
  readonly options?: RolloutOptions
  /** Answers to the asks of an earlier round of this very decision, and failures of its changes. */
  readonly answers?: Answers<VerifyWeightAnswer | StepPluginAnswer | RegisteredTargetsAnswer>
}

/** The whole desired state at a glance; what the decision leaves alone is the same object as observed. */
export interface DesiredState {
  readonly replicaSets: readonly ReplicaSet[]
  readonly services: readonly Service[]
  readonly traffic?: DesiredTraffic
  readonly analysisRuns: readonly AnalysisRun[]
  readonly experiments: readonly Experiment[]
}

/** Commanded and verified weights are two things: a router may be told and not have obeyed yet (AR#3926). */
export interface DesiredTraffic {
  readonly commanded?: TrafficWeights
  /** The commanded weights once the router confirmed them; absent while unconfirmed or where it cannot say. */
  readonly verified?: TrafficWeights
  readonly maxWeight: number
}

/** What `reconcileRollout` decides: the `Decision` with the whole desired state beside it. */
export interface RolloutDecision extends Decision<RolloutStatus, Change, RolloutAsk> {
  readonly desired: DesiredState
}

/** One Service, and the Rollouts that may own it; those of other namespaces do no harm. */
export interface ServiceObservation {
  readonly service: Service
  readonly rollouts: readonly Rollout[]
}
