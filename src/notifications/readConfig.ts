import { parseDocuments } from '../input/parseManifests'
import type { Issue } from '../model/issue'
import { isJsonObject, type JsonObject } from '../model/json'
import type { KubeObject } from '../model/meta'
import type {
  DefaultSubscription,
  NotificationConfig,
  NotificationService,
  NotificationTemplate,
  TriggerCondition,
} from './config'

/** The configuration, and what of it cannot be used. */
export interface ReadNotificationConfig {
  readonly config: NotificationConfig
  readonly issues: readonly Issue[]
}

/**
 * Reads the ConfigMap `argo-rollouts-notification-configmap`: triggers, templates, services, subscriptions and default
 * triggers, each a YAML text under a key such as `trigger.on-rollout-completed`. Secrets stay what they are:
 * `$slack-token` is put in where a notification is sent.
 *
 * Errors, in `issues` with the key as path: what is not YAML or has another shape is left out (`notification-config`),
 * a service key with too many parts (`notification-service-key`); as warnings a trigger with `oncePer`, which the
 * controller ignores (`once-per-ignored`), and a service that nothing here sends to, such as Opsgenie
 * (`service-not-sent`).
 *
 * Source: notifications-engine 0.5.1 (pkg/api/config.go), behaviour 9.3.
 *
 * @example
 * ```ts
 * import { readNotificationConfig } from 'rollout-engine/notifications'
 *
 * const { config } = readNotificationConfig({
 *   kind: 'ConfigMap',
 *   metadata: { name: 'argo-rollouts-notification-configmap' },
 *   data: { 'trigger.on-rollout-paused': '- send: [rollout-paused]', 'service.slack': 'token: $slack-token' },
 * })
 * config.triggers['on-rollout-paused'] // [{ send: ['rollout-paused'] }]
 * config.services.slack?.type // 'slack'
 * ```
 */
export function readNotificationConfig(configMap: KubeObject): ReadNotificationConfig {
  const draft: Draft = {
    triggers: {},
    templates: {},
    services: {},
    subscriptions: [],
    defaultTriggers: [],
    serviceDefaultTriggers: {},
    issues: [],
  }
  const data = isJsonObject(configMap) ? configMap.data : undefined
  for (const [key, text] of Object.entries(isJsonObject(data) ? data : {})) {
    const reader = readers.find(({ prefix }) => key === prefix || (prefix.endsWith('.') && key.startsWith(prefix)))
    if (!reader || typeof text !== 'string') continue
    const value = yamlValue(draft, key, text)
    if (value !== undefined) reader.read(draft, key.slice(reader.prefix.length), value, key)
  }
  const { issues, ...config } = draft
  return { config, issues }
}

type Named<T> = Record<string, T>

interface Draft {
  readonly triggers: Named<readonly TriggerCondition[]>
  readonly templates: Named<NotificationTemplate>
  readonly services: Named<NotificationService>
  subscriptions: readonly DefaultSubscription[]
  defaultTriggers: readonly string[]
  readonly serviceDefaultTriggers: Named<readonly string[]>
  readonly issues: Issue[]
}

interface Reader {
  /** With a dot at the end a name follows. */
  readonly prefix: string
  readonly read: (draft: Draft, name: string, value: unknown, key: string) => undefined
}

const readers: readonly Reader[] = [
  { prefix: 'trigger.', read: readTrigger },
  { prefix: 'template.', read: readTemplateText },
  { prefix: 'service.', read: readService },
  { prefix: 'subscriptions', read: readSubscriptions },
  {
    prefix: 'defaultTriggers',
    read: (draft, _, value, key) => {
      draft.defaultTriggers = textsOf(draft, value, key)
      return undefined
    },
  },
  {
    prefix: 'defaultTriggers.',
    read: (draft, name, value, key) => put(draft.serviceDefaultTriggers, name, textsOf(draft, value, key)),
  },
]

/** Defined, not assigned: `__proto__` is a name like any other, and a frozen `Object.prototype` refuses `toString`. */
function put<T>(record: Named<T>, name: string, value: T): undefined {
  Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true })
  return undefined
}

const refuse = (draft: Draft, path: string, message: string, code = 'notification-config'): undefined => {
  draft.issues.push({ code, path, message })
  return undefined
}

function yamlValue(draft: Draft, key: string, text: string): unknown {
  const { documents, issues } = parseDocuments(text)
  const problem = issues.find(({ severity }) => severity !== 'warning')
  if (!problem) return documents[0]?.value ?? null
  refuse(draft, key, `the value is no YAML: ${problem.message}`)
  return undefined
}

function textsOf(draft: Draft, value: unknown, path: string): readonly string[] {
  if (value === null) return []
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value as readonly string[]
  refuse(draft, path, 'expected a list of texts')
  return []
}

function readTrigger(draft: Draft, name: string, value: unknown, key: string): undefined {
  if (value !== null && (!Array.isArray(value) || !value.every(isJsonObject)))
    return refuse(draft, key, 'expected a list of conditions, such as - send: [my-template]')
  const conditions = ((value ?? []) as readonly JsonObject[]).map((condition, index): TriggerCondition => {
    const { when, oncePer, send } = condition
    const path = `${key}[${index}]`
    if (typeof oncePer === 'string' && oncePer !== '') {
      const message = 'the controller of Argo Rollouts ignores oncePer: every event sends'
      draft.issues.push({ code: 'once-per-ignored', path: `${path}.oncePer`, message, severity: 'warning' })
    }
    return {
      ...(typeof when === 'string' && when !== '' ? { when } : {}),
      ...(typeof oncePer === 'string' && oncePer !== '' ? { oncePer } : {}),
      send: textsOf(draft, send ?? null, `${path}.send`),
    }
  })
  return put(draft.triggers, name, conditions)
}

function readTemplateText(draft: Draft, name: string, value: unknown, key: string): undefined {
  if (value !== null && !isJsonObject(value)) return refuse(draft, key, 'expected message: and parts for services')
  return put(draft.templates, name, (value ?? {}) as NotificationTemplate)
}

/** What `requestOf` knows, and e-mail, for which there is an example. */
const sent: readonly string[] = ['slack', 'teams', 'webhook', 'email']

function readService(draft: Draft, rest: string, value: unknown, key: string): undefined {
  const [type = '', name = type, ...more] = rest.split('.')
  if (more.length > 0)
    return refuse(
      draft,
      key,
      `invalid service key; expected 'service.<type>(.<name>)' but got '${key}'`,
      'notification-service-key',
    )
  if (value !== null && !isJsonObject(value)) return refuse(draft, key, 'expected settings of a service')
  if (!sent.includes(type)) {
    const message = `messages for services of type '${type}' are made, and nothing here sends them: a library of yours does`
    draft.issues.push({ code: 'service-not-sent', path: key, message, severity: 'warning' })
  }
  return put(draft.services, name, { type, settings: (value ?? {}) as JsonObject })
}

function readSubscriptions(draft: Draft, _: string, value: unknown, key: string): undefined {
  if (value === null) return undefined
  if (!Array.isArray(value) || !value.every(isJsonObject)) return refuse(draft, key, 'expected a list of subscriptions')
  draft.subscriptions = (value as readonly JsonObject[]).map((subscription, index) => {
    const { recipients, triggers, selector } = subscription
    return {
      recipients: textsOf(draft, recipients ?? null, `${key}[${index}].recipients`),
      triggers: textsOf(draft, triggers ?? null, `${key}[${index}].triggers`),
      selector: typeof selector === 'string' ? selector : '',
    }
  })
  return undefined
}
