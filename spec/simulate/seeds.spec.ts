import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { objectsOfKind, parseManifests } from '../../src/input'
import type { KubeObject } from '../../src/model/meta'
import { simulate } from '../../src/simulate/index'

// Every Rollout that people show when they write about Argo Rollouts, as they wrote it.

const folder = fileURLToPath(new URL('../input/fixtures/', import.meta.url))
const documents = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, ...parseManifests(readFileSync(`${folder}${name}`, 'utf8')) }))
  .filter(({ objects }) => objects.length > 0)
const others = documents.flatMap(({ objects }) => objects.filter(({ kind }) => kind !== 'Rollout')) as KubeObject[]
const rollouts = documents.flatMap(({ name, objects }) =>
  objectsOfKind(objects, 'Rollout').map((rollout) => ({ name, rollout })),
)

/** The Deployment of the one Rollout that refers to its workload; its author had it in the cluster. */
const deployment: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'argorollout' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'argorollout' } },
    template: {
      metadata: {
        labels: {
          app: 'quarkus-rollout-bluegreen',
          'app.kubernetes.io/version': 'blue',
          'app.kubernetes.io/name': 'argorollout',
        },
      },
      spec: { containers: [{ name: 'app', image: 'app:blue' }] },
    },
  },
}

describe('what people really write', () => {
  test('is there', () => {
    expect(rollouts.map(({ name }) => name)).toEqual([
      'seed-000-01.yaml',
      'seed-000-04.yaml',
      'seed-003-00.yaml',
      'seed-003-03.yaml',
    ])
  })

  test.each(rollouts)('$name becomes healthy, and its update when people promote it', ({ rollout }) => {
    const promote = { whenPaused: true, command: 'promote' } as const
    const update = rollout.spec.workloadRef ? [] : [{ atSeconds: 30, image: 'example/new:2' }]
    const { frames, issues } = simulate({
      manifests: [rollout as unknown as KubeObject, ...others, deployment],
      events: [...update, promote],
      pods: { readyAfterSeconds: 3 },
      untilSeconds: 900,
    })
    expect(issues).toEqual([])
    const revision = update.length > 0 ? 2 : 1
    expect(frames.find(({ atSeconds }) => atSeconds === 3)?.phase).toBe('Healthy')
    expect(frames.at(-1)).toMatchObject({ phase: 'Healthy', message: '' })
    expect(frames.at(-1)?.pods).toMatchObject([
      { revision: Number(revision), wanted: rollout.spec.replicas, available: rollout.spec.replicas },
    ])
  })

  test('with nothing else in the cluster a Rollout is invalid, and says what is missing', () => {
    const referring = rollouts.find(({ rollout }) => rollout.spec.workloadRef)?.rollout as unknown as KubeObject
    const { frames } = simulate({ manifests: [referring, ...others], missing: 'strict', untilSeconds: 60 })
    expect(frames.at(-1)?.phase).toBe('Degraded')
    expect(frames.at(-1)?.message).toContain('deployments.apps "default/argorollout" not found')
  })
})
