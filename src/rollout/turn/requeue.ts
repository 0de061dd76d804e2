import type { WakeUp, WakeUpCode, WakeUpData } from '../../model/wakeUp'
import type { ReplicaSet } from '../../model/workload'
import { revisionOf } from '../facts/replicaSets'
import type { Turn } from './turn'

/** Asks for another reconcile, and says why. Several requests may be made; all are kept, and the earliest counts. */
export function requeueAfter<Code extends WakeUpCode>(
  { ledger }: Turn,
  seconds: number,
  code: Code,
  data: WakeUpData[Code],
): void {
  ledger.wakeUps.push({ code, data, afterSeconds: Math.max(0, seconds) } as WakeUp)
}

/** Names a ReplicaSet that waits to lose its pods. */
export function oldPodsOf(set: ReplicaSet): WakeUpData['scaleDownDelay'] {
  const revision = revisionOf(set)
  return { replicaSet: set.metadata.name, ...(revision !== undefined && { revision }) }
}
