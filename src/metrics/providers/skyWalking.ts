import { readDuration } from '../../go/durationSeconds'
import { readFirstJson } from '../../go/json/json'
import { decodeAny, decodeJson, decodeList, decodeString, decodeStruct } from '../../go/json/jsonDecode'
import type { GoJson } from '../../go/json/jsonPrint'
import type { Measurement } from '../../model/analysis'
import type { JsonObject } from '../../model/json'
import { formatTime } from '../../model/time'
import { failedMeasurement, judge } from '../exchange/measurement'
import { oneShot } from '../exchange/provider'
import { textIn } from '../exchange/read'
import type { Failed, Setting, Steps } from '../exchange/steps'
import { directTransport, type Incoming, newRequest, send } from '../http/client'
import { jsonFound } from './found'

const timeoutSeconds = 30

/** What is said where the reply has no `data`. */
export const noResults = 'no results returned from SkyWalking query'

/**
 * SkyWalking: a GraphQL query with the variable `duration`, from now minus `interval` to now, in minutes of UTC.
 * `result` is the reply's `data`, whatever the HTTP status (behaviour 11.2).
 */
export const skyWalking = oneShot<number>({ type: 'skywalking', make, run })

// biome-ignore lint/correctness/useYield: nothing has to be asked for
function* make(_setting: Setting, config: JsonObject): Steps<{ readonly made: number } | Failed> {
  const interval = readDuration(textIn(config, 'interval'))
  return 'error' in interval ? interval : { made: interval.duration.seconds }
}

function* run(setting: Setting, config: JsonObject, intervalSeconds: number): Steps<Measurement> {
  const duration = {
    start: minute(setting.nowSeconds - intervalSeconds),
    end: minute(setting.nowSeconds),
    step: 'MINUTE',
  }
  const body = JSON.stringify({ query: textIn(config, 'query'), variables: { duration } })
  const json = 'application/json; charset=utf-8'
  const made = newRequest(
    'POST',
    `${textIn(config, 'address')}/graphql`,
    { 'Content-Type': json, Accept: json },
    `${body}\n`,
  )
  if ('error' in made) return failedMeasurement(setting, made.error)
  const contextDeadlineSeconds = setting.nowSeconds + timeoutSeconds
  const reply = yield* send(setting, made.request, { transport: directTransport(false), contextDeadlineSeconds })
  if ('error' in reply) return failedMeasurement(setting, reply.error)
  return interpret(setting, reply)
}

/** `2030-01-31 0947` */
function minute(seconds: number): string {
  const text = formatTime(seconds)
  return `${text.slice(0, 10)} ${text.slice(11, 13)}${text.slice(14, 16)}`
}

interface GraphReply {
  readonly data: GoJson
  readonly errors: readonly { readonly message: string }[] | undefined
}

const decodeReply = decodeStruct<GraphReply>(
  'graphql.graphResponse',
  { data: null, errors: undefined },
  {
    data: decodeAny,
    errors: decodeList(
      decodeStruct<{ readonly message: string }>('graphql.graphErr', { message: '' }, { message: decodeString }),
      '[]graphql.graphErr',
    ),
  },
)

function interpret(setting: Setting, reply: Incoming): Measurement {
  if (reply.bodyError !== undefined) return failedMeasurement(setting, `reading body: ${reply.bodyError}`)
  const decoded = decodeJson(reply.body, readFirstJson, decodeReply)
  if ('error' in decoded) return failedMeasurement(setting, `decoding response: ${decoded.error}`)
  const { data, errors } = decoded.value
  if (errors?.[0]) return failedMeasurement(setting, `graphql: ${errors[0].message}`)
  if (data === null) return failedMeasurement(setting, noResults)
  const found = jsonFound(data)
  return judge(setting, found, { value: found.value })
}
