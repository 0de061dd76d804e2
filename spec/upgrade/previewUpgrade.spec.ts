import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { expectedOutput } from '../../examples/run'
import { podTemplateHash } from '../../src/kube/hash/podTemplateHash'
import { stepHash } from '../../src/kube/hash/stepHash'
import { previewUpgrade } from '../../src/upgrade/previewUpgrade'
import { upgradeText } from '../../src/upgrade/upgradeText'

const guide = readFileSync(
  fileURLToPath(new URL('../../docs/guides/upgrading-the-controller.md', import.meta.url)),
  'utf8',
)

const template = (image: string) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image }] },
})
const rollout = (canary: object, spec: object = {}) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop', uid: 'u1' },
  spec: {
    replicas: 4,
    selector: { matchLabels: { app: 'web' } },
    template: template('web:1'),
    strategy: { canary },
    ...spec,
  },
})

/** Of the template under v1.8, which made the ReplicaSets. */
const runningHash = podTemplateHash(template('web:1'), undefined, 'v1.8')

/** A Rollout that runs, and the ReplicaSet of its template with this spec. */
const live = (name: string, canary: object) => ({
  ...rollout(canary),
  metadata: { name, namespace: 'shop', uid: name },
  status: { stableRS: runningHash, currentPodHash: runningHash },
})

function setOf(name: string, spec: object) {
  const labels = { app: 'web', 'rollouts-pod-template-hash': runningHash }
  const owner = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name, uid: name, controller: true }
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: `${name}-${runningHash}`, namespace: 'shop', labels, ownerReferences: [owner] },
    spec: { replicas: 4, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  }
}

const container = { name: 'web', image: 'web:1' }

/** As the API server completes it. */
const defaulted = {
  restartPolicy: 'Always',
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  securityContext: {},
  terminationGracePeriodSeconds: 30,
  containers: [
    {
      ...container,
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
      imagePullPolicy: 'IfNotPresent',
    },
  ],
}

describe('the preview of an upgrade', () => {
  test('says nothing of a Rollout that both controllers treat alike', () => {
    const report = previewUpgrade({
      manifests: [rollout({ steps: [{ setWeight: 25 }, { pause: {} }] })],
      from: 'v1.9',
      to: 'v1.10',
    })
    expect(report?.differing).toEqual([])
    expect(report?.alike).toHaveLength(8)
    expect(report?.revision.verdict).toBe('same')
  })

  test('names the first moment at which an abort goes otherwise, and why', () => {
    const canary = {
      canaryService: 'web-canary',
      stableService: 'web-stable',
      dynamicStableScale: true,
      trafficRouting: { nginx: { stableIngress: 'web' } },
      steps: [{ setWeight: 25 }, { setWeight: 75 }, { pause: {} }],
    }
    const report = previewUpgrade({ manifests: [rollout(canary)], from: 'v1.8', to: 'v1.10' })
    const [abort] = report?.differing ?? []
    expect(report?.differing.map(({ scenario }) => scenario)).toEqual(['an update that is aborted'])
    expect([abort?.first?.from?.pods[0]?.wanted, abort?.first?.to?.pods[0]?.wanted]).toEqual([4, 3])
    expect(abort?.endsAlike).toBe(true)
    expect(report?.changes.some(({ since, text }) => since === 'v1.9' && text.includes('dynamicStableScale'))).toBe(
      true,
    )
  })

  test('lets the new controller look at what runs: a ReplicaSet without defaults is not recognised', () => {
    const running = live('web', {})
    const reportOf = (spec: object) =>
      previewUpgrade({ manifests: [running], live: [running, setOf('web', spec)], from: 'v1.8', to: 'v1.9' })
    expect(reportOf(defaulted)?.revision).toMatchObject({ verdict: 'recognised', reasons: [], restartsSteps: false })
    const { revision } = reportOf({ containers: [container] }) ?? {}
    expect(revision?.verdict).toBe('new')
    expect(revision?.reasons).toEqual([
      'spec.containers[0].terminationMessagePath',
      'spec.containers[0].terminationMessagePolicy',
      'spec.containers[0].imagePullPolicy',
    ])
  })

  test('says of every Rollout of a dump what becomes of it', () => {
    const steps = [{ setWeight: 25 }, { analysis: { templates: [{ templateName: 'rate' }] } }, { pause: {} }]
    const inFlight = {
      ...live('mail', { steps }),
      status: {
        stableRS: 'older',
        currentPodHash: runningHash,
        currentStepIndex: 2,
        currentStepHash: stepHash(steps, 'v1.8'),
      },
    }
    const all = [
      ...[live('web', {}), setOf('web', defaulted)],
      ...[live('cart', {}), setOf('cart', { ...defaulted, nodeName: 'a' })],
      ...[inFlight, setOf('mail', defaulted)],
      live('idle', {}),
    ]
    const report = previewUpgrade({ manifests: [live('web', {})], live: all, from: 'v1.8', to: 'v1.9' })
    expect(report?.workloads.map(({ workload, verdict, reasons }) => [workload, verdict, reasons])).toEqual([
      ['shop/cart', 'new', ['spec.nodeName']],
      ['shop/idle', 'not-running', []],
      ['shop/mail', 'recognised', []],
      ['shop/web', 'recognised', []],
    ])
    const lines = report ? upgradeText(report, 'text').split('\n') : []
    expect(lines.slice(4, 10)).toEqual([
      'The upgrade alone touches 2 of 4 Rollouts in the cluster',
      '',
      '  shop/cart: starts a NEW REVISION cb5d95cc5: v1.9 does not recognise the template of the running ReplicaSet (spec.nodeName)',
      '  shop/mail: keeps its ReplicaSet, which v1.9 recognises by its template (hash 747b59b5cf, new ones get cb5d95cc5); its update BEGINS AGAIN at the first step, as the hash of the steps changes',
      '  shop/idle: has no ReplicaSet of its template yet',
      '  shop/web: keeps its ReplicaSet, which v1.9 recognises by its template (hash 747b59b5cf, new ones get cb5d95cc5)',
    ])
  })

  test('says of a running Rollout that the new controller refuses it, and why', () => {
    const canary = { steps: [{ plugin: { name: 'org/plugin' } }] }
    const report = previewUpgrade({
      manifests: [live('web', canary)],
      live: [live('web', canary), setOf('web', defaulted)],
      from: 'v1.8',
      to: 'v1.7',
    })
    expect(report?.workloads.map(({ verdict, reasons }) => [verdict, reasons.length])).toEqual([['refused', 1]])
  })

  test('knows no Rollout where there is none', () => {
    expect(previewUpgrade({ manifests: [], from: 'v1.8', to: 'v1.10' })).toBeUndefined()
  })

  test('the guide shows what the tool prints', () => {
    for (const shown of expectedOutput('08-upgrade').split(/^(?=\$ rollout-engine )/m))
      expect(guide).toContain(shown.trimEnd())
  })
})
