import type { JsonObject } from '../../model/json'
import type { StringMap } from '../../model/meta'
import { flagIn, objectIn, textIn } from '../exchange/read'
import { askEnvironment, askSecret, type Failed, type Setting, type Steps } from '../exchange/steps'

export interface Credentials {
  /** '': Datadog's own. */
  readonly address: string
  readonly apiKey: string
  readonly appKey: string
}

const defaultSecret = 'datadog'
const variables = ['DD_API_KEY', 'DD_APP_KEY', 'DD_ADDRESS'] as const
const notFound: Failed = { error: 'failed to find the credentials for datadog metrics provider' }

/**
 * Keys of the secret that the metric names (in the controller's namespace, or the run's where `namespaced`); without a
 * name the environment's, if all three variables are set, and then the secret `datadog`.
 */
export function* findCredentials(setting: Setting, config: JsonObject): Steps<Credentials | Failed> {
  const reference = objectIn(config, 'secretRef')
  const name = textIn(reference, 'name')
  const namespaced = flagIn(reference, 'namespaced')
  if (namespaced && name === '') return { error: 'secret name is required for namespaced credentials' }
  if (name !== '') {
    const namespace = namespaced ? (setting.context.run.metadata.namespace ?? '') : undefined
    return (yield* fromSecret(setting, name, namespace)) ?? notFound
  }
  return (yield* fromEnvironment()) ?? (yield* fromSecret(setting, defaultSecret, undefined)) ?? notFound
}

function* fromSecret(setting: Setting, name: string, namespace: string | undefined): Steps<Credentials | undefined> {
  const secret = yield* askSecret(setting, name, namespace)
  if ('error' in secret) return undefined
  return complete(value(secret.data, 'address'), value(secret.data, 'api-key'), value(secret.data, 'app-key'))
}

function* fromEnvironment(): Steps<Credentials | undefined> {
  const environment = yield* askEnvironment(variables)
  if ('error' in environment) return undefined
  const { values } = environment
  if (!variables.every((name) => Object.hasOwn(values, name))) return undefined
  return complete(value(values, 'DD_ADDRESS'), value(values, 'DD_API_KEY'), value(values, 'DD_APP_KEY'))
}

const value = (values: StringMap, name: string): string => (Object.hasOwn(values, name) ? values[name]! : '')

function complete(address: string, apiKey: string, appKey: string): Credentials | undefined {
  return apiKey === '' || appKey === '' ? undefined : { address, apiKey, appKey }
}
