import { lintManifests } from '../../src/lint/index'
import { notificationsOf, readNotificationConfig } from '../../src/notifications/index'
import { analysisRun, manifest, metric, now } from './sampleObjects'

// Sound arguments of what reads texts: lint, notifications, and conditions in two languages.

const rolloutText = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1"}]}
  strategy:
    canary: # rollout-engine: ignore unknown-field
      canaryService: web-canary
      steps:
      - setWeight: 20
      - setWeight: 20
      - analysis: {templates: [{templateName: rate}]}
---
apiVersion: v1
kind: Service
metadata: {name: web-canary}
spec:
  selector:
    app: web
    rollouts-pod-template-hash: 5d4f
`
const templateText = `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: rate}
spec:
  metrics:
  - name: rate
    interval: 30
    successCondition: result[0] > 0.9
    provider: {prometheus: {address: "http://p", query: "a{b=\\"{{args.x}}\\"}"}}
`
const files = { 'a/web.yaml': rolloutText, 'b.yaml': templateText }
const rules = { rules: { 'unknown-field': 'note', 'invalid-spec': 'off' } }
const findings = lintManifests(files)

const configMap = {
  kind: 'ConfigMap',
  metadata: { name: 'argo-rollouts-notification-configmap' },
  data: {
    'trigger.on-rollout-paused':
      '- when: rollout.metadata.name == "web"\n  oncePer: rollout.status.phase\n  send: [paused]',
    'template.paused':
      'message: "{{.rollout.metadata.name | toUpper}} {{range $i, $e := .rollout.spec.strategy.canary.steps}}{{$i}}{{end}}"\nslack: {attachments: "[{}]"}\nemail: {subject: "{{.recipient}}"}\nwebhook: {hook: {method: POST, path: "/{{.serviceType}}", body: "{}"}}',
    'service.slack': 'token: $slack-token',
    'service.email': 'host: a',
    'service.teams': 'recipientUrls: {ops: https://a}',
    'service.webhook.hook':
      'url: https://a\nheaders: [{name: A, value: $slack-token}]\nbasicAuth: {username: a, password: b}',
    subscriptions: '- recipients: [slack:ops, hook]\n  triggers: [on-rollout-paused]\n  selector: app in (web)',
    defaultTriggers: '[on-rollout-paused]',
    'defaultTriggers.slack': '[on-rollout-paused]',
  },
}
const { config } = readNotificationConfig(configMap)
const subscribed = {
  ...manifest,
  metadata: {
    ...manifest.metadata,
    labels: { app: 'web' },
    annotations: {
      'notifications.argoproj.io/subscribe.on-rollout-paused.email': 'a@b;c@d',
      'notifications.argoproj.io/subscribe.on-rollout-paused.teams': 'ops',
      'notifications.argoproj.io/subscribe.on-rollout-paused.hook': '',
      'notifications.argoproj.io/subscriptions':
        '- trigger: [on-rollout-paused]\n  destinations: [{service: slack, recipients: [a]}]',
    },
  },
}
const event = { type: 'Normal', reason: 'RolloutPaused', message: 'm' }
const object = { kind: 'Rollout', namespace: 'shop', name: 'web' }
const happening = {
  before: manifest,
  after: subscribed,
  events: [{ object, ...event }],
  analysisRuns: [analysisRun],
}
const options = { config, secrets: { 'slack-token': 'x' } }
const { notifications } = notificationsOf(happening as never, config)
const reply = { status: 200, statusText: 'OK', body: '{"ok":true}' }

export const textSamples: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  lintManifests: [[files, rules], [{ 'b.yaml': templateText }]],
  lintFiles: [
    [files, 'a/web.yaml', 'v1.9'],
    [files, 'b.yaml'],
  ],
  applyFixes: [[files, rules], [{ 'b.yaml': templateText }]],
  findingsText: [[findings]],
  githubAnnotations: [[findings]],
  sarifLog: [[findings, '1.0.0']],
  readNotificationConfig: [[configMap]],
  notificationsOf: [[happening, config]],
  requestOf: notifications.map((one) => [one, options]),
  notifyWithFetch: notifications.map((one) => [one, options, reply]),
  triggerOf: [['PatchingALBIngress']],
  verdictOf: ['slack', 'teams', 'webhook'].map((serviceType) => [serviceType, reply]),
  languageDifferences: ['len(uniq(result)) > 1', 'result in [1, 2] and not (x)', 'max([1]) == [2]'].map((condition) => [
    condition,
    'v1.9',
    'v1.10',
  ]),
  metricConditionsOf: [['v1.9', { result: [1, 2], resultType: '[]float64' }, metric, now, 'now() + duration("1h")']],
}
