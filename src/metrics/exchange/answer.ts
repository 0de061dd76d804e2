import { isJsonObject } from '../../model/json'
import type { KubeObject } from '../../model/meta'
import type { ProviderAnswer } from './ask'
import { soundObject } from './sound'

/**
 * Answers come from outside and may be anything. An answer without the shape of its kind counts as a failure, so that
 * steps can rely on the types.
 */
export function soundAnswer(answer: unknown): ProviderAnswer {
  const kind = isJsonObject(answer) ? answer.kind : undefined
  if (typeof kind !== 'string' || !Object.hasOwn(isSound, kind)) return bad('the host gave no answer of a known kind')
  const known = kind as ProviderAnswer['kind']
  return isSound[known](answer as Members)
    ? withSoundObjects(answer as ProviderAnswer)
    : bad(`the host gave a malformed "${kind}" answer`)
}

function withSoundObjects(answer: ProviderAnswer): ProviderAnswer {
  if (answer.kind === 'object') return { ...answer, object: soundObject(answer.object) }
  return answer.kind === 'objects' ? { ...answer, objects: answer.objects.map(soundObject) } : answer
}

const bad = (message: string): ProviderAnswer => ({ kind: 'failed', message })

type Members = Readonly<Record<string, unknown>>

const isText = (value: unknown): value is string => typeof value === 'string'
const isOptional = (value: unknown, check: (value: unknown) => boolean): boolean => value === undefined || check(value)
const isTextMap = (value: unknown): boolean => isJsonObject(value) && Object.values(value).every(isText)
/** A variable that is not set may be there as undefined. */
const isEnvironment = (value: unknown): boolean =>
  isJsonObject(value) && Object.values(value).every((one) => isOptional(one, isText))
const isObject = (value: unknown): value is KubeObject =>
  isJsonObject(value) && isJsonObject(value.metadata) && isText(value.metadata.name)
const isMeasurement = (value: unknown): boolean =>
  isJsonObject(value) &&
  isText(value.phase) &&
  isOptional(value.message, isText) &&
  isOptional(value.metadata, isTextMap)
const always = (): boolean => true

const isSound: Readonly<Record<ProviderAnswer['kind'], (answer: Members) => boolean>> = {
  environment: ({ values }) => isEnvironment(values),
  secret: ({ data }) => isTextMap(data),
  http: ({ status, statusText, headers, body, bodyError }) =>
    Number.isInteger(status) &&
    isText(body) &&
    isOptional(statusText, isText) &&
    isOptional(headers, isTextMap) &&
    isOptional(bodyError, isText),
  timeout: always,
  waited: always,
  object: ({ object }) => isObject(object),
  objects: ({ objects }) => Array.isArray(objects) && objects.every(isObject),
  done: always,
  refused: ({ reason, message }) => isText(reason) && isOptional(message, isText),
  aws: ({ output }) => isJsonObject(output),
  plugin: ({ measurement, metadata, type, error }) =>
    isOptional(measurement, isMeasurement) &&
    isOptional(metadata, isTextMap) &&
    isOptional(type, isText) &&
    isOptional(error, isText),
  failed: ({ message }) => isText(message),
}
