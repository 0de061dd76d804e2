import { fromBytes } from '../../go/bytes'
import { goQuote } from '../../go/goQuote'
import { readJson } from '../../go/json/json'
import { type Decode, decodeAny, decodeJson, decodeList, decodeString, decodeStruct } from '../../go/json/jsonDecode'
import { printValue } from '../../go/json/jsonPrint'
import { parseFloating, parseInteger } from '../../go/numbers'
import { formatUrl, type GoUrl, joinPath, parseUrl, replacePath, replaceQuery, resolveUrl } from '../../go/url/url'
import { encodeQuery, parseQuery, withValue } from '../../go/url/urlEscape'
import type { Measurement } from '../../model/analysis'
import type { JsonObject } from '../../model/json'
import { failedMeasurement, judge } from '../exchange/measurement'
import { oneShot } from '../exchange/provider'
import { textIn } from '../exchange/read'
import type { Failed, Setting, Steps } from '../exchange/steps'
import { type Incoming, newRequest, plainClient, send } from '../http/client'
import { numbersFound, sixDecimals } from './found'

const timeoutSeconds = 10

/** What is said where there is no target, or no point of it. */
export const noValues = 'no values found'

/**
 * Graphite: the render API. `result` lists the values of the first target, without nulls; any status below 400 is fine.
 */
export const graphite = oneShot<GoUrl>({ type: 'Graphite', make, run })

// biome-ignore lint/correctness/useYield: nothing has to be asked for
function* make(_setting: Setting, config: JsonObject): Steps<{ readonly made: GoUrl } | Failed> {
  const address = textIn(config, 'address')
  const reading = parseUrl(address)
  if (address === '' || 'error' in reading) return { error: `Graphite address ${address} is not a valid URL` }
  return { made: reading.url }
}

function* run(setting: Setting, config: JsonObject, base: GoUrl): Steps<Measurement> {
  const url = renderUrl(base, textIn(config, 'query'))
  if ('error' in url) return failedMeasurement(setting, url.error)
  const made = newRequest('GET', url.text)
  if ('error' in made) return failedMeasurement(setting, made.error)
  const reply = yield* send(setting, made.request, plainClient(timeoutSeconds))
  if ('error' in reply) return failedMeasurement(setting, reply.error)
  return interpret(setting, reply)
}

const space = /[\t\n\f\r ]+/g

/** All white space goes; pairs that Go cannot read vanish; the format is ours. */
function renderUrl(base: GoUrl, query: string): { readonly text: string } | Failed {
  const reading = parseUrl(`./render?${query.replace(space, '')}`)
  if ('error' in reading) return reading
  const values = withValue(parseQuery(fromBytes(reading.url.rawQuery)).values, 'format', 'json')
  const relative = replaceQuery(reading.url, encodeQuery(values))
  return { text: formatUrl(resolveUrl(base, replacePath(relative, joinPath(base.path, relative.path)))) }
}

interface Target {
  readonly target: string
  readonly datapoints: readonly (number | undefined)[] | undefined
}

/** `[value, timestamp]`; the value a number, the text of one, or null. */
const decodePoint: Decode<number | undefined> = (node, source) => {
  const point = readPoint(node, source)
  return 'error' in point ? { error: point.error, fatal: true } : point
}

const readPoint: Decode<number | undefined> = (node, source) => {
  const decoded = decodeList(decodeAny)(node, source)
  if ('error' in decoded) return decoded
  const pair = decoded.value ?? []
  if (pair.length !== 2) return { error: `error unmarshaling data point: ${printValue(pair)}` }
  const [value = null, time = null] = pair
  const number = numberOf(value)
  if ('error' in number) return number
  if (typeof time === 'string') {
    const seconds = parseInteger(time)
    if ('problem' in seconds) return { error: `strconv.ParseInt: parsing ${goQuote(time)}: ${seconds.problem}` }
  } else if (time !== null && typeof time !== 'number') {
    return { error: `error unmarshaling timestamp: ${printValue(value)}` }
  }
  return { value: number.value }
}

function numberOf(value: Parameters<typeof printValue>[0]): { readonly value: number | undefined } | Failed {
  if (value === null) return { value: undefined }
  if (typeof value === 'number') return { value }
  if (typeof value !== 'string') return { error: `error unmarshaling value: ${printValue(value)}` }
  const parsed = parseFloating(value)
  return 'value' in parsed ? parsed : { error: `strconv.ParseFloat: parsing ${goQuote(value)}: ${parsed.problem}` }
}

const decodeTargets = decodeList(
  decodeStruct<Target>(
    'graphite.graphiteTargetResp',
    { target: '', datapoints: undefined },
    { target: decodeString, datapoints: decodeList(decodePoint, '[]graphite.dataPoint') },
  ),
  'graphite.graphiteResponse',
)

function interpret(setting: Setting, reply: Incoming): Measurement {
  if (reply.bodyError !== undefined) return failedMeasurement(setting, reply.bodyError)
  if (reply.status >= 400) return failedMeasurement(setting, `error response: ${reply.body}`)
  const targets = decodeJson(reply.body, readJson, decodeTargets)
  if ('error' in targets) return failedMeasurement(setting, targets.error)
  const points = targets.value?.[0]?.datapoints ?? []
  if (points.length === 0) return failedMeasurement(setting, noValues)
  const found = numbersFound(
    points.filter((point) => point !== undefined),
    sixDecimals,
  )
  return judge(setting, found, { value: found.value }, { value: found.value })
}
