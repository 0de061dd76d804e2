export type {
  DefaultSubscription,
  NotificationConfig,
  NotificationService,
  NotificationTemplate,
  TriggerCondition,
} from './config'
export { type Notification, type NotificationsDecision, notificationsOf } from './notificationsOf'
export { type ReadNotificationConfig, readNotificationConfig } from './readConfig'
export { type NotificationRequest, type RequestOptions, requestOf, verdictOf } from './requestOf'
export { triggerOf } from './trigger'
export type { Happening } from './variables'
