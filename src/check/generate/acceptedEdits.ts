import type { KubeObject } from '../../model/meta'
import { patchedSpec } from '../../simulate/applyEvent'
import type { WorldEvent } from '../../simulate/worldEvent'
import { installedRollout, type StrategyFacts } from '../facts'
import { isValid } from './validity'

/**
 * Events in the order of their seconds, without edits that make a Rollout which the controller refuses: it does nothing
 * from then on, and a run would show nothing more. Changed runs have edits that were made for another Rollout.
 */
export function acceptedEdits(facts: StrategyFacts, events: readonly WorldEvent[]): readonly WorldEvent[] {
  if (!events.some(({ specPatch }) => specPatch !== undefined)) return events
  let rollout = installedRollout(facts)
  return events.filter(({ specPatch }) => {
    if (specPatch === undefined || !rollout) return true
    const edited: KubeObject = { ...rollout, spec: patchedSpec(rollout.spec, specPatch) }
    const isAccepted = isValid(edited)
    if (isAccepted) rollout = edited
    return isAccepted
  })
}
