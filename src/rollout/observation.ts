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

/** Options that the host sets for decisions. */
export interface RolloutOptions {
  /**
   * Which version of the controller is reproduced. Default: the newest release, v1.10. A host that takes over from a
   * running controller sets that controller's version; otherwise new ReplicaSets get other names than before (AR#4696).
   */
  readonly controller?: ControllerVersion
  /** Step plugins that the controller's configuration disables. */
  readonly disabledPlugins?: readonly string[]
  /** Verify that new pods are registered in AWS target groups before traffic depends on them. Default false. */
  readonly verifyTargetGroups?: boolean
  /**
   * Reproduces a controller whose cache returns AnalysisTemplates without copying them: validation replaces arguments
   * by placeholders, and those then stay in the runs of steps and promotions. Upstream's own cache copies; the cache of
   * the recordings did not. Default false.
   */
  readonly sharesTemplates?: boolean
}

/**
 * Everything that one decision about a Rollout reads: the object, the objects of its namespace that the host observed,
 * and the clock. Objects have their Kubernetes shapes; lists may contain objects that do not belong to the Rollout. An
 * observation is an immutable value: the engine never mutates it, and the host must not mutate it either.
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
   * Ingresses that `nginx` and `alb` name. Here and in the next three lists: if the list is absent, the host did not
   * look these objects up, and missing ones are no error; if it is present, an object that is not in it does not exist.
   */
  readonly ingresses?: readonly KubeObject[]
  /** Istio's, including those of other namespaces, because `name.namespace` may refer to one. */
  readonly virtualServices?: readonly KubeObject[]
  /** Ambassador's Mappings. */
  readonly mappings?: readonly KubeObject[]
  /** App Mesh's VirtualServices and VirtualRouters. */
  readonly appMeshResources?: readonly KubeObject[]
  readonly destinationRules?: readonly KubeObject[]
  readonly targetGroupBindings?: readonly KubeObject[]
  readonly endpoints?: readonly KubeObject[]
  readonly options?: RolloutOptions
  /** Answers to the asks of an earlier round of the same decision, and failures of its changes. */
  readonly answers?: Answers<VerifyWeightAnswer | StepPluginAnswer | RegisteredTargetsAnswer>
}

/** The whole desired state. Objects that the decision does not change are identical (`===`) to the observed ones. */
export interface DesiredState {
  readonly replicaSets: readonly ReplicaSet[]
  readonly services: readonly Service[]
  readonly traffic?: DesiredTraffic
  readonly analysisRuns: readonly AnalysisRun[]
  readonly experiments: readonly Experiment[]
}

/** Commanded and verified weights differ: a router may not have applied the weight yet (AR#3926). */
export interface DesiredTraffic {
  readonly commanded?: TrafficWeights
  /** The commanded weights once the router confirmed them; absent while unconfirmed, or if the router cannot verify. */
  readonly verified?: TrafficWeights
  readonly maxWeight: number
}

/** What `reconcileRollout` decides: the `Decision` together with the whole desired state. */
export interface RolloutDecision extends Decision<RolloutStatus, Change, RolloutAsk> {
  readonly desired: DesiredState
}

/** One Service, and the Rollouts that may own it; those of other namespaces are ignored. */
export interface ServiceObservation {
  readonly service: Service
  readonly rollouts: readonly Rollout[]
}
