import { describe, expect, it, test } from 'vitest'
import { parseManifests } from '../../src/input/index'
import type { KubeObject } from '../../src/model/meta'
import { type SimulationInput, simulate } from '../../src/simulate/index'

// `kubectl apply` of changed manifests while a Rollout runs.

const text = (image: string, more = '', replicas = 'replicas: 2') => `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web, namespace: shop}
spec:
  ${replicas}
  selector: {matchLabels: {app: web}}
  strategy: {canary: {steps: [{setWeight: 50}, {pause: {duration: 30}}]${more}}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "${image}"}]}
`
// No cast: what the reader gives fits what the simulator takes.
const read = (yaml: string) => parseManifests(yaml).objects
const first = read(text('web:1'))
const second = read(text('web:2'))
const run = (input: Partial<SimulationInput>) => simulate({ manifests: first, untilSeconds: 300, ...input })
const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { a: '1' } }
const codes = ({ issues }: ReturnType<typeof simulate>) => issues.map(({ code, path }) => `${code} ${path}`)

describe('apply', () => {
  it('starts an update at its time, as a new image does', () => {
    const applied = run({ events: [{ atSeconds: 20, apply: second }] })
    const updated = run({ events: [{ atSeconds: 20, image: 'web:2' }] })
    expect(applied.frames).toEqual(updated.frames)
    expect(applied.issues).toEqual(updated.issues)
  })

  it('waits for the Rollout to be Healthy, one apply after the other', () => {
    const third = read(text('web:3'))
    const { frames } = run({
      events: [
        { whenHealthy: true, apply: second },
        { whenHealthy: true, apply: third },
      ],
    })
    const seen = [1, 2, 3].map(
      (revision) => frames.find(({ pods }) => pods.some((one) => one.revision === revision))?.atSeconds,
    )
    expect(seen).toEqual([0, 1, 32])
    expect(frames.at(-1)).toMatchObject({ phase: 'Healthy', pods: [{ revision: 3, wanted: 2, available: 2 }] })
  })

  it('says so where the Rollout never is Healthy', () => {
    const timeline = run({ pods: { neverReadyImages: ['web:1'] }, events: [{ whenHealthy: true, apply: second }] })
    expect(codes(timeline)).toContain('event-not-due events[0]')
  })

  it('changes the strategy and the scale without an update', () => {
    const events = [{ atSeconds: 10, apply: read(text('web:1', ', maxSurge: 2', 'replicas: 5')) }]
    const timeline = run({ events })
    expect(timeline.frames.at(-1)).toMatchObject({ phase: 'Healthy', pods: [{ revision: 1, wanted: 5, available: 5 }] })
    expect(timeline.objects['rollouts/shop/web']).toMatchObject({ spec: { strategy: { canary: { maxSurge: 2 } } } })
  })

  it('takes away what the last apply had, and leaves what others set', () => {
    const events = [
      { atSeconds: 10, specPatch: { progressDeadlineSeconds: 77 } },
      { atSeconds: 20, apply: read(text('web:1', '', 'revisionHistoryLimit: 3')) },
    ]
    const spec = run({ events }).objects['rollouts/shop/web']?.spec
    expect(spec).toMatchObject({ progressDeadlineSeconds: 77, revisionHistoryLimit: 3 })
    // The definition of Rollouts fills in 1 replica.
    expect(spec).toHaveProperty('replicas', 1)
  })

  it('goes by the note of the last apply on what was read from a cluster, and warns where there is none', () => {
    const live = (annotations: Record<string, string>): readonly KubeObject[] =>
      read(text('web:1', '', 'replicas: 2\n  progressDeadlineSeconds: 77')).map((object) => ({
        ...object,
        metadata: { ...object.metadata, uid: 'live-1', generation: 4, annotations },
      }))
    const last = JSON.stringify({ spec: { progressDeadlineSeconds: 77 } })
    const events = [{ atSeconds: 5, apply: second }]
    const noted = run({ manifests: live({ 'kubectl.kubernetes.io/last-applied-configuration': last }), events })
    expect(noted.objects['rollouts/shop/web']?.spec).not.toHaveProperty('progressDeadlineSeconds')
    const unknown = run({ manifests: live({}), events })
    expect(unknown.objects['rollouts/shop/web']?.spec).toHaveProperty('progressDeadlineSeconds', 77)
    expect(unknown.issues.find(({ code }) => code === 'apply-keeps')?.message).toContain('spec.progressDeadlineSeconds')
  })

  it('creates what is not there, and assumes what the Rollout names from then on', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selector: { app: 'web' } } }
    const named = read(text('web:2', ', stableService: web, canaryService: web-canary'))
    const timeline = run({ events: [{ atSeconds: 5, apply: [service, ...named] }] })
    expect(timeline.assumed.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['Service web-canary'])
    expect(timeline.objects['services/shop/web']?.spec).toHaveProperty('selector.rollouts-pod-template-hash')
    expect(timeline.outcome).toBe('healthy')
  })

  it('applies a workload that the Rollout refers to', () => {
    const rollout = `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web, namespace: shop}
spec:
  replicas: 1
  workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  strategy: {canary: {}}
`
    const deployment = (image: string) => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 0
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "${image}"}]}
`
    const events = [{ whenHealthy: true, apply: read(deployment('web:2')) }]
    const { frames } = simulate({ manifests: read(rollout + deployment('web:1')), events, untilSeconds: 60 })
    expect(frames.at(-1)).toMatchObject({ phase: 'Healthy', pods: [{ revision: 2, wanted: 1, available: 1 }] })
  })

  test.for([
    ['the same again', [config], 'command-without-effect events[5s]'],
    ['what is no object', [{ kind: 'Service' }], 'no-object events[0].apply[0]'],
    ['another Rollout', [{ ...first[0], metadata: { name: 'api' } }], 'other-rollout events[0].apply[0]'],
  ] as const)('%s is an issue', ([, apply, issue]) => {
    const manifests = [...first, config]
    expect(codes(run({ manifests, events: [{ atSeconds: 5, apply: apply as readonly KubeObject[] }] }))).toContain(
      issue,
    )
  })

  it('keeps names that are special in JavaScript out of prototypes', () => {
    const evil = JSON.parse(
      '{"kind":"Rollout","metadata":{"name":"web","namespace":"shop"},"spec":{"__proto__":{"x":1}}}',
    )
    const { objects } = run({ events: [{ atSeconds: 5, apply: [evil] }] })
    const spec = objects['rollouts/shop/web']?.spec ?? {}
    expect((spec as { x?: unknown }).x).toBeUndefined()
  })
})

describe('options that nothing reads are issues', () => {
  test.for([
    [{ untilSecond: 3 }, 'unknown-option untilSecond', 'untilSeconds'],
    [{ pods: { readyAfter: 3 } }, 'unknown-option pods.readyAfter', 'readyAfterSeconds'],
    [{ router: { lag: 3 } }, 'unknown-option router.lag', 'lagSeconds'],
    [{ events: [{ atSeconds: 1, imagee: 'x' }] }, 'unknown-option events[0].imagee', 'image'],
  ] as const)('%o', ([input, issue, hint]) => {
    const timeline = run(input as unknown as Partial<SimulationInput>)
    expect(codes(timeline)).toContain(issue)
    expect(timeline.issues.find(({ code }) => code === 'unknown-option')?.message).toContain(hint)
  })
})
