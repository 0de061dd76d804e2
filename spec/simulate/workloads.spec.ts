import { describe, expect, test } from 'vitest'
import { type SimulationInput, simulate, type WorldEvent } from '../../src/simulate/index'

// A Rollout whose template is another object's: updates, undo and scaling go to that object.

const template = { metadata: { labels: { app: 'pear' } }, spec: { containers: [{ name: 'pear', image: 'pear:1' }] } }
const metadata = { name: 'pear-base', namespace: 'shop' }
const selector = { matchLabels: { app: 'pear' } }
const workloads = {
  Deployment: { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 3, selector, template } },
  ReplicaSet: { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata, spec: { replicas: 0, selector, template } },
  PodTemplate: { apiVersion: 'v1', kind: 'PodTemplate', metadata, template },
} as const

const story = (
  kind: keyof typeof workloads,
  events: readonly WorldEvent[],
  more: Partial<SimulationInput> = {},
  scaleDown = 'onsuccess',
) => {
  const workload = workloads[kind]
  const workloadRef = { apiVersion: workload.apiVersion, kind, name: 'pear-base', scaleDown }
  const spec = { replicas: 2, selector, strategy: { canary: {} }, workloadRef }
  const rollout = { kind: 'Rollout', metadata: { name: 'pear', namespace: 'shop' }, spec }
  return simulate({ manifests: [rollout, workload], events, untilSeconds: 120, missing: 'strict', ...more })
}

describe('a Rollout with workloadRef', () => {
  test('is updated by a PodTemplate, and not rolled back: upstream patches a path that a PodTemplate does not have', () => {
    const { frames, issues } = story('PodTemplate', [
      { atSeconds: 10, image: 'pear:2' },
      { atSeconds: 30, command: 'undo' },
    ])
    expect(frames.at(-1)?.pods).toMatchObject([{ revision: 2, wanted: 2, available: 2 }])
    expect(issues).toMatchObject([
      {
        code: 'command-refused',
        message: 'replace operation does not apply: doc is missing path: /spec/template: missing value',
      },
    ])
  })

  test.for(['Deployment', 'ReplicaSet'] as const)('is updated and rolled back by its %s', (kind) => {
    const { frames, issues, objects } = story(kind, [
      { atSeconds: 10, image: 'pear:2' },
      { atSeconds: 30, command: 'undo' },
    ])
    expect(issues).toEqual([])
    expect(frames.filter(({ atSeconds }) => atSeconds < 30).at(-1)?.pods).toMatchObject([
      { revision: 2, wanted: 2, available: 2 },
    ])
    expect(frames.at(-1)?.pods).toMatchObject([{ revision: 3, wanted: 2, available: 2 }])
    const holder = objects[`${kind.toLowerCase()}s/shop/pear-base`]
    // What `undo` writes has gone through Kubernetes' types, which print resources always.
    const [container] = template.spec.containers
    const restored = { ...template, spec: { ...template.spec, containers: [{ ...container, resources: {} }] } }
    expect(holder?.spec).toMatchObject({ template: restored })
    expect((objects['rollouts/shop/pear'] as { spec?: object } | undefined)?.spec).not.toHaveProperty('template')
  })

  test('takes over from its Deployment at once, or leaves it alone', () => {
    const sizes = (scaleDown: string) => {
      const { frames } = story('Deployment', [{ atSeconds: 20, workloadReplicas: 5 }], {}, scaleDown)
      return frames.map(({ atSeconds, workload }) => [atSeconds, workload])
    }
    expect(sizes('onsuccess')).toEqual([[0, 0]])
    expect(sizes('never')).toEqual([
      [0, 3],
      [20, 5],
    ])
  })

  test('without one, there is nothing to scale', () => {
    const spec = { replicas: 1, selector, strategy: { canary: {} }, template }
    const rollout = { kind: 'Rollout', metadata: { name: 'pear', namespace: 'shop' }, spec }
    const { issues } = simulate({
      manifests: [rollout],
      events: [{ atSeconds: 5, workloadReplicas: 2 }],
      untilSeconds: 9,
    })
    expect(issues).toMatchObject([{ code: 'command-refused', message: 'the Rollout has no workloadRef' }])
  })

  test('deleted, it takes its pods along and leaves the workload', () => {
    const { frames, events, objects } = story('Deployment', [
      { atSeconds: 20, command: 'delete' },
      { atSeconds: 30, command: 'promote' },
    ])
    expect(frames.at(-1)).toMatchObject({ atSeconds: 20, message: 'the Rollout is deleted', pods: [] })
    expect(events.at(-1)).toMatchObject({ reason: 'RolloutDeleted', message: 'Rollout pear/shop is deleted.' })
    expect(Object.keys(objects)).toEqual(['deployments/shop/pear-base'])
  })
})
