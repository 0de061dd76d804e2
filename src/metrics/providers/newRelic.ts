import { goQuote } from '../../go/goQuote'
import { parseInteger } from '../../go/numbers'
import type { Measurement } from '../../model/analysis'
import type { JsonObject } from '../../model/json'
import { failedMeasurement, judge } from '../exchange/measurement'
import { oneShot } from '../exchange/provider'
import { numberIn, textIn } from '../exchange/read'
import { askEnvironment, askSecret, type Failed, type Setting, type Steps } from '../exchange/steps'
import { rowsFound } from './found'
import { queryNerdGraph, type Row } from './newRelicClient'

const defaultSecret = 'newrelic'
const defaultTimeoutSeconds = 5
const serviceNameVariable = 'NEW_RELIC_SERVICE_NAME'

interface Made {
  readonly url: string
  readonly apiKey: string
  /** Digits. */
  readonly accountId: string
  /** Of the process that asks; '' if it has none. */
  readonly serviceName: string
}

/**
 * New Relic: an NRQL query through NerdGraph, retried up to three times. `result` is the row, or the list of rows where
 * there are several. Credentials are in the controller's secret `newrelic`, or the one that `profile` names.
 */
export const newRelic = oneShot<Made>({
  type: 'NewRelic',
  make,
  run,
  metadata: (config): Readonly<Record<string, string>> => {
    const query = textIn(config, 'query')
    return query === '' ? {} : { ResolvedNewRelicQuery: query }
  },
})

function* make(setting: Setting, config: JsonObject): Steps<{ readonly made: Made } | Failed> {
  const secret = yield* askSecret(setting, textIn(config, 'profile') || defaultSecret)
  if ('error' in secret) return secret
  const value = (key: string): string | undefined => (Object.hasOwn(secret.data, key) ? secret.data[key] : undefined)
  const [apiKey = '', accountId = ''] = [value('personal-api-key'), value('account-id')]
  if (apiKey === '' || accountId === '') return { error: 'account ID or personal API key not found' }
  if (value('base-url-rest') === '') return { error: 'base URL can not be empty' }
  const own = value('base-url-nerdgraph')
  if (own === '') return { error: 'nerdgraph base URL can not be empty' }
  const parsed = parseInteger(accountId)
  if ('problem' in parsed) {
    return { error: `could not parse account ID: strconv.Atoi: parsing ${goQuote(accountId)}: ${parsed.problem}` }
  }
  const environment = yield* askEnvironment([serviceNameVariable])
  if ('error' in environment) return environment
  const serviceName = environment.values[serviceNameVariable] ?? ''
  const url = (own ?? regionUrl(value('region') ?? 'us')).replace(/\/$/, '')
  return { made: { url, apiKey, accountId: String(parsed.value), serviceName } }
}

/** Unknown regions are the US. */
function regionUrl(region: string): string {
  switch (region.toLowerCase()) {
    case 'eu':
      return 'https://api.eu.newrelic.com/graphql'
    case 'jp':
      return 'https://api.jp.newrelic.com/graphql'
    case 'gov':
    case 'fedramp':
      return 'https://gov-api.newrelic.com/graphql'
    case 'staging':
      return 'https://staging-api.newrelic.com/graphql'
    case 'local':
      return 'http://localhost:3000/graphql'
    default:
      return 'https://api.newrelic.com/graphql'
  }
}

function* run(setting: Setting, config: JsonObject, made: Made): Steps<Measurement> {
  const timeout = numberIn(config, 'timeout') ?? defaultTimeoutSeconds
  if (timeout < 0) return failedMeasurement(setting, 'timeout value needs to be a positive value')
  const query = textIn(config, 'query')
  const variables = `{"accountId":${made.accountId},"query":${JSON.stringify(query)},"timeout":${timeout}}`
  const rows = yield* queryNerdGraph(setting, made, variables)
  return 'error' in rows ? failedMeasurement(setting, rows.error) : interpret(setting, rows.rows)
}

function interpret(setting: Setting, rows: readonly Row[]): Measurement {
  const found = rowsFound(rows)
  return 'error' in found ? failedMeasurement(setting, found.error) : judge(setting, found, { value: found.value })
}
