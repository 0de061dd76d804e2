import type { Change } from './change'

/**
 * Failures that come back to the reducer in `answers.failures`, because the controller decides something about them (an
 * event, a condition, another error, or to go on). The failure of any other change ends the reconcile, as it ends the
 * controller's.
 */
export const decidedFailures = {
  Rollout: [
    'updateHash',
    'setWeight',
    'setHeaderRoute',
    'setMirrorRoute',
    'removeManagedRoutes',
    'evictPod',
    'createAnalysisRun',
    'createExperiment',
  ],
  Experiment: [
    'createReplicaSet',
    'scaleReplicaSet',
    'annotateReplicaSet',
    'createService',
    'deleteService',
    'createAnalysisRun',
    'terminateAnalysisRun',
  ],
} as const satisfies Readonly<Record<string, readonly Change['kind'][]>>

/** Whether the reducer of this kind of object says what comes of the failure. */
export const isFailureDecided = (object: keyof typeof decidedFailures, { kind }: Change): boolean =>
  (decidedFailures[object] as readonly Change['kind'][]).includes(kind)
