import { describe, expect, test } from 'vitest'
import { notificationsOf, readNotificationConfig, requestOf, triggerOf, verdictOf } from '../../src/notifications/index'

const configMap = (data: Readonly<Record<string, string>>) => ({
  kind: 'ConfigMap',
  metadata: { name: 'argo-rollouts-notification-configmap' },
  data,
})

/** As the controller's own catalogue writes them: a message, a subject, Slack's attachments as JSON. */
const catalogue = {
  'service.slack': 'token: $slack-token',
  'service.email': 'host: smtp.example',
  'service.webhook.deploys': 'url: https://hooks.example/base/\nheaders:\n- name: X-Team\n  value: $team\n',
  'service.teams': 'recipientUrls:\n  releases: $teams-url\n',
  'trigger.on-rollout-step-completed': '- send: [step]',
  'trigger.on-rollout-aborted': '- send: [aborted]',
  'template.step': `message: Rollout {{.rollout.metadata.name}} step number {{ add .rollout.status.currentStepIndex 1}}/{{len .rollout.spec.strategy.canary.steps}} has been completed.
email:
  subject: Rollout {{.rollout.metadata.name}} step has been completed.
slack:
  attachments: |
    [{
      "title": "{{ .rollout.metadata.name}}",
      "color": "#18be52",
      "fields": [
      {
        "title": "Strategy",
        "value": "{{if .rollout.spec.strategy.blueGreen}}BlueGreen{{end}}{{if .rollout.spec.strategy.canary}}Canary{{end}}",
        "short": true
      }
      {{range $index, $c := .rollout.spec.template.spec.containers}}
        {{if not $index}},{{end}}
        {{if $index}},{{end}}
        {
          "title": "{{$c.name}}",
          "value": "{{$c.image}}",
          "short": true
        }
      {{end}}
      ]
    }]
webhook:
  deploys:
    method: POST
    path: /step/{{.recipient}}
    body: '{"name": "{{.rollout.metadata.name}}"}'
teams:
  title: Step of {{.rollout.metadata.name}}
  facts: '[{"name": "step", "value": "{{.rollout.status.currentStepIndex}}"}]'
`,
  'template.aborted': 'message: Rollout {{.rollout.metadata.name}} has been aborted.\n',
}

const read = (data: Readonly<Record<string, string>>) => readNotificationConfig(configMap(data))
const { config } = read(catalogue)

const subscribe = (trigger: string, service: string): string =>
  `notifications.argoproj.io/subscribe.${trigger}.${service}`

const spec = {
  replicas: 3,
  strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }] } },
  template: { spec: { containers: [{ name: 'web', image: 'web:2' }] } },
}

const rollout = (
  annotations: Readonly<Record<string, string>>,
  status: object = { currentStepIndex: 0 },
  labels = {},
) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop', annotations, labels },
  spec,
  status,
})

const event = (reason: string, message = 'x') => ({
  object: { kind: 'Rollout', namespace: 'shop', name: 'web' },
  type: 'Normal' as const,
  reason,
  message,
})

const stepped = [event('RolloutStepCompleted')]
const step = 'on-rollout-step-completed'

function told(annotations: Readonly<Record<string, string>>, events = stepped, configured = config) {
  const before = rollout(annotations)
  return notificationsOf({ before, after: rollout(annotations, { currentStepIndex: 1 }), events }, configured)
}

const codesOf = (data: Readonly<Record<string, string>>, annotations = { [subscribe(step, 'slack')]: 'a' }) =>
  told(annotations, stepped, read({ ...catalogue, ...data }).config).issues.map(({ code }) => code)

describe('who is told what', () => {
  test('a message to a Slack channel when a step is completed', () => {
    const { notifications, issues } = told({ [subscribe(step, 'slack')]: 'releases' })
    expect(issues).toEqual([])
    expect(notifications).toMatchObject([
      {
        service: 'slack',
        serviceType: 'slack',
        recipient: 'releases',
        trigger: step,
        templates: ['step'],
        // The status from before the decision, as in the controller.
        body: 'Rollout web step number 1/2 has been completed.',
        attachments: [
          {
            title: 'web',
            fields: [
              { title: 'Strategy', value: 'Canary' },
              { title: 'web', value: 'web:2' },
            ],
          },
        ],
      },
    ])
  })

  test('several channels, an e-mail with its subject, a webhook with its body, a card', () => {
    const annotations = {
      [subscribe(step, 'slack')]: 'one; two;',
      [subscribe(step, 'email')]: 'ops@shop.example',
      [subscribe(step, 'deploys')]: '',
      [subscribe(step, 'teams')]: 'releases',
    }
    const shown = told(annotations).notifications.map(({ service, recipient, subject, body }) => [
      service,
      recipient,
      subject,
      body,
    ])
    const message = 'Rollout web step number 1/2 has been completed.'
    expect(shown).toEqual([
      ['deploys', '', '', '{"name": "web"}'],
      ['email', 'ops@shop.example', 'Rollout web step has been completed.', message],
      ['slack', 'one', '', message],
      ['slack', 'two', '', message],
      ['teams', 'releases', 'Step of web', message],
    ])
  })

  test('nobody for an event without subscription, or of another object', () => {
    expect(told({ [subscribe(step, 'slack')]: 'a' }, [event('ScalingReplicaSet')])).toEqual({
      notifications: [],
      issues: [],
    })
    const other = { ...event('RolloutStepCompleted'), object: { kind: 'AnalysisRun', namespace: 'shop', name: 'web' } }
    expect(told({ [subscribe(step, 'slack')]: 'a' }, [other]).notifications).toEqual([])
  })

  test('once for one event, though it is listed twice and subscribed in two ways; each of two events', () => {
    const subscribed = read({
      ...catalogue,
      subscriptions: `- recipients: [slack:releases]\n  triggers: [${step}]\n`,
    }).config
    const events = [...stepped, ...stepped, event('RolloutStepCompleted', 'another')]
    expect(told({ [subscribe(step, 'slack')]: 'releases' }, events, subscribed).notifications).toHaveLength(2)
  })

  test('those whom the configuration subscribes, by label', () => {
    const subscribed = (selector: string) =>
      read({
        ...catalogue,
        subscriptions: `- recipients: [slack:releases]\n  triggers: [${step}]\n  selector: "${selector}"\n`,
      }).config
    const count = (selector: string): number => {
      const after = rollout({}, { currentStepIndex: 0 }, { team: 'shop', tier: 'web' })
      return notificationsOf({ before: after, after, events: stepped }, subscribed(selector)).notifications.length
    }
    const fitting = ['', 'team=shop', 'team in (a, shop),tier', '!legacy', 'team!=other', 'team notin (a,b)']
    const others = ['team=other', '!team', 'team in (a)', 'legacy', '(((']
    expect(fitting.map(count)).toEqual(fitting.map(() => 1))
    expect(others.map(count)).toEqual(others.map(() => 0))
  })

  test('who names no trigger, by the default ones', () => {
    const defaults = read({
      ...catalogue,
      defaultTriggers: `- ${step}`,
      'defaultTriggers.email': '- on-rollout-aborted',
    }).config
    const annotations = {
      'notifications.argoproj.io/subscribe.slack': 'a',
      'notifications.argoproj.io/subscribe.email': 'b',
    }
    expect(told(annotations, stepped, defaults).notifications.map(({ service }) => service)).toEqual(['slack'])
    expect(told(annotations, [event('RolloutAborted')], defaults).notifications.map(({ service }) => service)).toEqual([
      'email',
    ])
  })

  test('the list form of the annotation', () => {
    const list = `- trigger: [${step}]\n  destinations:\n  - service: slack\n    recipients: [a, b]\n`
    expect(
      told({ 'notifications.argoproj.io/subscriptions': list }).notifications.map(({ recipient }) => recipient),
    ).toEqual(['a', 'b'])
  })
})

describe('conditions', () => {
  const conditional = (when: string, oncePer = '') =>
    read({
      ...catalogue,
      [`trigger.${step}`]: `- send: [step]\n  when: "${when}"\n${oncePer === '' ? '' : `  oncePer: ${oncePer}\n`}`,
    }).config
  const count = (when: string): number =>
    told({ [subscribe(step, 'slack')]: 'a' }, stepped, conditional(when)).notifications.length

  test('decide in the language of conditions', () => {
    expect(count("rollout.spec.template.spec.containers[0].image == 'web:2'")).toBe(1)
    expect(count("rollout.spec.template.spec.containers[0].image contains 'web:1'")).toBe(0)
    expect(count('rollout.status.currentStepIndex')).toBe(0)
  })

  test('that fail count as false, and say why', () => {
    const { notifications, issues } = told({ [subscribe(step, 'slack')]: 'a' }, stepped, conditional('rollout.spec.('))
    expect(notifications).toEqual([])
    expect(issues).toMatchObject([{ code: 'condition-syntax', path: `trigger.${step}[0].when` }])
  })

  test('pass on what oncePer says, and warn that the controller does not look at it', () => {
    const configured = conditional('true', 'rollout.metadata.name')
    const [first] = told({ [subscribe(step, 'slack')]: 'a' }, stepped, configured).notifications
    expect(first?.oncePer).toBe('web')
    const { issues } = read({ 'trigger.x': '- send: [a]\n  oncePer: rollout.metadata.name\n' })
    expect(issues).toMatchObject([{ code: 'once-per-ignored', severity: 'warning', path: 'trigger.x[0].oncePer' }])
  })
})

describe('what cannot be made is said', () => {
  test.for([
    ['trigger-not-configured', { [`trigger.${step}`]: undefined }],
    ['service-not-configured', { 'service.slack': undefined }],
    ['template-not-configured', { [`trigger.${step}`]: '- send: [gone]' }],
    ['template-failed', { 'template.step': "message: '{{.rollout.metadata.name.x}}'" }],
    ['template-unsupported', { 'template.step': "message: '{{ .secrets.token }}'" }],
    ['template-unsupported', { 'template.step': "message: '{{ (call .time.Now).Unix }}'" }],
    ['template-unsupported', { 'template.step': "message: '{{ len .analysisRuns }}'" }],
    ['attachments-not-json', { 'template.step': "slack: {attachments: '[{]'}" }],
  ] as const)('%s', ([code, change]) => {
    const data = Object.fromEntries(
      Object.entries({ ...catalogue, ...change }).filter(([, text]) => text !== undefined),
    )
    const { notifications, issues } = told({ [subscribe(step, 'slack')]: 'a' }, stepped, read(data as never).config)
    expect(notifications).toEqual([])
    expect(issues.map((issue) => issue.code)).toEqual([code])
  })

  test('in the configuration as well', () => {
    const { config: kept, issues } = read({
      'trigger.a': 'send: [x]',
      'template.b': '- x',
      'service.a.b.c': 'x: 1',
      'trigger.c': '- {send: x}',
      'trigger.__proto__': '- {send: [x]}',
      'template.d': 'message: [',
      other: 'ignored',
    })
    expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'notification-config trigger.a',
      'notification-config template.b',
      'notification-service-key service.a.b.c',
      'notification-config trigger.c[0].send',
      'notification-config template.d',
    ])
    expect(Object.keys(kept.triggers)).toEqual(['c', '__proto__'])
    expect(codesOf({})).toEqual([])
    expect(readNotificationConfig(null as never).config.triggers).toEqual({})
  })
})

test('templates see AnalysisRuns of the current pods, the youngest first', () => {
  const run = (name: string, hash: string, revision: string, time: string) => ({
    kind: 'AnalysisRun',
    metadata: {
      name,
      namespace: 'shop',
      labels: { 'rollouts-pod-template-hash': hash },
      annotations: { 'rollout.argoproj.io/revision': revision },
      creationTimestamp: time,
    },
  })
  const analysisRuns = [
    run('old', 'b', '2', '2030-01-01T00:00:00Z'),
    run('young', 'b', '2', '2030-01-01T01:00:00Z'),
    run('other', 'a', '1', '2030-01-01T02:00:00Z'),
    run('former', 'b', '1', '2030-01-01T03:00:00Z'),
  ]
  const annotations = { [subscribe(step, 'slack')]: 'a', 'rollout.argoproj.io/revision': '2' }
  const listing = read({
    ...catalogue,
    'template.step': "message: '{{range .analysisRuns}}{{.metadata.name}} {{end}}'",
  }).config
  const after = rollout(annotations, { currentPodHash: 'b' })
  const { notifications } = notificationsOf({ before: after, after, events: stepped, analysisRuns }, listing)
  expect(notifications[0]?.body).toBe('young old ')
})

test.for([
  ['RolloutStepCompleted', 'on-rollout-step-completed'],
  ['ScalingReplicaSet', 'on-scaling-replica-set'],
  ['AnalysisRunFailed', 'on-analysis-run-failed'],
  ['Updated VirtualService', 'on-updated -virtual-service'],
] as const)('%s pulls %s', ([reason, trigger]) => {
  expect(triggerOf(reason)).toBe(trigger)
})

describe('requests', () => {
  const made = (service: string, secrets: Readonly<Record<string, string>> = {}) => {
    const annotations = { [subscribe(step, service)]: service === 'deploys' ? 'r 1' : 'releases' }
    const [notification] = told(annotations).notifications
    const result = notification && requestOf(notification, { config, secrets })
    return result && 'request' in result ? result.request : result?.issue
  }

  test('to Slack carry token, channel and attachments', () => {
    const request = made('slack', { 'slack-token': 'xoxb-1' })
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://slack.com/api/chat.postMessage',
      headers: { authorization: 'Bearer xoxb-1' },
    })
    expect(JSON.parse((request as { body: string }).body)).toMatchObject({
      channel: 'releases',
      attachments: [{ title: 'web' }],
    })
  })

  test('to a webhook go where the template says, with the headers of the service', () => {
    expect(made('deploys', { team: 'shop' })).toEqual({
      method: 'POST',
      url: 'https://hooks.example/base/step/r 1',
      headers: { 'x-team': 'shop' },
      body: '{"name": "web"}',
    })
  })

  test('to Teams are cards, at the address of the recipient', () => {
    const request = made('teams', { 'teams-url': 'https://teams.example/hook' })
    expect(request).toMatchObject({ url: 'https://teams.example/hook' })
    expect(JSON.parse((request as { body: string }).body)).toMatchObject({
      '@type': 'MessageCard',
      title: 'Step of web',
      sections: [{ facts: [{ name: 'step', value: '0' }] }],
    })
  })

  test('are not known for e-mail: a library of the host sends it', () => {
    expect(made('email')).toMatchObject({ code: 'service-not-supported', path: 'service.email' })
  })

  test('are judged by what the service answers', () => {
    expect(verdictOf('slack', { status: 200, body: '{"ok":true}' })).toEqual({ sent: true })
    expect(verdictOf('slack', { status: 200, body: 'no' })).toEqual({ sent: false, problem: 'the answer is no JSON' })
    expect(verdictOf('teams', { status: 200, body: '1' })).toEqual({ sent: true })
    expect(verdictOf('webhook', { status: 502, body: 'gone' })).toEqual({
      sent: false,
      problem: 'the request failed with 502: gone',
    })
  })
})
