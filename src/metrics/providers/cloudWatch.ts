import { readDuration } from '../../go/durationSeconds'
import { parseInteger } from '../../go/numbers'
import type { Measurement } from '../../model/analysis'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json'
import type { AwsAsk } from '../exchange/ask'
import { failedMeasurement, judge } from '../exchange/measurement'
import { oneShot } from '../exchange/provider'
import { objectIn, objectsIn, textIn } from '../exchange/read'
import { failure, type Setting, type Steps } from '../exchange/steps'
import { preciseTime } from '../exchange/time'
import { metricDataFound } from './found'

const defaultIntervalSeconds = 300

/**
 * CloudWatch: GetMetricData over the interval up to now. `result` is the list of MetricDataResults with the SDK's field
 * names (`result[0].Values`).
 */
export const cloudWatch = oneShot<null>({ type: 'CloudWatch', make, run })

// biome-ignore lint/correctness/useYield: the host's SDK finds the credentials
function* make(): Steps<{ readonly made: null }> {
  return { made: null }
}

function* run(setting: Setting, config: JsonObject): Steps<Measurement> {
  let intervalSeconds = defaultIntervalSeconds
  if (textIn(config, 'interval') !== '') {
    const interval = readDuration(textIn(config, 'interval'))
    if ('error' in interval) return failedMeasurement(setting, interval.error)
    intervalSeconds = interval.duration.seconds
  }
  const ask: AwsAsk = {
    kind: 'aws',
    service: 'CloudWatch',
    operation: 'GetMetricData',
    input: {
      StartTime: preciseTime(setting.nowSeconds - intervalSeconds),
      EndTime: preciseTime(setting.nowSeconds),
      MetricDataQueries: objectsIn(config, 'metricDataQueries').map(convertQuery),
    },
  }
  const answer = yield ask
  if (answer.kind === 'aws') return interpret(setting, answer.output)
  const reason =
    answer.kind === 'refused' ? `api error ${answer.reason}: ${answer.message ?? ''}` : failure(ask, answer).error
  return failedMeasurement(setting, `operation error CloudWatch: GetMetricData, ${reason}`)
}

/** A metric's query with the API's names; what is not given, or an empty text, is left out. */
function convertQuery(query: JsonObject): JsonObject {
  const stat = isJsonObject(query.metricStat) ? query.metricStat : undefined
  return {
    ...text('Id', query, 'id'),
    ...text('Expression', query, 'expression'),
    ...text('Label', query, 'label'),
    ...(stat ? { MetricStat: convertStat(stat) } : {}),
    ...(isGiven(query.period) ? { Period: toInt32(query.period) } : {}),
    ...(typeof query.returnData === 'boolean' ? { ReturnData: query.returnData } : {}),
  }
}

function convertStat(stat: JsonObject): JsonObject {
  const metric = objectIn(stat, 'metric')
  const dimensions = objectsIn(metric, 'dimensions')
  return {
    Metric: {
      ...(dimensions.length > 0
        ? { Dimensions: dimensions.map((one) => ({ ...text('Name', one, 'name'), ...text('Value', one, 'value') })) }
        : {}),
      ...text('MetricName', metric, 'metricName'),
      ...text('Namespace', metric, 'namespace'),
    },
    Period: toInt32(stat.period),
    ...text('Stat', stat, 'stat'),
    ...text('Unit', stat, 'unit'),
  }
}

function text(name: string, from: JsonObject, field: string): JsonObject {
  const value = textIn(from, field)
  return value === '' ? {} : { [name]: value }
}

const isGiven = (value: JsonValue | undefined): value is JsonValue => value !== undefined && value !== null

/** An IntOrString as an int32; a text that is not a number counts as 0. */
function toInt32(value: JsonValue | undefined): number {
  const whole = typeof value === 'number' && Number.isFinite(value) ? Math.trunc(value) : 0
  const parsed = typeof value === 'string' ? parseInteger(value) : { value: BigInt(whole) }
  return 'value' in parsed ? Number(BigInt.asIntN(32, parsed.value)) : 0
}

function interpret(setting: Setting, output: JsonObject): Measurement {
  // Go tells a list that is not there from an empty one: conditions see nothing but nil.
  const isList = Array.isArray(output.MetricDataResults)
  const found = metricDataFound(isList ? objectsIn(output, 'MetricDataResults') : undefined)
  const messages = objectsIn(output, 'Messages')
  const metadata: Readonly<Record<string, string>> =
    messages.length > 0 ? { messages: `[${messages.map(printMessage).join(' ')}]` } : {}
  const extras = { value: found.value, metadata }
  return judge(setting, found, extras, extras)
}

/** Upstream prints addresses here; ours can be read. */
const printMessage = (message: JsonObject): string =>
  `{Code:${textIn(message, 'Code')} Value:${textIn(message, 'Value')}}`
