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
 * Sends a notification to Slack, Teams or a webhook with `fetch`, and reads what the service says. Never rejects, sends
 * once: whether to try again is the host's to say. A webhook's GET goes without a body, for `fetch` sends none. E-mail
 * and other services answer that no request is known for them; a library of the host's sends those from `subject` and
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

/** `fetch` sends no body with a GET, which is what a webhook without a method gets. */
function sendable({ body, ...request }: NotificationRequest): HttpRequest {
  return /^(?:GET|HEAD)$/i.test(request.method) ? request : { ...request, body }
}
