import type { Shape } from '../kube/types/shape'
import { takes } from '../kube/types/takes'
import type { Issue } from '../model/issue'
import { isPlainJson } from '../model/json'
import { mendedPaths } from '../model/malformed'

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

const take = takes(types)

/** Data that is no JSON at all (it contains itself, or holds a function) counts as missing as a whole. */
function door(root: string): <T extends object>(given: T) => Taken<T> {
  const normalized = take(root)
  return <T extends object>(given: T) => {
    const plain = Object.entries(given).filter(([, part]) => part === undefined || isPlainJson(part))
    const value = normalized(Object.fromEntries(plain) as T)
    return { value, issues: mendedPaths(given, value).map(malformed) }
  }
}

const malformed = (path: string): Issue => ({
  code: 'malformed',
  path,
  message: `has not the type that it should have, and counts as missing: mend ${path}`,
})

export const takeHappening = door('Given')
export const takeSending = door('Sending')
