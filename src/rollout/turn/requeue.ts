import type { WakeUp, WakeUpCode, WakeUpData } from '../../model/wakeUp'
import type { ReplicaSet } from '../../model/workload'
import { revisionOf } from '../facts/replicaSets'
import type { Turn } from './turn'

/** Asks for another reconcile, and says why. All requests are kept; the earliest wins. */
export function requeueAfter<Code extends WakeUpCode>(
  { ledger }: Turn,
  seconds: number,
  code: Code,
  data: WakeUpData[Code],
): void {
  ledger.wakeUps.push({ code, data, afterSeconds: Math.max(0, seconds) } as WakeUp)
}

/** Describes a ReplicaSet that waits for its scale-down. */
export function oldPodsOf(set: ReplicaSet): WakeUpData['scaleDownDelay'] {
  const revision = revisionOf(set)
  return { replicaSet: set.metadata.name, ...(revision !== undefined && { revision }) }
}
