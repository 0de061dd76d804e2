import * as z from 'zod/mini'
import type { JsonObject } from '../../model/json'
import { anything, closed, flag, int64, intOrText, keptWhole, list, optional, text, textMap, texts } from './common'

const authentication = closed({
  sigv4: optional(closed({ region: optional(text), profile: optional(text), roleArn: optional(text) })),
  oauth2: optional(
    closed({
      tokenUrl: optional(text),
      clientId: optional(text),
      clientSecret: optional(text),
      scopes: optional(texts),
    }),
  ),
  basicAuth: optional(closed({ username: optional(text), password: optional(text) })),
})

const headers = list(closed({ key: text, value: text }))

const prometheus = closed({
  address: optional(text),
  query: optional(text),
  authentication: optional(authentication),
  timeout: optional(int64),
  insecure: optional(flag),
  headers: optional(headers),
  rangeQuery: optional(closed({ start: optional(text), end: optional(text), step: optional(text) })),
})

const web = closed({
  method: optional(text),
  url: text,
  headers: optional(headers),
  body: optional(text),
  timeoutSeconds: optional(int64),
  jsonPath: optional(text),
  insecure: optional(flag),
  jsonBody: optional(anything),
  authentication: optional(authentication),
})

const datadog = closed({
  interval: optional(text),
  query: optional(text),
  queries: optional(textMap),
  formula: optional(text),
  apiVersion: optional(z.enum(['v1', 'v2'])),
  aggregator: optional(z.enum(['avg', 'min', 'max', 'sum', 'last', 'percentile', 'mean', 'l2norm', 'area'])),
  secretRef: optional(closed({ name: optional(text), namespaced: optional(flag) })),
  requestTimeout: optional(text),
})

const kayentaScope = closed({
  scope: text,
  region: text,
  step: int64,
  start: optional(text),
  end: optional(text),
})

const kayenta = closed({
  address: text,
  application: text,
  canaryConfigName: text,
  metricsAccountName: text,
  configurationAccountName: text,
  storageAccountName: text,
  threshold: closed({ pass: int64, marginal: int64 }),
  scopes: list(closed({ name: text, controlScope: kayentaScope, experimentScope: kayentaScope })),
  lookback: optional(flag),
})

const cloudWatchMetric = closed({
  dimensions: optional(list(closed({ name: optional(text), value: optional(text) }))),
  metricName: optional(text),
  namespace: optional(text),
})

const cloudWatchQuery = closed({
  id: optional(text),
  expression: optional(text),
  label: optional(text),
  metricStat: optional(
    closed({
      metric: optional(cloudWatchMetric),
      period: optional(intOrText),
      stat: optional(text),
      unit: optional(text),
    }),
  ),
  period: optional(intOrText),
  returnData: optional(flag),
})

/** Metric providers and their fields (behaviour 1.5); `job` and `plugin` are kept whole. */
export const provider = closed({
  prometheus: optional(prometheus),
  kayenta: optional(kayenta),
  web: optional(web),
  datadog: optional(datadog),
  wavefront: optional(closed({ address: optional(text), query: optional(text) })),
  newRelic: optional(closed({ profile: optional(text), query: text, timeout: optional(int64) })),
  job: optional(keptWhole),
  cloudWatch: optional(closed({ interval: optional(text), metricDataQueries: list(cloudWatchQuery) })),
  graphite: optional(closed({ address: optional(text), query: optional(text) })),
  influxdb: optional(closed({ profile: optional(text), query: optional(text) })),
  skywalking: optional(closed({ address: optional(text), query: optional(text), interval: optional(text) })),
  plugin: optional(keptWhole),
}) as unknown as z.ZodMiniType<JsonObject>
