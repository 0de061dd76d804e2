import { describe, expect, it } from 'vitest'
import { podTemplateJson } from '../../../src/kube/hash/podTemplateHash'
import { withPodTemplateDefaults } from '../../../src/kube/podTemplate/podTemplateDefaults'
import { podTemplatesEqual } from '../../../src/kube/podTemplate/podTemplatesEqual'
import { fc } from '../../properties/fc'

const ofPod = {
  dnsPolicy: 'ClusterFirst',
  restartPolicy: 'Always',
  schedulerName: 'default-scheduler',
  securityContext: {},
  terminationGracePeriodSeconds: 30,
}
const ofContainer = {
  imagePullPolicy: 'IfNotPresent',
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
}
const spec = (given: object) => withPodTemplateDefaults({ spec: given }).spec as Record<string, unknown>
const container = (given: object) => (spec({ containers: [given] }).containers as unknown[])[0]
const volume = (given: object) => (spec({ volumes: [given] }).volumes as unknown[])[0]

describe('the defaults of a pod template', () => {
  it('are given to the pod', () => {
    expect(withPodTemplateDefaults({})).toEqual({ spec: ofPod })
    expect(withPodTemplateDefaults(undefined)).toEqual({ spec: ofPod })
    const own = { ...ofPod, dnsPolicy: 'None', restartPolicy: 'Never', terminationGracePeriodSeconds: 0 }
    expect(spec(own)).toEqual(own)
    expect(spec({ dnsPolicy: '', securityContext: null, terminationGracePeriodSeconds: null })).toEqual(ofPod)
  })

  it('are given to every kind of container, also one that is null', () => {
    const list = [null, { image: 'nginx' }]
    const expected = [ofContainer, { ...ofContainer, image: 'nginx', imagePullPolicy: 'Always' }]
    expect(spec({ containers: list, initContainers: list, ephemeralContainers: list })).toEqual({
      ...ofPod,
      containers: expected,
      initContainers: expected,
      ephemeralContainers: expected,
    })
  })

  it('are given within a container', () => {
    const probe = { periodSeconds: 10, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3 }
    const given = {
      ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP' }],
      env: [
        { valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { valueFrom: { fileKeyRef: { key: 'k' } } },
        { name: 'A' },
      ],
      livenessProbe: { httpGet: { port: 80 } },
      readinessProbe: { grpc: { port: 1 }, periodSeconds: 5, failureThreshold: 0 },
      startupProbe: {},
      lifecycle: { postStart: { httpGet: { path: '/x' } }, preStop: { exec: {} } },
      resources: { limits: { cpu: '1500u', memory: '1Gi' }, requests: { cpu: null, memory: 'what' } },
    }
    expect(container(given)).toEqual({
      ...ofContainer,
      ports: [
        { containerPort: 80, protocol: 'TCP' },
        { containerPort: 53, protocol: 'UDP' },
      ],
      env: [
        { valueFrom: { fieldRef: { fieldPath: 'metadata.name', apiVersion: 'v1' } } },
        { valueFrom: { fileKeyRef: { key: 'k', optional: false } } },
        { name: 'A' },
      ],
      livenessProbe: { ...probe, httpGet: { port: 80, path: '/', scheme: 'HTTP' } },
      readinessProbe: { ...probe, periodSeconds: 5, grpc: { port: 1, service: '' } },
      startupProbe: probe,
      lifecycle: { postStart: { httpGet: { path: '/x', scheme: 'HTTP' } }, preStop: { exec: {} } },
      resources: { limits: { cpu: '2m', memory: '1Gi' }, requests: { cpu: null, memory: 'what' } },
    })
  })

  it.each([
    [{ name: 'a' }, { name: 'a', emptyDir: {} }],
    [
      { emptyDir: null, unknown: {} },
      { emptyDir: {}, unknown: {} },
    ],
    [{ image: { reference: 'nginx' } }, { image: { reference: 'nginx' } }],
    [{ hostPath: { path: '/a' } }, { hostPath: { path: '/a', type: '' } }],
    [{ secret: { defaultMode: 0 } }, { secret: { defaultMode: 0 } }],
    [{ secret: {} }, { secret: { defaultMode: 420 } }],
    [{ configMap: {} }, { configMap: { defaultMode: 420 } }],
    [
      { downwardAPI: { items: [{ fieldRef: {} }, { path: 'p' }] } },
      { downwardAPI: { items: [{ fieldRef: { apiVersion: 'v1' } }, { path: 'p' }], defaultMode: 420 } },
    ],
    [
      {
        projected: {
          sources: [{ serviceAccountToken: {} }, { downwardAPI: { items: [{ fieldRef: {} }] } }, { secret: {} }],
        },
      },
      {
        projected: {
          sources: [
            { serviceAccountToken: { expirationSeconds: 3600 } },
            { downwardAPI: { items: [{ fieldRef: { apiVersion: 'v1' } }] } },
            { secret: {} },
          ],
          defaultMode: 420,
        },
      },
    ],
    [{ iscsi: { iscsiInterface: '' } }, { iscsi: { iscsiInterface: 'default' } }],
    [{ rbd: { user: 'me' } }, { rbd: { user: 'me', pool: 'rbd', keyring: '/etc/ceph/keyring' } }],
    [{ azureDisk: {} }, { azureDisk: { cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' } }],
    [
      { azureDisk: { fsType: '' } },
      { azureDisk: { cachingMode: 'ReadWrite', fsType: '', readOnly: false, kind: 'Shared' } },
    ],
    [{ scaleIO: {} }, { scaleIO: { storageMode: 'ThinProvisioned', fsType: 'xfs' } }],
    [{ ephemeral: {} }, { ephemeral: {} }],
    [
      { ephemeral: { volumeClaimTemplate: {} } },
      { ephemeral: { volumeClaimTemplate: { spec: { volumeMode: 'Filesystem' } } } },
    ],
    [
      { ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '1u' } } } } } },
      {
        ephemeral: {
          volumeClaimTemplate: { spec: { volumeMode: 'Filesystem', resources: { requests: { storage: '1m' } } } },
        },
      },
    ],
  ])('are given to the volume %j', (given, expected) => {
    expect(volume(given)).toEqual(expected)
  })

  it('are not those that only a Pod gets', () => {
    const given = {
      hostNetwork: true,
      containers: [{ ports: [{ containerPort: 80 }], resources: { limits: { cpu: '1' } } }],
    }
    expect(spec(given)).toEqual({
      ...ofPod,
      hostNetwork: true,
      containers: [
        { ...ofContainer, ports: [{ containerPort: 80, protocol: 'TCP' }], resources: { limits: { cpu: '1' } } },
      ],
    })
  })

  it('round the overhead and the resources of the whole pod', () => {
    const given = { overhead: { cpu: '-1n' }, resources: { limits: { cpu: '0.0001Ki' } } }
    expect(spec(given)).toEqual({ ...ofPod, overhead: { cpu: '-1m' }, resources: { limits: { cpu: '103m' } } })
  })

  it('share what they leave alone, and are given once', () => {
    const given = {
      metadata: { labels: { app: 'a' } },
      spec: { containers: [{ image: 'a:1', env: [{ name: 'A' }] }], volumes: [{ csi: {} }] },
    }
    const once = withPodTemplateDefaults(given) as typeof given
    expect(once.metadata).toBe(given.metadata)
    expect(once.spec.volumes).toBe(given.spec.volumes)
    expect(once.spec.containers[0]?.env).toBe(given.spec.containers[0]?.env)
    expect(withPodTemplateDefaults(once)).toBe(once)
  })

  it('never throw, change nothing that was given, and settle at once', () => {
    const field = fc.constantFrom(
      'containers',
      'volumes',
      'secret',
      'env',
      'valueFrom',
      'fieldRef',
      'resources',
      'limits',
      'httpGet',
      '__proto__',
    )
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 7 },
        fc.anything({ maxDepth: 1 }),
        fc.array(tie('value'), { maxLength: 3 }),
        tie('object'),
      ),
      object: fc.dictionary(field, tie('value'), { maxKeys: 4 }),
    }))
    fc.assert(
      fc.property(tree.value, (given) => {
        const template = { spec: given }
        const before = podTemplateJson(template)
        const once = withPodTemplateDefaults(template)
        expect(podTemplateJson(withPodTemplateDefaults(once))).toBe(podTemplateJson(once))
        expect(podTemplateJson(template)).toBe(before)
        expect(podTemplatesEqual(once, template)).toBe(true)
      }),
      { verbose: 1, numRuns: 500 },
    )
  })
})
