import type { PluginAsk } from '../exchange/ask'
import { failedMeasurement, failMeasurement } from '../exchange/measurement'
import type { Provider } from '../exchange/provider'
import { failure } from '../exchange/steps'

/** Upstream's way to a plugin, as it tells of it. */
const notCreated = 'failed to create plugin: unable to get metric plugin: unable to start plugin system'

/**
 * A metric plugin: the host calls it, and it decides everything. `provider.plugin` maps its name to its configuration.
 */
export const plugin: Provider = function* (setting, config, operation) {
  const [name] = Object.keys(config)
  if (name === undefined) return { error: `${notCreated}: no plugin found` }
  const ask: PluginAsk = {
    kind: 'plugin',
    plugin: name,
    config: config[name],
    operation: operation.op,
    ...('measurement' in operation ? { measurement: operation.measurement } : {}),
    ...('limit' in operation ? { limit: operation.limit } : {}),
  }
  const answer = yield ask
  if (answer.kind !== 'plugin') return { error: `${notCreated}: ${failure(ask, answer).error}` }
  const type = answer.type ?? 'RPCPlugin'
  const head = { type, ...(answer.metadata ? { metadata: answer.metadata } : {}) }
  if (operation.op === 'garbageCollect') {
    const { error } = answer
    return error === undefined ? head : { ...head, error: `failed to garbage collect via plugin: ${error}` }
  }
  if (answer.measurement) return { ...head, measurement: answer.measurement }
  const missing = `plugin ${name} gave no measurement`
  const measurement =
    operation.op === 'run'
      ? failedMeasurement(setting, missing)
      : failMeasurement(setting, operation.measurement, missing)
  return { ...head, measurement }
}
