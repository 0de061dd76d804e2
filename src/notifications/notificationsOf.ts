import { evaluateWith } from '../expr/evaluateWith'
import type { EngineEvent } from '../model/decision'
import type { Issue } from '../model/issue'
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../model/json'
import type { KubeObject } from '../model/meta'
import type { NotificationConfig, TriggerCondition } from './config'
import { type Content, contentOf, parts } from './content'
import { type Destination, destinationsOf } from './destinations'
import { jsonList } from './jsonList'
import { triggerOf } from './trigger'
import { type Happening, runsSeen, seenObject, templateData } from './variables'
import { takeHappening } from './wellFormed'

/** A message to somebody, ready to be sent. */
export interface Notification {
  /** Name of the service in the configuration. */
  readonly service: string
  /** `slack`, `email`, `teams`, `webhook`, ... */
  readonly serviceType: string
  /** A channel, an address; empty if a service needs none. */
  readonly recipient: string
  readonly trigger: string
  /** The event that pulled the trigger. */
  readonly event: { readonly type: string; readonly reason: string; readonly message: string }
  /** Names of the templates that made it. */
  readonly templates: readonly string[]
  /** Of an e-mail, or the title of a card; else empty. */
  readonly subject: string
  /** What is read: the body of an e-mail or a webhook, else the message. */
  readonly body: string
  /** Slack's attachments, read from their JSON; else empty. */
  readonly attachments: readonly JsonValue[]
  /** Everything that the templates printed for this service. */
  readonly content: JsonObject
  /** Value of the condition's `oncePer`, for hosts that tell once per value. */
  readonly oncePer?: string
}

/** Notifications in the order of events, and what could not be made. */
export interface NotificationsDecision {
  readonly notifications: readonly Notification[]
  readonly issues: readonly Issue[]
}

/**
 * The notifications for the events of one decision: subscriptions by annotation
 * (`notifications.argoproj.io/subscribe.<trigger>.<service>`) and by configuration, the conditions of triggers, and the
 * messages that templates print. An event that is in `events` twice, or whose recipient is subscribed in two ways, is
 * notified once.
 *
 * As in the controller, a template sees the status from before the decision, and every event sends: `oncePer` is only
 * evaluated and passed on. Templates are Go's text/template with the functions that messages use; `time`, `secrets` and
 * other functions of sprig are named where they are met, and the message is not made.
 *
 * Errors, in `issues`: `trigger-not-configured` (a warning), `condition-*` (a condition that fails counts as false),
 * `service-not-configured`, `template-not-configured`, `template-failed`, `template-unsupported`,
 * `attachments-not-json`, `too-many-notifications`, `malformed`.
 *
 * Source: behaviour 9.3, notifications-engine 0.5.1.
 *
 * @example
 * ```ts
 * import { notificationsOf, readNotificationConfig } from 'rollout-engine/notifications'
 *
 * const { config } = readNotificationConfig({
 *   kind: 'ConfigMap',
 *   metadata: { name: 'argo-rollouts-notification-configmap' },
 *   data: {
 *     'trigger.on-rollout-paused': '- send: [paused]',
 *     'template.paused': "message: '{{.rollout.metadata.name}} waits'",
 *     'service.slack': 'token: $slack-token',
 *   },
 * })
 * const annotations = { 'notifications.argoproj.io/subscribe.on-rollout-paused.slack': 'releases' }
 * const after = { kind: 'Rollout', metadata: { name: 'web', annotations } }
 * const object = { kind: 'Rollout', namespace: 'shop', name: 'web' }
 * const events = [{ object, type: 'Normal', reason: 'RolloutPaused', message: 'Rollout is paused' }] as const
 * const [first] = notificationsOf({ after, events }, config).notifications
 * first?.recipient // 'releases'
 * first?.body // 'web waits'
 * ```
 */
export function notificationsOf(happened: Happening, configured: NotificationConfig): NotificationsDecision {
  const { value, issues } = takeHappening({ happening: happened, config: configured })
  const { happening, config } = value
  const desk: Desk = { config, happening, rollout: seenObject(happening), notifications: [], issues: [...issues] }
  const told = new Set<string>()
  for (const event of happening.events) {
    const identity = JSON.stringify([event.object, event.type, event.reason, event.message])
    if (!told.has(identity)) tellOf(desk, event)
    told.add(identity)
  }
  return { notifications: desk.notifications, issues: desk.issues }
}

interface Desk {
  readonly config: NotificationConfig
  readonly happening: Happening
  readonly rollout: JsonObject
  readonly notifications: Notification[]
  readonly issues: Issue[]
}

/** More are no longer told: most follow from the first ones. */
const mostIssues = 1000

/** Notifications of one decision; beyond them somebody subscribed by mistake. */
const mostNotifications = 1000

function note(desk: Desk, issue: Issue): void {
  if (desk.issues.length >= mostIssues) return
  const { code, path, message } = issue
  const known = desk.issues.some((one) => one.code === code && one.path === path && one.message === message)
  if (!known) desk.issues.push(issue)
}

/** Other objects have events of their own, and subscriptions of their own. */
const isAbout = ({ kind, metadata }: KubeObject, { object }: EngineEvent): boolean =>
  object.kind === kind && object.name === metadata.name

function tellOf(desk: Desk, event: EngineEvent): void {
  const { config, happening } = desk
  const { metadata } = happening.after
  if (!isAbout(happening.after, event)) return
  const trigger = triggerOf(event.reason)
  const { labels = {}, annotations = {} } = metadata
  const destinations = destinationsOf(trigger, { labels, annotations }, config)
  if (destinations.length === 0) return
  const conditions = ownValue(config.triggers, trigger)
  if (!conditions) {
    const message = `trigger '${trigger}' is not configured`
    note(desk, { code: 'trigger-not-configured', path: `trigger.${trigger}`, message, severity: 'warning' })
    return
  }
  const pulled = conditions.flatMap((condition, index) => {
    const outcome = outcomeOf(desk, condition, `trigger.${trigger}[${index}]`)
    return outcome ? [{ condition, ...outcome }] : []
  })
  for (const destination of destinations)
    for (const { condition, oncePer } of pulled) {
      const told: Told =
        desk.notifications.length < mostNotifications
          ? notificationTo(desk, { event, trigger, destination, condition, oncePer })
          : tooManyNotifications
      if ('notification' in told) desk.notifications.push(told.notification)
      else note(desk, told.issue)
    }
}

const tooManyNotifications: Told = {
  issue: {
    code: 'too-many-notifications',
    path: 'events',
    message: `more than ${mostNotifications} notifications of one decision: the others were not made; subscribe fewer recipients`,
  },
}

interface Outcome {
  readonly oncePer?: string
}

/** Undefined if the condition does not hold; one that fails does not. */
function outcomeOf(desk: Desk, { when, oncePer }: TriggerCondition, path: string): Outcome | undefined {
  if (when !== undefined && valueIn(desk, when, `${path}.when`) !== true) return undefined
  if (oncePer === undefined) return {}
  const value = valueIn(desk, oncePer, `${path}.oncePer`)
  return value === undefined ? {} : { oncePer: String(value) }
}

function valueIn(desk: Desk, expression: string, path: string): unknown {
  const { rollout, happening } = desk
  const runs = happening.analysisRuns && runsSeen(rollout, happening.analysisRuns)
  const outcome = evaluateWith(expression, { rollout, ...(runs === undefined ? {} : { analysisRuns: runs }) }, { path })
  if ('value' in outcome) return outcome.value
  const { code, message } = outcome.issue
  note(desk, { code, path, message })
  return undefined
}

interface Telling extends Outcome {
  readonly event: EngineEvent
  readonly trigger: string
  readonly destination: Destination
  readonly condition: TriggerCondition
}

type Told = { readonly notification: Notification } | { readonly issue: Issue }

const untold = (code: string, path: string, message: string): Told => ({ issue: { code, path, message } })

function notificationTo(desk: Desk, { event, trigger, destination, condition, oncePer }: Telling): Told {
  const { service, recipient } = destination
  const configured = ownValue(desk.config.services, service)
  if (!configured)
    return untold(
      'service-not-configured',
      `service.${service}`,
      `notification service '${service}' is not supported: no service.${service} is configured`,
    )
  const missing = condition.send.find((name) => ownValue(desk.config.templates, name) === undefined)
  if (missing !== undefined)
    return untold('template-not-configured', `template.${missing}`, `template '${missing}' is not supported`)
  const templates = condition.send.map((name) => [name, ownValue(desk.config.templates, name) ?? {}] as const)
  const made = contentOf(templates, templateData(desk.rollout, destination, desk.happening.analysisRuns))
  if ('problem' in made) {
    const { code, message } = made.problem
    return untold(code === 'template' ? 'template-failed' : 'template-unsupported', `trigger.${trigger}`, message)
  }
  const { content } = made
  const { type: serviceType } = configured
  const attachments = serviceType === 'slack' ? jsonList(textIn(content.parts.slack, 'attachments')) : []
  if (!attachments)
    return untold(
      'attachments-not-json',
      `trigger.${trigger}`,
      'slack.attachments is no list in JSON once it is printed',
    )
  const { type, reason, message } = event
  const notification: Notification = {
    service,
    serviceType,
    recipient,
    trigger,
    event: { type, reason, message },
    templates: condition.send,
    subject: subjectOf(content, serviceType),
    body: bodyOf(content, service, serviceType),
    attachments,
    content: partOf(content, service, serviceType),
    ...(oncePer === undefined ? {} : { oncePer }),
  }
  return { notification }
}

const textIn = (part: JsonObject | undefined, field: string): string => {
  const value = ownValue(part, field)
  return typeof value === 'string' ? value : ''
}

function subjectOf({ parts: own }: Content, serviceType: string): string {
  if (serviceType === 'email') return textIn(own.email, 'subject')
  return serviceType.startsWith('teams') ? textIn(own[serviceType], 'title') : ''
}

function bodyOf({ message, parts: own, webhook }: Content, service: string, serviceType: string): string {
  const hook = serviceType === 'webhook' ? ownValue(webhook, service) : undefined
  if (hook) return hook.body
  if (serviceType === 'email') return textIn(own.email, 'body') || message
  return (serviceType.startsWith('teams') && textIn(own[serviceType], 'text')) || message
}

/** What the service gets beside the message. */
function partOf({ message, parts: own, webhook }: Content, service: string, serviceType: string): JsonObject {
  const hook = serviceType === 'webhook' ? ownValue(webhook, service) : undefined
  const part = Object.hasOwn(parts, serviceType) ? own[serviceType] : undefined
  return { message, ...(isJsonObject(part) ? part : {}), ...(hook ? { ...hook } : {}) }
}
