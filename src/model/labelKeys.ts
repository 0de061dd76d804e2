/** Label and annotation keys, as the controller writes them (behaviour 1.2). */
export const podTemplateHashLabel = 'rollouts-pod-template-hash'
export const scaleDownDeadlineAnnotation = 'scale-down-deadline'
export const managedByAnnotation = 'argo-rollouts.argoproj.io/managed-by-rollouts'
export const instanceIdLabel = 'argo-rollouts.argoproj.io/controller-instance-id'
export const revisionAnnotation = 'rollout.argoproj.io/revision'
export const revisionHistoryAnnotation = 'rollout.argoproj.io/revision-history'
export const desiredReplicasAnnotation = 'rollout.argoproj.io/desired-replicas'
export const workloadGenerationAnnotation = 'rollout.argoproj.io/workload-generation'
export const notifiedAnnotation = 'notified.notifications.argoproj.io'
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration'
export const ephemeralMetadataAnnotation = 'rollout.argoproj.io/ephemeral-metadata'
export const experimentNameAnnotation = 'experiment.argoproj.io/name'
export const experimentTemplateNameAnnotation = 'experiment.argoproj.io/template-name'
export const rolloutTypeLabel = 'rollout-type'
export const stepIndexLabel = 'step-index'

/** Seconds after which the controller reconciles every object again (behaviour 3: resync). */
export const resyncSeconds = 900
