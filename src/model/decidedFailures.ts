import type { Change } from './change'

/**
 * Failures that hosts report to the reducer in `answers.failures`, because the controller reacts to them (with an
 * event, a condition, another error, or by continuing). The failure of any other change ends the reconcile, as it does
 * in the controller.
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

/** Whether the reducer of this kind of object decides what follows from the failure. */
export const isFailureDecided = (object: keyof typeof decidedFailures, { kind }: Change): boolean =>
  (decidedFailures[object] as readonly Change['kind'][]).includes(kind)
