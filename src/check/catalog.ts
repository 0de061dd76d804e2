import type { Invariant } from './invariant'
import { boundedReplicas } from './invariants/autoscaling'
import { capacityBounds } from './invariants/bounds'
import {
  effectOrder,
  lastHealthyCopy,
  noDrainWhileRouted,
  oneRevisionPerRole,
  routedCapacity,
} from './invariants/capacity'
import { clockDiscipline } from './invariants/clocks'
import { commandSafety } from './invariants/commands'
import { stableIdentity } from './invariants/identity'
import { abortConverges, deadlineAlwaysFires, noLivelock, recoverable } from './invariants/liveness'
import { planEditTotal } from './invariants/plan'
import { noCircularWait, staleReadConverges, supersedeConverges } from './invariants/progress'
import { freshRetry } from './invariants/retries'
import { gatesHold, noEvidenceIsNotSuccess, terminatedIsNotSuccess } from './invariants/verdicts'
import { weightDomain, weightWithoutRouter } from './invariants/weights'

/**
 * What has to hold for every strategy, mined from public reports of outages: safety (S), liveness (L), verdicts (V),
 * plans (P) and timers (T). If a released controller violates one, the kit finds it; pass a part of the list to leave
 * some out.
 *
 * @example
 * import { knownInvariants } from 'rollout-engine/check'
 * knownInvariants.map(({ id }) => id).slice(0, 3) // => ['S1', 'S2', 'S3']
 */
export const knownInvariants: readonly Invariant[] = [
  routedCapacity,
  noDrainWhileRouted,
  weightDomain,
  capacityBounds,
  commandSafety,
  lastHealthyCopy,
  effectOrder,
  stableIdentity,
  oneRevisionPerRole,
  weightWithoutRouter,
  abortConverges,
  deadlineAlwaysFires,
  noLivelock,
  noCircularWait,
  supersedeConverges,
  staleReadConverges,
  recoverable,
  boundedReplicas,
  terminatedIsNotSuccess,
  noEvidenceIsNotSuccess,
  gatesHold,
  freshRetry,
  planEditTotal,
  clockDiscipline,
]
