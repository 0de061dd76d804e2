import { describe, expect, test } from 'vitest'
import type { EngineEvent } from '../../src/model/decision'
import { notificationsOf, readNotificationConfig } from '../../src/notifications/index'
import { fc } from '../properties/fc'
import { propertySeed } from '../properties/seed'

// Whoever is subscribed in whatever ways, and however often an event is listed: nobody is told twice of the same event, and everybody
// who is subscribed is told.

const reasons = ['RolloutPaused', 'RolloutAborted', 'RolloutStepCompleted']
const triggers = ['on-rollout-paused', 'on-rollout-aborted', 'on-rollout-step-completed']
const services = ['slack', 'email']
const people = ['a', 'b', 'c']

interface Subscription {
  readonly trigger: string
  readonly service: string
  readonly people: readonly string[]
  /** In the ConfigMap, not on the object. */
  readonly isGlobal: boolean
}

const subscription: fc.Arbitrary<Subscription> = fc.record({
  trigger: fc.constantFrom(...triggers),
  service: fc.constantFrom(...services),
  people: fc.array(fc.constantFrom(...people), { minLength: 1, maxLength: 4 }),
  isGlobal: fc.boolean(),
})
const event: fc.Arbitrary<EngineEvent> = fc.record({
  object: fc.constant({ kind: 'Rollout', namespace: 'shop', name: 'web' }),
  type: fc.constant('Normal' as const),
  reason: fc.constantFrom(...reasons),
  message: fc.constantFrom('one', 'two'),
})

function told(subscriptions: readonly Subscription[], events: readonly EngineEvent[]) {
  const annotations: Record<string, string> = {}
  for (const { trigger, service, people: recipients } of subscriptions.filter(({ isGlobal }) => !isGlobal))
    annotations[`notifications.argoproj.io/subscribe.${trigger}.${service}`] = recipients.join(';')
  const global = subscriptions
    .filter(({ isGlobal }) => isGlobal)
    .map(({ trigger, service, people: recipients }) => ({
      recipients: recipients.map((one) => `${service}:${one}`),
      triggers: [trigger],
    }))
  const data = {
    subscriptions: JSON.stringify(global),
    'template.t': 'message: told',
    ...Object.fromEntries(services.map((service) => [`service.${service}`, 'token: x'])),
    ...Object.fromEntries(triggers.map((trigger) => [`trigger.${trigger}`, '- send: [t]'])),
  }
  const { config } = readNotificationConfig({ kind: 'ConfigMap', metadata: { name: 'any' }, data } as never)
  const after = { kind: 'Rollout', metadata: { name: 'web', namespace: 'shop', annotations } }
  const { notifications, issues } = notificationsOf({ after, events }, config)
  expect(issues).toEqual([])
  return notifications.map(({ service, recipient, trigger, event: pulled }) =>
    JSON.stringify([trigger, service, recipient, pulled.reason, pulled.message]),
  )
}

/** What has to be told, as a set: written anew, from the annotations and subscriptions. */
function wanted(subscriptions: readonly Subscription[], events: readonly EngineEvent[]) {
  const annotated = new Map(
    subscriptions.filter(({ isGlobal }) => !isGlobal).map((one) => [`${one.trigger}.${one.service}`, one] as const),
  )
  const counted = [...annotated.values(), ...subscriptions.filter(({ isGlobal }) => isGlobal)]
  const all = events.flatMap(({ reason, message }) =>
    counted
      .filter(({ trigger }) => trigger === triggers[reasons.indexOf(reason)])
      .flatMap(({ trigger, service, people: recipients }) =>
        recipients.map((recipient) => JSON.stringify([trigger, service, recipient, reason, message])),
      ),
  )
  return [...new Set(all)].sort()
}

describe(`notifications (PROPERTY_SEED=${propertySeed})`, () => {
  test('nobody is told twice of the same event, and everybody who is subscribed is told', () => {
    const many = fc.tuple(fc.array(subscription, { maxLength: 6 }), fc.array(event, { maxLength: 8 }))
    fc.assert(
      fc.property(many, ([subscriptions, events]) => {
        expect([...told(subscriptions, events)].sort()).toEqual(wanted(subscriptions, events))
      }),
      { seed: propertySeed, numRuns: 150 },
    )
  })
})
