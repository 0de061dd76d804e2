import type { JsonObject } from '../model/json'

/** A condition of a trigger, and the templates that it sends. */
export interface TriggerCondition {
  /** Expression about `rollout`; without one every event of the trigger sends. */
  readonly when?: string
  /** Expression whose value is passed with the notification. The controller of Argo Rollouts does not look at it. */
  readonly oncePer?: string
  readonly send: readonly string[]
}

/** A template: `message` for every service, and what only one service has, as it is in the ConfigMap. */
export interface NotificationTemplate {
  readonly message?: string
  readonly [service: string]: unknown
}

/** A service that notifications go to. */
export interface NotificationService {
  /** `slack`, `email`, `teams`, `webhook`, ... */
  readonly type: string
  /** As in the ConfigMap; `$name` represents a key of the Secret. */
  readonly settings: JsonObject
}

/** Recipients without a subscription. */
export interface DefaultSubscription {
  /** `slack:channel`. */
  readonly recipients: readonly string[]
  /** Empty: the default triggers. */
  readonly triggers: readonly string[]
  /** Label selector; empty: every object. */
  readonly selector: string
}

/** What the ConfigMap `argo-rollouts-notification-configmap` says. */
export interface NotificationConfig {
  readonly triggers: Readonly<Record<string, readonly TriggerCondition[]>>
  readonly templates: Readonly<Record<string, NotificationTemplate>>
  readonly services: Readonly<Record<string, NotificationService>>
  readonly subscriptions: readonly DefaultSubscription[]
  /** For who subscribes without a trigger. */
  readonly defaultTriggers: readonly string[]
  readonly serviceDefaultTriggers: Readonly<Record<string, readonly string[]>>
}
