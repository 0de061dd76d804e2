import type { BlueGreenStrategy, CanaryStrategy, Rollout, RolloutSpec } from '../../model/rollout'
import type { TrafficRouting } from '../../model/trafficRouting'

// A reconcile reads the fields of a spec a hundred times. V8 reads a field at once where all objects have the same
// fields in the same order, and specs differ in both; so they are read into objects of one form first. What that
// saves is in docs/internals/performance.md.

/** Every field, also those that may be missing. */
type Whole<Given> = { readonly [Field in keyof Required<Given>]: Given[Field] }

/** The Rollout with every field of its spec, in one order. Fields that no type knows are not read, and left out. */
export const uniformRollout = ({ apiVersion, kind, metadata, spec, status }: Rollout): Whole<Rollout> => ({
  apiVersion,
  kind,
  metadata,
  spec: uniformSpec(spec),
  status,
})

const uniformSpec = (given: RolloutSpec): Whole<RolloutSpec> => ({
  replicas: given.replicas,
  selector: given.selector,
  template: given.template,
  workloadRef: given.workloadRef,
  minReadySeconds: given.minReadySeconds,
  rollbackWindow: given.rollbackWindow,
  strategy: uniformStrategy(given.strategy),
  revisionHistoryLimit: given.revisionHistoryLimit,
  paused: given.paused,
  progressDeadlineSeconds: given.progressDeadlineSeconds,
  progressDeadlineAbort: given.progressDeadlineAbort,
  restartAt: given.restartAt,
  analysis: given.analysis,
})

type Strategy = NonNullable<RolloutSpec['strategy']>

const uniformStrategy = (given: Strategy | undefined): Whole<Strategy> | undefined =>
  given && {
    canary: given.canary && uniformCanary(given.canary),
    blueGreen: given.blueGreen && uniformBlueGreen(given.blueGreen),
  }

const uniformCanary = (given: CanaryStrategy): Whole<CanaryStrategy> => ({
  canaryService: given.canaryService,
  stableService: given.stableService,
  steps: given.steps,
  trafficRouting: given.trafficRouting && uniformRouting(given.trafficRouting),
  maxUnavailable: given.maxUnavailable,
  maxSurge: given.maxSurge,
  analysis: given.analysis,
  antiAffinity: given.antiAffinity,
  canaryMetadata: given.canaryMetadata,
  stableMetadata: given.stableMetadata,
  scaleDownDelaySeconds: given.scaleDownDelaySeconds,
  scaleDownDelayRevisionLimit: given.scaleDownDelayRevisionLimit,
  abortScaleDownDelaySeconds: given.abortScaleDownDelaySeconds,
  dynamicStableScale: given.dynamicStableScale,
  pingPong: given.pingPong,
  minPodsPerReplicaSet: given.minPodsPerReplicaSet,
  replicaProgressThreshold: given.replicaProgressThreshold,
})

const uniformBlueGreen = (given: BlueGreenStrategy): Whole<BlueGreenStrategy> => ({
  activeService: given.activeService,
  previewService: given.previewService,
  previewReplicaCount: given.previewReplicaCount,
  autoPromotionEnabled: given.autoPromotionEnabled,
  autoPromotionSeconds: given.autoPromotionSeconds,
  maxUnavailable: given.maxUnavailable,
  scaleDownDelaySeconds: given.scaleDownDelaySeconds,
  scaleDownDelayRevisionLimit: given.scaleDownDelayRevisionLimit,
  prePromotionAnalysis: given.prePromotionAnalysis,
  postPromotionAnalysis: given.postPromotionAnalysis,
  antiAffinity: given.antiAffinity,
  previewMetadata: given.previewMetadata,
  activeMetadata: given.activeMetadata,
  abortScaleDownDelaySeconds: given.abortScaleDownDelaySeconds,
})

const uniformRouting = (given: TrafficRouting): Whole<TrafficRouting> => ({
  istio: given.istio,
  nginx: given.nginx,
  alb: given.alb,
  smi: given.smi,
  ambassador: given.ambassador,
  appMesh: given.appMesh,
  traefik: given.traefik,
  apisix: given.apisix,
  plugins: given.plugins,
  managedRoutes: given.managedRoutes,
  maxTrafficWeight: given.maxTrafficWeight,
})
