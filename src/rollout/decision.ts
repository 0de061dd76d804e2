import type { Mutable } from '../model/mutable'
import { requeueOf } from '../model/wakeUp'
import { blockersOf } from './blockers'
import { maxWeightOf } from './defaults'
import type { DesiredState, DesiredTraffic, RolloutDecision } from './observation'
import type { Problem } from './turn/flow'
import { asChanged } from './turn/sets'
import type { Turn } from './turn/turn'

/** Builds the decision, as plain data, from the ledger and the draft. */
export function decisionOf(turn: Turn, problem: Problem | undefined): RolloutDecision {
  const { ledger } = turn
  const decided = ledger.isUntold ? undefined : ledger.decided
  const status = decided ?? turn.facts.observed.rollout.status ?? turn.facts.before
  const decision: Decision = {
    status,
    changes: ledger.changes,
    events: ledger.isUntold ? [] : ledger.events,
    asks: ledger.asks,
    blockers: blockersOf(turn, status, problem),
    desired: desiredState(turn),
    wakeUps: ledger.wakeUps,
  }
  const { requeueAfterSeconds } = requeueOf(ledger.wakeUps)
  if (requeueAfterSeconds !== undefined) decision.requeueAfterSeconds = requeueAfterSeconds
  if (ledger.requeueSoon || (problem && !problem.forgotten)) decision.requeueSoon = true
  if (problem) decision.error = { code: problem.code ?? 'reconcile', path: problem.path, message: problem.error }
  return decision
}

/** Most fields that may be missing are: adding one costs less than spreading every possible one. */
type Decision = Mutable<RolloutDecision>

function desiredState(turn: Turn): DesiredState {
  const { ledger } = turn
  const sets = turn.facts.unlisted ? [...turn.facts.replicaSets, turn.facts.unlisted] : turn.facts.replicaSets
  const alive =
    ledger.deletedNames.length === 0 ? sets : sets.filter((set) => !ledger.deletedNames.includes(set.metadata.name))
  return {
    replicaSets: alive.map((set) => asChanged(ledger, set)),
    services: turn.facts.services,
    traffic: desiredTraffic(turn),
    analysisRuns: ledger.analysisRuns,
    experiments: ledger.experiments,
  }
}

function desiredTraffic(turn: Turn): DesiredTraffic | undefined {
  if (!turn.facts.rollout.spec.strategy?.canary?.trafficRouting) return undefined
  const commanded = turn.draft.weights
  return {
    commanded,
    verified: commanded?.verified ? commanded : undefined,
    maxWeight: maxWeightOf(turn.facts.rollout),
  }
}
