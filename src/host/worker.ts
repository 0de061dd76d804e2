import type { ObjectRef } from '../model/decision'
import type { Counters } from './counters'
import type { ReconcileRecord, Settings } from './options'
import type { Verdict } from './queue/keyedQueue'
import { type Outcome, reconcile, type Surroundings } from './reconciler'
import { type ReconcileTrace, tracing } from './tracing'

/** Reconciles an object; measures, traces and reports the result. Never rejects. */
export function worker(around: Surroundings, counts: Counters): (ref: ObjectRef) => Promise<Verdict> {
  const { settings } = around
  const channel = tracing()
  return async (ref) => {
    const startedAt = settings.clock.now()
    const trace: ReconcileTrace = { ref }
    const { afterSeconds, restMilliseconds, ...outcome } = await channel.tracePromise(async () => {
      const found = await attempted(around, ref)
      const { afterSeconds: _later, restMilliseconds: _rest, ...came } = found
      trace.record = { ref, startedAt, milliseconds: settings.clock.now() - startedAt, ...came }
      return found
    }, trace)
    const record = trace.record ?? { ref, startedAt, milliseconds: 0, ...outcome }
    counts.note(record)
    tell(settings, record)
    return afterSeconds === undefined ? { kind: 'trouble' } : { kind: 'done', afterSeconds, restMilliseconds }
  }
}

async function attempted(around: Surroundings, ref: ObjectRef): Promise<Outcome> {
  try {
    return await reconcile(around, ref)
  } catch (error) {
    return { outcome: 'failed', error }
  }
}

/** What listens must not stop the loop. */
function tell({ options }: Settings, record: ReconcileRecord): void {
  try {
    if (record.outcome === 'failed') options.onError?.(record.error, record.ref)
    options.onReconcile?.(record)
  } catch {
    // There is nobody left to tell.
  }
}
