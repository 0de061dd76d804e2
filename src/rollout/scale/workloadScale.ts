import { commit } from '../turn/commit'
import type { Problem } from '../turn/flow'
import type { Turn } from '../turn/turn'

/** Scales the Deployment named by workloadRef; upstream does so for any kind of reference (behaviour 10.29). */
export function scaleWorkloadDown(turn: Turn, replicas: number): Problem | undefined {
  const name = turn.facts.rollout.spec.workloadRef?.name
  const deployment = turn.facts.observed.workloads?.find(
    (workload) => workload.kind === 'Deployment' && workload.metadata.name === name,
  )
  if (!deployment || name === undefined)
    return {
      error: `deployments.apps "${name ?? ''}" not found`,
      code: 'not-found',
      path: 'spec.workloadRef.name',
      forgotten: true,
    }
  if ((deployment.spec?.replicas ?? 1) === replicas) return undefined
  commit(turn, { kind: 'scaleWorkload', workloadKind: 'Deployment', namespace: turn.facts.namespace, name, replicas })
  return undefined
}
