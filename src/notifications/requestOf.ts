import { encodeBase64 } from '../go/base64'
import { toBytes } from '../go/bytes'
import { trimRight } from '../go/strings'
import { givenNumber, givenObject, givenText } from '../model/given'
import type { Issue } from '../model/issue'
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../model/json'
import type { NotificationConfig } from './config'
import { jsonList } from './jsonList'
import type { Notification } from './notificationsOf'
import { takeSending } from './wellFormed'

/** An HTTP request that sends a notification. */
export interface NotificationRequest {
  readonly method: string
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What a host knows beside the notification. */
export interface RequestOptions {
  readonly config: NotificationConfig
  /** Data of the Secret `argo-rollouts-notification-secret`, decoded. */
  readonly secrets?: Readonly<Record<string, string>>
}

type Made = { readonly request: NotificationRequest } | { readonly issue: Issue }

/**
 * The request that sends a notification to Slack (`chat.postMessage`), to a webhook of Teams (a message card), or to
 * any webhook. `$name` in the settings of the service is taken from the secrets.
 *
 * Errors: `service-not-supported` for other services (e-mail goes through a library of the host's),
 * `recipient-not-configured` where Teams has no address for the recipient, `service-settings` where one is missing.
 *
 * Source: notifications-engine 0.5.1 (pkg/services), behaviour 9.3.
 *
 * @example
 * ```ts
 * import { requestOf } from 'rollout-engine/notifications'
 *
 * const config = {
 *   triggers: {}, templates: {}, subscriptions: [], defaultTriggers: [], serviceDefaultTriggers: {},
 *   services: { slack: { type: 'slack', settings: { token: '$slack-token' } } },
 * }
 * const notification = {
 *   service: 'slack', serviceType: 'slack', recipient: 'releases', trigger: 'on-rollout-paused', templates: ['paused'],
 *   event: { type: 'Normal', reason: 'RolloutPaused', message: '' }, subject: '', body: 'web waits', attachments: [], content: {},
 * }
 * const made = requestOf(notification, { config, secrets: { 'slack-token': 'xoxb-1' } })
 * 'request' in made && made.request.headers.authorization // 'Bearer xoxb-1'
 * ```
 */
export function requestOf(given: Notification, options: RequestOptions): Made {
  const { value, issues } = takeSending({ notification: given, ...givenObject<RequestOptions>(options) })
  const { notification, config, secrets = {} } = value
  if (issues[0]) return { issue: issues[0] }
  const service = ownValue(config.services, notification.service)
  const make = ownValue(makers, notification.serviceType)
  if (!service || !make)
    return refused(
      'service-not-supported',
      notification,
      `no request is known for services of type '${notification.serviceType}'`,
    )
  return make(notification, resolved(service.settings, secrets) as JsonObject)
}

const refused = (code: string, { service }: Notification, message: string): Made => ({
  issue: { code, path: `service.${service}`, message },
})

/** `$name` becomes the secret of that name; one that is not there stays as it is, as upstream. */
function resolved(value: JsonValue | undefined, secrets: Readonly<Record<string, string>>): JsonValue {
  if (typeof value === 'string') return value.replace(/\$[\w-]+/g, (text) => ownValue(secrets, text.slice(1)) ?? text)
  if (Array.isArray(value)) return value.map((item: JsonValue) => resolved(item, secrets))
  if (!isJsonObject(value)) return value ?? null
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, resolved(field, secrets)]))
}

type Make = (notification: Notification, settings: JsonObject) => Made

const makers: Readonly<Record<string, Make>> = { slack, teams, webhook }

const textIn = (settings: JsonObject, field: string): string => {
  const value = ownValue(settings, field)
  return typeof value === 'string' ? value : ''
}

const asJson = (url: string, headers: NotificationRequest['headers'], body: JsonValue): Made => ({
  request: {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  },
})

function slack(notification: Notification, settings: JsonObject): Made {
  const { recipient, body, attachments, content } = notification
  const token = textIn(settings, 'token')
  if (token === '') return refused('service-settings', notification, 'the service has no token')
  const blocks = jsonList(textIn(content, 'blocks'))
  if (!blocks) return refused('service-settings', notification, 'slack.blocks is no list in JSON')
  const username = textIn(content, 'username') || textIn(settings, 'username')
  const icon = textIn(content, 'icon') || textIn(settings, 'icon')
  const message: JsonObject = {
    channel: recipient,
    text: body,
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(username === '' ? {} : { username }),
    ...(/^:.+:$/.test(icon) ? { icon_emoji: icon } : {}),
    ...(/^https?:\/\/./.test(icon) ? { icon_url: icon } : {}),
    ...(settings.disableUnfurl === true ? { unfurl_links: false, unfurl_media: false } : {}),
  }
  const api = textIn(settings, 'apiURL') || 'https://slack.com/api/'
  return asJson(`${trimRight(api, '/')}/chat.postMessage`, { authorization: `Bearer ${token}` }, message)
}

function teams(notification: Notification, settings: JsonObject): Made {
  const { recipient, content, subject, body } = notification
  const urls = isJsonObject(settings.recipientUrls) ? settings.recipientUrls : {}
  const url = textIn(urls, recipient)
  if (url === '')
    return refused('recipient-not-configured', notification, `no teams webhook configured for recipient ${recipient}`)
  const whole = textIn(content, 'template')
  if (whole !== '')
    return { request: { method: 'POST', url, headers: { 'content-type': 'application/json' }, body: whole } }
  const [sections, facts, actions] = ['sections', 'facts', 'potentialAction'].map((field) =>
    jsonList(textIn(content, field)),
  )
  if (!sections || !facts || !actions)
    return refused(
      'service-settings',
      notification,
      'teams.sections, facts and potentialAction have to be lists in JSON',
    )
  const shown = facts.length > 0 ? [...sections, { facts }] : sections
  const themeColor = textIn(content, 'themeColor')
  return asJson(
    url,
    {},
    {
      '@type': 'MessageCard',
      context: 'https://schema.org/extensions',
      title: subject,
      summary: textIn(content, 'summary'),
      text: body,
      ...(themeColor === '' ? {} : { themeColor }),
      ...(actions.length > 0 ? { potentialAction: actions } : {}),
      ...(shown.length > 0 ? { sections: shown } : {}),
    },
  )
}

function webhook(notification: Notification, settings: JsonObject): Made {
  const { content, body } = notification
  const base = textIn(settings, 'url')
  if (base === '') return refused('service-settings', notification, 'the service has no url')
  const path = textIn(content, 'path')
  const url = path === '' ? base : `${trimRight(base, '/')}/${path.replace(/^\/+/, '')}`
  const listed = Array.isArray(settings.headers) ? settings.headers.filter(isJsonObject) : []
  const headers = listed.map((header) => [textIn(header, 'name').toLowerCase(), textIn(header, 'value')] as const)
  return {
    request: {
      method: textIn(content, 'method') || 'GET',
      url,
      headers: { ...Object.fromEntries(headers), ...credentials(settings.basicAuth) },
      body,
    },
  }
}

function credentials(basicAuth: JsonValue | undefined): Readonly<Record<string, string>> {
  if (!isJsonObject(basicAuth)) return {}
  const pair = `${textIn(basicAuth, 'username')}:${textIn(basicAuth, 'password')}`
  return { authorization: `Basic ${encodeBase64(toBytes(pair))}` }
}

/**
 * Whether a service took a notification, and if not, why: Slack says `ok`, Teams answers `1`, a webhook with a 2xx.
 *
 * Source: notifications-engine 0.5.1 (pkg/services), behaviour 9.3.
 *
 * @example
 * ```ts
 * import { verdictOf } from 'rollout-engine/notifications'
 *
 * verdictOf('slack', { status: 200, body: '{"ok":false,"error":"channel_not_found"}' }) // { sent: false, problem: 'channel_not_found' }
 * ```
 */
export function verdictOf(
  serviceType: string,
  answer: { readonly status: number; readonly body: string },
): { readonly sent: true } | { readonly sent: false; readonly problem: string } {
  const { status, body } = givenObject<Partial<typeof answer>>(answer)
  const problem = problemOf(serviceType, givenNumber(status) ?? 0, givenText(body))
  return problem === undefined ? { sent: true } : { sent: false, problem }
}

function problemOf(serviceType: string, status: number, body: string): string | undefined {
  if (serviceType === 'teams') return body === '1' ? undefined : `teams webhook post error: ${body}`
  if (status < 200 || status > 299) return `the request failed with ${status}: ${body}`
  if (serviceType !== 'slack') return undefined
  const reply = parsed(body)
  if (!isJsonObject(reply)) return 'the answer is no JSON'
  return reply.ok === true ? undefined : textIn(reply, 'error') || 'not ok'
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
