import { mender } from '../kube/types/mend'
import type { Shape } from '../kube/types/shape'
import type { Issue } from '../model/issue'
import { isPlainJson } from '../model/json'
import { mendedPaths } from '../model/malformed'
import type { NotificationConfig } from './config'
import type { Notification } from './notificationsOf'
import type { Happening } from './variables'

// What notifications are made of, in the notation of kube/types/shape.ts. What has another type counts as missing, and
// is reported.

const types: Shape['types'] = {
  Given: 'happening:Happening config:Config',
  Happening: 'before?:*Object after:Object events:[]Event analysisRuns?:[]Object',
  Object: 'kind?:string metadata:Meta',
  Meta: 'name:string namespace?:string creationTimestamp?:*time labels?:map[]string annotations?:map[]string',
  Event: 'object:EventObject type:string reason:string message:string',
  EventObject: 'kind:string namespace:string name:string',
  Config:
    'triggers:map[][]Condition templates:map[]Template services:map[]Service subscriptions:[]Subscription defaultTriggers:[]string serviceDefaultTriggers:map[][]string',
  Condition: 'when?:string oncePer?:string send:[]string',
  Template: 'message?:string',
  Service: 'type:string settings:Settings',
  Settings: 'url?:string',
  Subscription: 'recipients:[]string triggers:[]string selector:string',
  Sending: 'notification:Notification config:Config secrets?:map[]string',
  Notification:
    'service:string serviceType:string recipient:string trigger:string event:EventText templates:[]string subject:string body:string attachments:[]rawJSON content:Content',
  EventText: 'type:string reason:string message:string',
  Content: 'message?:string',
}

interface Taken<T> {
  readonly value: T
  readonly issues: readonly Issue[]
}

/** Data that is no JSON at all (it contains itself, or holds a function) counts as missing as a whole. */
function door<T>(root: string): (given: Readonly<Record<string, unknown>>) => Taken<T> {
  const mend = mender<T>({ root, types })
  return (given) => {
    const plain = Object.fromEntries(
      Object.entries(given).filter(([, part]) => part === undefined || isPlainJson(part)),
    )
    const value = mend(plain)
    return { value, issues: mendedPaths(given, value).map(malformed) }
  }
}

const malformed = (path: string): Issue => ({
  code: 'malformed',
  path,
  message: `has not the type that it should have, and counts as missing: mend ${path}`,
})

export const takeHappening = door<{ readonly happening: Happening; readonly config: NotificationConfig }>('Given')

export const takeSending = door<{
  readonly notification: Notification
  readonly config: NotificationConfig
  readonly secrets?: Readonly<Record<string, string>>
}>('Sending')
