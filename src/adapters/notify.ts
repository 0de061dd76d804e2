import type { HttpRequest } from '../metrics/exchange/ask'
import {
  type Notification,
  type NotificationRequest,
  type RequestOptions,
  requestOf,
  verdictOf,
} from '../notifications/index'
import { type SendOptions, sendWithFetch } from './send'

/** Whether a notification was sent; a problem is one sentence. */
export type NotifyAnswer = { readonly sent: true } | { readonly sent: false; readonly problem: string }

/**
 * Sends a notification to Slack, Teams or a webhook with `fetch`, and reads the service's answer. Never rejects and
 * sends once: the host decides about retries. A GET of a webhook has no body, because `fetch` sends none. For e-mail
 * and other services the answer is that no request is known; a library of the host can send those from `subject` and
 * `body`.
 *
 * Source: behaviour 9.3.
 *
 * @example
 * ```ts
 * import { notifyWithFetch } from 'rollout-engine/adapters'
 *
 * const config = {
 *   triggers: {}, templates: {}, subscriptions: [], defaultTriggers: [], serviceDefaultTriggers: {},
 *   services: { mail: { type: 'email', settings: {} } },
 * }
 * const notification = {
 *   service: 'mail', serviceType: 'email', recipient: 'ops@shop.example', trigger: 'on-rollout-paused', templates: ['paused'],
 *   event: { type: 'Normal', reason: 'RolloutPaused', message: '' }, subject: 'web waits', body: 'web waits', attachments: [], content: {},
 * }
 * const answer = await notifyWithFetch(notification, { config })
 * 'problem' in answer && answer.problem // "no request is known for services of type 'email'"
 * ```
 */
export async function notifyWithFetch(
  notification: Notification,
  { config, secrets, ...options }: RequestOptions & SendOptions,
): Promise<NotifyAnswer> {
  const made = requestOf(notification, { config, secrets })
  if ('issue' in made) return { sent: false, problem: made.issue.message }
  const answer = await sendWithFetch(sendable(made.request), options)
  switch (answer.kind) {
    case 'http':
      return verdictOf(notification.serviceType, answer)
    case 'timeout':
      return { sent: false, problem: 'no answer in time' }
    case 'failed':
      return { sent: false, problem: answer.message }
  }
}

/** `fetch` sends no body with a GET, the default method of a webhook. */
function sendable({ body, ...request }: NotificationRequest): HttpRequest {
  return /^(?:GET|HEAD)$/i.test(request.method) ? request : { ...request, body }
}
