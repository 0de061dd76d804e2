import type { Metric } from '../../model/analysis'
import { isJsonObject, type JsonObject } from '../../model/json'
import { pluginForm, skyWalkingForm, webForm } from './documents'
import type { Form, FormOf } from './form'
import { jobForm, kayentaForm } from './judges'
import { cloudWatchForm } from './metricData'
import { datadogForm, graphiteForm, prometheusForm, wavefrontForm } from './numbers'
import { influxdbForm } from './records'
import { newRelicForm } from './rows'

/** In the order in which upstream looks, where a metric (illegally) names several (behaviour 7). */
const forms: readonly (readonly [field: string, formOf: FormOf])[] = [
  ['prometheus', prometheusForm],
  ['job', jobForm],
  ['kayenta', kayentaForm],
  ['web', webForm],
  ['datadog', datadogForm],
  ['wavefront', wavefrontForm],
  ['newRelic', newRelicForm],
  ['cloudWatch', cloudWatchForm],
  ['graphite', graphiteForm],
  ['influxdb', influxdbForm],
  ['skywalking', skyWalkingForm],
  ['plugin', pluginForm],
]

/** Which provider a metric has: its field, and what stands there. */
export function providerOf({ provider }: Metric): { readonly field: string; readonly config: JsonObject } | undefined {
  for (const [field] of forms) {
    const config = isJsonObject(provider) && Object.hasOwn(provider, field) ? provider[field] : undefined
    if (isJsonObject(config)) return { field, config }
  }
  return undefined
}

/**
 * What a metric's provider makes of a value: the result in the type that it brings, always that one, whatever the
 * conditions would like. Source: behaviour 7 and 11.2; the providers in src/metrics build their results with the same
 * functions.
 */
export function formOf(metric: Metric, value: unknown): Form {
  const provider = providerOf(metric)
  const form = forms.find(([field]) => field === provider?.field)?.[1]
  if (!provider || !form) return { error: `no valid provider in metric '${metric.name}'` }
  return form(value, provider.config)
}
