import { parseDocuments } from '../input/parseManifests'
import { isJsonObject } from '../model/json'
import type { StringMap } from '../model/meta'
import type { NotificationConfig } from './config'
import { selects } from './selector'

/** The destination: a recipient of a service, a Slack channel for instance. */
export interface Destination {
  readonly service: string
  readonly recipient: string
}

interface Subscriber {
  readonly labels: StringMap
  readonly annotations: StringMap
}

const prefix = 'notifications.argoproj.io/subscribe.'
/** The newer form: a list in YAML. */
const listPrefix = 'notifications.argoproj.io/subscriptions'

/**
 * The destinations of a trigger: those of the configuration subscribes, then whom the object's annotations do. Nobody
 * twice (upstream's controller tells who is subscribed in both ways twice).
 */
export function destinationsOf(
  trigger: string,
  { labels, annotations }: Subscriber,
  config: NotificationConfig,
): readonly Destination[] {
  const keys = Object.keys(annotations).sort()
  const found = [
    ...globalDestinations(trigger, labels, config),
    ...keys.flatMap((key) => annotated(trigger, key, annotations[key] ?? '', config)),
  ]
  const told = new Set<string>()
  return found.filter(({ service, recipient }) => {
    const key = JSON.stringify([service, recipient])
    const isNew = !told.has(key)
    told.add(key)
    return isNew
  })
}

function globalDestinations(trigger: string, labels: StringMap, config: NotificationConfig): readonly Destination[] {
  return config.subscriptions
    .filter(({ triggers, selector }) => {
      const wanted = triggers.length > 0 ? triggers : config.defaultTriggers
      return wanted.includes(trigger) && selects(selector, labels)
    })
    .flatMap(({ recipients }) =>
      recipients.map((text) => {
        const [service = '', recipient = ''] = text.split(':')
        return { service, recipient }
      }),
    )
}

function annotated(trigger: string, key: string, value: string, config: NotificationConfig): readonly Destination[] {
  if (key.startsWith(prefix)) {
    const [first = '', second] = key.slice(prefix.length).split('.')
    const subscribed = second === undefined ? { service: first, triggers: [] } : { service: second, triggers: [first] }
    if (!isMeant(trigger, subscribed, config)) return []
    return recipientsOf(value).map((recipient) => ({ service: subscribed.service, recipient }))
  }
  return key.startsWith(listPrefix) ? listed(trigger, value, config) : []
}

/** An empty annotation names one recipient without a name, which is all that a webhook needs. */
function recipientsOf(value: string): readonly string[] {
  if (value === '') return ['']
  return value
    .split(';')
    .map((recipient) => recipient.trim())
    .filter((recipient) => recipient !== '')
}

interface Subscribed {
  readonly service: string
  /** Empty: the default triggers of the service, else those of all. */
  readonly triggers: readonly string[]
}

function isMeant(trigger: string, { service, triggers }: Subscribed, config: NotificationConfig): boolean {
  if (triggers.length > 0) return triggers.includes(trigger)
  const own = Object.hasOwn(config.serviceDefaultTriggers, service) ? config.serviceDefaultTriggers[service] : undefined
  return (own ?? config.defaultTriggers).includes(trigger)
}

function listed(trigger: string, value: string, config: NotificationConfig): readonly Destination[] {
  const [document] = parseDocuments(value).documents
  const subscriptions = Array.isArray(document?.value) ? document.value.filter(isJsonObject) : []
  return subscriptions.flatMap(({ trigger: triggers, destinations }) => {
    const wanted = textsIn(triggers)
    const places = Array.isArray(destinations) ? destinations.filter(isJsonObject) : []
    return places
      .map(({ service, recipients }) => ({ service: typeof service === 'string' ? service : '', recipients }))
      .filter(({ service }) => isMeant(trigger, { service, triggers: wanted }, config))
      .flatMap(({ service, recipients }) => textsIn(recipients).map((recipient) => ({ service, recipient })))
  })
}

const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
