import { readFirstJson, readJson } from '../../go/json/json'
import {
  decodeAny,
  decodeInt,
  decodeJson,
  decodeList,
  decodeMap,
  decodeString,
  decodeStruct,
} from '../../go/json/jsonDecode'
import { type GoJson, type GoJsonObject, isGoObject, printValue } from '../../go/json/jsonPrint'
import { truncate } from '../../go/numbers'
import type { Measurement } from '../../model/analysis'
import type { JsonObject } from '../../model/json'
import { formatTime } from '../../model/time'
import { failedMeasurement, failMeasurement, runningMeasurement } from '../exchange/measurement'
import type { Provider } from '../exchange/provider'
import { numberIn, objectIn, textIn } from '../exchange/read'
import type { Failed, Setting, Steps } from '../exchange/steps'
import { type Incoming, newRequest, plainClient, send } from '../http/client'
import { scopesOf } from './kayentaScopes'

const type = 'Kayenta'
const timeoutSeconds = 15
const resumeDelaySeconds = 15
const executionKey = 'canaryExecutionId'

/**
 * Kayenta (Spinnaker's canary judge): run looks the configuration up and starts an execution, resume asks every 15
 * seconds for the score and compares it with the thresholds. Conditions are not used. URL parts are not escaped
 * (behaviour 11.2).
 */
export const kayenta: Provider = function* (setting, config, operation) {
  switch (operation.op) {
    case 'run':
      return { type, measurement: yield* run(setting, config) }
    case 'resume':
      return { type, measurement: yield* resume(setting, config, operation.measurement) }
    case 'terminate':
      return { type, measurement: operation.measurement }
    case 'garbageCollect':
      return { type }
  }
}

function* run(setting: Setting, config: JsonObject): Steps<Measurement> {
  const canary = yield* findConfig(setting, config)
  if ('error' in canary) return failedMeasurement(setting, canary.error)
  const [address, application] = [textIn(config, 'address'), textIn(config, 'application')]
  const scopes = scopesOf(setting, config)
  if ('error' in scopes) return failedMeasurement(setting, scopes.error)
  const accounts =
    `metricsAccountName=${textIn(config, 'metricsAccountName')}` +
    `&configurationAccountName=${textIn(config, 'configurationAccountName')}` +
    `&storageAccountName=${textIn(config, 'storageAccountName')}`
  const url = `${address}/canary/${canary.id}?application=${application}&${accounts}`
  const body = JSON.stringify({ scopes: scopes.scopes, thresholds: thresholdsOf(config) })
  const made = newRequest('POST', url, { 'Content-Type': 'application/json' }, body)
  if ('error' in made) return failedMeasurement(setting, made.error)
  const object = readObject(yield* send(setting, made.request, plainClient(timeoutSeconds)))
  if ('error' in object) return failedMeasurement(setting, object.error)
  const id = printValue(ownMember(object.object, executionKey) ?? null)
  if (id === '') return failedMeasurement(setting, 'Invalid canaryExecutionId')
  return runningMeasurement(setting, { [executionKey]: id }, resumeDelaySeconds)
}

const thresholdsOf = (config: JsonObject): { readonly pass: number; readonly marginal: number } => {
  const threshold = objectIn(config, 'threshold')
  return { pass: numberIn(threshold, 'pass') ?? 0, marginal: numberIn(threshold, 'marginal') ?? 0 }
}

interface CanaryConfig {
  readonly id: string
  readonly name: string
  readonly updatedTimestamp: bigint
  readonly updatedTimestampIso: string
  readonly applications: readonly string[] | undefined
}

const decodeConfigs = decodeList(
  decodeStruct<CanaryConfig>(
    'kayenta.canaryConfig',
    { id: '', name: '', updatedTimestamp: 0n, updatedTimestampIso: '', applications: undefined },
    {
      id: decodeString,
      name: decodeString,
      updatedTimestamp: decodeInt,
      updatedTimestampIso: decodeString,
      applications: decodeList(decodeString, '[]string'),
    },
  ),
  '[]kayenta.canaryConfig',
)

/**
 * The id of the first configuration with the metric's name. The account of the look-up is the *storage* account, as
 * upstream.
 */
function* findConfig(setting: Setting, config: JsonObject): Steps<{ readonly id: string } | Failed> {
  const account = `configurationAccountName=${textIn(config, 'storageAccountName')}`
  const url = `${textIn(config, 'address')}/canaryConfig?application=${textIn(config, 'application')}&${account}`
  const made = newRequest('GET', url)
  if ('error' in made) return made
  const reply = yield* send(setting, made.request, plainClient(timeoutSeconds))
  if ('error' in reply) return reply
  if (reply.status !== 200) return { error: `Invalid Response: HTTP ${reply.status}` }
  const decoded = decodeJson(reply.body, readFirstJson, decodeConfigs)
  if ('error' in decoded) {
    const cut = decoded.error === 'EOF' || decoded.error === 'unexpected EOF'
    return { error: cut ? (reply.bodyError ?? decoded.error) : decoded.error }
  }
  const found = decoded.value?.find((one) => one.name === textIn(config, 'canaryConfigName'))
  return found ? { id: found.id } : { error: 'Canary config not found' }
}

const decodeObject = decodeMap(decodeAny)

function readObject(reply: Incoming | Failed): { readonly object: GoJsonObject } | Failed {
  if ('error' in reply) return reply
  if (reply.status !== 200) return { error: 'Invalid Response' }
  if (reply.bodyError !== undefined) return { error: reply.bodyError }
  const decoded = decodeJson(reply.body, readJson, decodeObject)
  return 'error' in decoded ? decoded : { object: decoded.value ?? {} }
}

function* resume(setting: Setting, config: JsonObject, measurement: Measurement): Steps<Measurement> {
  const execution = measurement.metadata?.[executionKey] ?? ''
  const made = newRequest('GET', `${textIn(config, 'address')}/canary/${execution}`)
  if ('error' in made) return failMeasurement(setting, measurement, made.error)
  const object = readObject(yield* send(setting, made.request, plainClient(timeoutSeconds)))
  if ('error' in object) return failMeasurement(setting, measurement, object.error)
  const complete = nested(object.object, ['complete'], 'boolean', 'bool')
  if ('error' in complete) return failMeasurement(setting, measurement, complete.error)
  if (complete.value === undefined) return failMeasurement(setting, measurement, 'Missing Complete Status')
  if (complete.value === false) {
    return { ...measurement, phase: 'Running', resumeAt: formatTime(setting.nowSeconds + resumeDelaySeconds) }
  }
  const score = nested(object.object, ['result', 'judgeResult', 'score', 'score'], 'number', 'float64')
  if ('error' in score) return failMeasurement(setting, measurement, score.error)
  if (score.value === undefined) return failMeasurement(setting, measurement, 'Missing Score')
  const whole = truncate(Number(score.value))
  const finishedAt = formatTime(setting.nowSeconds)
  return { ...measurement, phase: phaseOfScore(whole, config), value: String(whole), finishedAt }
}

/** Of a score, cut to an integer (`truncate`). */
export function phaseOfScore(score: bigint, config: JsonObject): 'Successful' | 'Inconclusive' | 'Failed' {
  const { pass, marginal } = thresholdsOf(config)
  if (score >= pass) return 'Successful'
  return score >= marginal ? 'Inconclusive' : 'Failed'
}

const ownMember = (object: GoJsonObject, name: string): GoJson | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined

/**
 * A member deep in an object, as Kubernetes' unstructured helpers find it: absent is undefined, another type an error.
 */
function nested(
  object: GoJsonObject,
  path: readonly string[],
  wanted: 'boolean' | 'number',
  goType: string,
): { readonly value: GoJson | undefined } | Failed {
  let value: GoJson = object
  for (const [at, name] of path.entries()) {
    if (value === null) return { value: undefined }
    if (!isGoObject(value)) return accessorError(path.slice(0, at + 1), value, 'map[string]interface{}')
    const member = ownMember(value, name)
    if (member === undefined) return { value: undefined }
    value = member
  }
  return typeof value === wanted ? { value } : accessorError(path, value, goType)
}

function accessorError(path: readonly string[], value: GoJson, wanted: string): Failed {
  const type = value === null ? '<nil>' : goTypes[typeof value as keyof typeof goTypes]
  const actual = Array.isArray(value) ? '[]interface {}' : type
  return {
    error: `.${path.join('.')} accessor error: ${printValue(value)} is of the type ${actual}, expected ${wanted}`,
  }
}

const goTypes = { string: 'string', number: 'float64', boolean: 'bool', object: 'map[string]interface {}' }
