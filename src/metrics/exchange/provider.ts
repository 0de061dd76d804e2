import type { Measurement } from '../../model/analysis'
import type { JsonObject } from '../../model/json'
import type { StringMap } from '../../model/meta'
import type { ProviderOperation, ProviderOutcome } from './context'
import type { Failed, Setting, Steps } from './steps'

/** A provider: `config` is its member of `metric.provider`. */
export type Provider = (setting: Setting, config: JsonObject, operation: ProviderOperation) => Steps<ProviderOutcome>

interface OneShot<Made> {
  /** Upstream's name. */
  readonly type: string
  /** Reads credentials and checks the configuration, before every operation, as upstream. */
  readonly make: (setting: Setting, config: JsonObject) => Steps<{ readonly made: Made } | Failed>
  readonly run: (setting: Setting, config: JsonObject, made: Made) => Steps<Measurement>
  readonly metadata?: (config: JsonObject) => StringMap
}

/** A provider that does all its work in `run`: resume and terminate give the measurement back, garbage is none. */
export function oneShot<Made>(parts: OneShot<Made>): Provider {
  return function* (setting, config, operation) {
    const made = yield* parts.make(setting, config)
    if ('error' in made) return { error: made.error }
    const metadata = parts.metadata?.(config) ?? {}
    const head = { type: parts.type, ...(Object.keys(metadata).length > 0 ? { metadata } : {}) }
    if (operation.op === 'garbageCollect') return head
    if (operation.op !== 'run') return { ...head, measurement: operation.measurement }
    return { ...head, measurement: yield* parts.run(setting, config, made.made) }
  }
}
