import { expect, test } from 'vitest'
import type { KubeObject } from '../../src/model/meta'
import { notificationsOf, readNotificationConfig } from '../../src/notifications/index'
import { simulate } from '../../src/simulate/index'

// Messages in a Slack channel, whenever a rollout progresses or otherwise changes state (seed 001): the Rollout is simulated, and
// what its controller tells of it is told in the channel.

const { config } = readNotificationConfig({
  kind: 'ConfigMap',
  metadata: { name: 'argo-rollouts-notification-configmap' },
  data: {
    'service.slack': 'token: $slack-token',
    'trigger.on-rollout-updated': '- send: [updated]',
    'trigger.on-rollout-step-completed': '- send: [step]',
    'trigger.on-rollout-paused': '- send: [paused]',
    'trigger.on-rollout-completed': '- send: [completed]',
    'template.updated': 'message: Rollout {{.rollout.metadata.name}} has been updated.',
    'template.step': 'message: Rollout {{.rollout.metadata.name}} step has been completed.',
    'template.paused': 'message: Rollout {{.rollout.metadata.name}} has been paused.',
    'template.completed': 'message: Rollout {{.rollout.metadata.name}} has been completed.',
  },
})

const triggers = ['updated', 'step-completed', 'paused', 'completed']
const annotations = Object.fromEntries(
  triggers.map((name) => [`notifications.argoproj.io/subscribe.on-rollout-${name}.slack`, 'releases']),
)

const explorer: KubeObject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'blockexplorer', namespace: 'default', annotations },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'blockexplorer' } },
    strategy: { canary: { steps: [{ setWeight: 50 }, { pause: { duration: '30s' } }] } },
    template: {
      metadata: { labels: { app: 'blockexplorer' } },
      spec: { containers: [{ name: 'blockexplorer', image: 'cosmos-explorer:v0.4.5' }] },
    },
  },
}

test('an update of the explorer is followed in the channel, from its start to its end', () => {
  const update = { atSeconds: 60, image: 'cosmos-explorer:v0.4.6' }
  const { events, issues } = simulate({ manifests: [explorer], events: [update], untilSeconds: 300 })
  expect(issues.filter(({ severity }) => severity !== 'warning')).toEqual([])
  const after = explorer
  const heard = events
    .filter(({ atSeconds }) => atSeconds >= 60)
    .flatMap((event) => {
      const { notifications, issues: problems } = notificationsOf({ before: after, after, events: [event] }, config)
      expect(problems).toEqual([])
      return notifications
    })
  expect(new Set(heard.map(({ recipient }) => recipient))).toEqual(new Set(['releases']))
  expect(heard.map(({ body }) => body)).toEqual([
    'Rollout blockexplorer has been updated.',
    'Rollout blockexplorer step has been completed.',
    'Rollout blockexplorer has been paused.',
    'Rollout blockexplorer step has been completed.',
    'Rollout blockexplorer has been completed.',
  ])
})
