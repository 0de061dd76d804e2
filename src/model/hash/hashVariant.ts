/**
 * Which Kubernetes libraries the imitated controller is built on. Since 0.34 an unset `creationTimestamp` is left out;
 * before, it was printed as null. So one template has two hashes, and old ReplicaSets bear the older one.
 */
export type HashVariant = 'kubernetes-0.34' | 'before-kubernetes-0.34'
