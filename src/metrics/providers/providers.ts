import { isJsonObject } from '../../model/json'
import type { ProviderOperation, ProviderOutcome } from '../exchange/context'
import type { Provider } from '../exchange/provider'
import type { Setting, Steps } from '../exchange/steps'
import { cloudWatch } from './cloudWatch'
import { datadog } from './datadog'
import { graphite } from './graphite'
import { influxdb } from './influxdb'
import { job } from './job'
import { kayenta } from './kayenta'
import { newRelic } from './newRelic'
import { plugin } from './plugin'
import { prometheus } from './prometheus'
import { skyWalking } from './skyWalking'
import { wavefront } from './wavefront'
import { web } from './web'

/** In the order in which upstream looks, where a metric (illegally) names several (behaviour 7). */
const providers: readonly (readonly [field: string, provider: Provider])[] = [
  ['prometheus', prometheus],
  ['job', job],
  ['kayenta', kayenta],
  ['web', web],
  ['datadog', datadog],
  ['wavefront', wavefront],
  ['newRelic', newRelic],
  ['cloudWatch', cloudWatch],
  ['graphite', graphite],
  ['influxdb', influxdb],
  ['skywalking', skyWalking],
  ['plugin', plugin],
]

/** The fields of `metric.provider` that are known. */
export const providerFields: readonly string[] = providers.map(([field]) => field)

export function* chooseProvider(setting: Setting, operation: ProviderOperation): Steps<ProviderOutcome> {
  const { metric } = setting.context
  for (const [field, provider] of providers) {
    const config = Object.hasOwn(metric.provider, field) ? metric.provider[field] : undefined
    if (isJsonObject(config)) return yield* provider(setting, config, operation)
  }
  return { error: `no valid provider in metric '${metric.name}'` }
}
