import type { Turn } from './turn'

/** Several requests may be made; the earliest wins. */
export function requeueAfter({ ledger }: Turn, seconds: number): void {
  const wanted = Math.max(0, seconds)
  if (ledger.requeueAfterSeconds === undefined || wanted < ledger.requeueAfterSeconds)
    ledger.requeueAfterSeconds = wanted
}
