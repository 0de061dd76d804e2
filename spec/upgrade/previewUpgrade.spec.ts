import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { expectedOutput } from '../../examples/run'
import { previewUpgrade } from '../../src/upgrade/previewUpgrade'

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
    const running = { ...rollout({}), status: { stableRS: 'old', currentPodHash: 'old' } }
    const labels = { app: 'web', 'rollouts-pod-template-hash': 'old' }
    const set = (spec: object) => ({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: 'web-old',
        namespace: 'shop',
        labels,
        ownerReferences: [
          { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web', uid: 'u1', controller: true },
        ],
      },
      spec: { replicas: 4, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    })
    const container = { name: 'web', image: 'web:1' }
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
    const verdictOf = (spec: object) =>
      previewUpgrade({ manifests: [running], live: [running, set(spec)], from: 'v1.8', to: 'v1.9' })?.revision.verdict
    expect(verdictOf(defaulted)).toBe('recognised')
    expect(verdictOf({ containers: [container] })).toBe('new')
  })

  test('knows no Rollout where there is none', () => {
    expect(previewUpgrade({ manifests: [], from: 'v1.8', to: 'v1.10' })).toBeUndefined()
  })

  test('the guide shows what the tool prints', () => {
    for (const shown of expectedOutput('08-upgrade').split(/^(?=\$ rollout-engine )/m))
      expect(guide).toContain(shown.trimEnd())
  })
})
