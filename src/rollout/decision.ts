import { blockersOf } from './blockers'
import { maxWeightOf } from './defaults'
import type { DesiredState, DesiredTraffic, RolloutDecision } from './observation'
import { asChanged } from './pods/replicaSets'
import type { Problem, Turn } from './turn'

/** Turns what was decided into plain data. */
export function decisionOf(turn: Turn, problem: Problem | undefined): RolloutDecision {
  const status = turn.decided ?? turn.observed.rollout.status ?? turn.before
  return {
    status,
    changes: turn.changes,
    events: turn.events,
    asks: turn.asks,
    blockers: blockersOf(turn, status, problem),
    desired: desiredState(turn),
    ...(turn.requeueAfterSeconds === undefined ? undefined : { requeueAfterSeconds: turn.requeueAfterSeconds }),
    ...(turn.requeueSoon || (problem && !problem.forgotten) ? { requeueSoon: true } : undefined),
    ...(problem
      ? { error: { code: problem.code ?? 'reconcile', path: problem.path ?? '', message: problem.error } }
      : undefined),
  }
}

function desiredState(turn: Turn): DesiredState {
  const sets = turn.unlisted ? [...turn.replicaSets, turn.unlisted] : turn.replicaSets
  const alive = sets.filter((set) => !turn.deletedNames.includes(set.metadata.name))
  return {
    replicaSets: alive.map((set) => asChanged(turn, set)),
    services: turn.services,
    traffic: desiredTraffic(turn),
    analysisRuns: turn.analysisRuns,
    experiments: turn.experiments,
  }
}

function desiredTraffic(turn: Turn): DesiredTraffic | undefined {
  if (!turn.rollout.spec.strategy?.canary?.trafficRouting) return undefined
  const commanded = turn.next.canary?.weights
  return { commanded, verified: commanded?.verified ? commanded : undefined, maxWeight: maxWeightOf(turn.rollout) }
}
