import { describe, expect, test } from 'vitest'
import { desk } from './captured'

const { put, run } = desk()

const owned = (kind: string, uid: string): string =>
  `ownerReferences: [{apiVersion: v1, kind: ${kind}, name: any, uid: ${uid}, controller: true}]`

const replicaSet = (hash: string, revision: number, replicas: number): string => `
- apiVersion: apps/v1
  kind: ReplicaSet
  metadata:
    {name: web-${hash}, namespace: shop, uid: r${hash}, creationTimestamp: '2030-01-01T00:59:00Z', labels: {rollouts-pod-template-hash: ${hash}}, annotations: {rollout.argoproj.io/revision: '${revision}'}, ${owned('Rollout', 'u1')}}
  spec:
    replicas: ${replicas}
    selector: {matchLabels: {app: web}}
    template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: 'web:${revision}'}]}}
  status: {replicas: ${replicas}, readyReplicas: ${replicas}, availableReplicas: ${replicas}}`

const rollout = (name: string, status: string): string => `
- apiVersion: argoproj.io/v1alpha1
  kind: Rollout
  metadata: {name: ${name}, namespace: shop, uid: u1, generation: 3, creationTimestamp: '2030-01-01T00:00:00Z'}
  spec:
    replicas: 4
    selector: {matchLabels: {app: web}}
    strategy: {canary: {steps: [{setWeight: 25}, {pause: {}}]}}
    template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: 'web:2'}]}}
  status: {observedGeneration: '3', currentStepIndex: 1, currentPodHash: b, stableRS: a, replicas: 4, updatedReplicas: 1, readyReplicas: 4, availableReplicas: 4, ${status}}`

const pod = `
- apiVersion: v1
  kind: Pod
  metadata: {name: web-b-x, namespace: shop, uid: p, creationTimestamp: '2030-01-01T00:59:00Z', ${owned('ReplicaSet', 'rb')}}
  spec: {containers: [{name: web, image: 'web:2'}]}
  status: {phase: Running, containerStatuses: [{name: web, ready: true, restartCount: 1, state: {running: {}}}]}`

const paused = rollout('web', 'phase: Paused, message: CanaryPauseStep')
const listOf = (...items: readonly string[]): string => `apiVersion: v1\nkind: List\nitems:${items.join('')}\n`
const dump = listOf(paused, replicaSet('a', 1, 3), replicaSet('b', 2, 1), pod)

describe('rollout-engine get rollout', () => {
  test('prints the tree of a dump', () => {
    const { code, out, err } = run('get', 'rollout', put('dump.yaml', dump), '--now', '2030-01-01T01:10:00Z')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.split('\n').map((line) => line.trimEnd())).toEqual([
      'Name:            web',
      'Namespace:       shop',
      'Status:          ॥ Paused',
      'Message:         CanaryPauseStep',
      'Strategy:        Canary',
      '  Step:          1/2',
      '  SetWeight:     25',
      '  ActualWeight:  25',
      'Images:          web:1 (stable)',
      '                 web:2 (canary)',
      'Replicas:',
      '  Desired:       4',
      '  Current:       4',
      '  Updated:       1',
      '  Ready:         4',
      '  Available:     4',
      '',
      'NAME                KIND        STATUS     AGE  INFO',
      '⟳ web               Rollout     ॥ Paused   70m',
      '├──# revision:2',
      '│  └──⧉ web-b       ReplicaSet  ✔ Healthy  11m  canary',
      '│     └──□ web-b-x  Pod         ✔ Running  11m  ready:1/1,restarts:1',
      '└──# revision:1',
      '   └──⧉ web-a       ReplicaSet  ✔ Healthy  11m  stable',
      '',
    ])
  })

  test('gives the same as JSON', () => {
    const { out } = run('get', 'rollout', put('dump.yaml', dump), '--output', 'json')
    expect(JSON.parse(out)).toMatchObject({ status: 'Paused', replicaSets: [{ pods: [{ ready: '1/1' }] }, {}] })
  })

  test('shows what a terminal would obey', () => {
    const odd = dump.replace('CanaryPauseStep', "'\\x1b[2Jgone'".replaceAll("'", '"'))
    const { out } = run('get', 'rollout', put('dump.yaml', odd))
    expect(out).toContain('Message:         \\x1b[2Jgone\n')
  })

  test('asks which one is meant, and says what there is', () => {
    const two = put('two.yaml', listOf(paused, rollout('api', 'phase: Healthy')))
    expect(run('get', 'rollout', two)).toMatchObject({
      code: 1,
      err: 'rollout-engine: say which one is meant, with --rollout or --namespace: there are shop/web, shop/api\n',
    })
    expect(run('get', 'rollout', two, '--rollout', 'wep').err).toContain("no Rollout is called 'wep'")
    expect(run('get', 'experiment', two)).toMatchObject({
      code: 1,
      err: 'rollout-engine: there is no Experiment in the files\n',
    })
    expect(run('get', 'rollout')).toMatchObject({ code: 2 })
    expect(run('get', 'rollout', two, '--now', 'noon')).toMatchObject({ code: 2 })
  })

  test('ends where the workload is not among the files, as upstream', () => {
    const referring = dump.replace(
      'replicas: 4\n',
      'replicas: 4\n    workloadRef: {apiVersion: apps/v1, kind: Deployment, name: gone}\n',
    )
    const { code, err } = run('get', 'rollout', put('dump.yaml', referring.replace(/ {4}template: .*web:2.*\n/, '')))
    expect({ code, err }).toEqual({ code: 1, err: 'rollout-engine: deployment.apps "gone" not found\n' })
  })
})

test('rollout-engine list rollouts shows a line each, and namespaces where there are several', () => {
  const elsewhere = rollout('api', 'phase: Healthy').replace('namespace: shop', 'namespace: edge')
  const file = put('all.yaml', listOf(paused, elsewhere))
  expect(run('list', 'rollouts', file).out).toBe(`\
NAMESPACE  NAME        STRATEGY   STATUS        STEP  SET-WEIGHT  READY  DESIRED  UP-TO-DATE  AVAILABLE
edge       api         Canary     Healthy       1/2   25          4/4    4        1           4        
shop       web         Canary     Paused        1/2   25          4/4    4        1           4        
`)
  expect(run('list', 'rollouts', file, '-n', 'shop').out.split('\n')).toHaveLength(3)
  expect(run('list', 'experiments', file)).toEqual({ code: 0, out: '', err: 'No resources found.\n' })
})

test('rollout-engine status fails where a Rollout is Degraded', () => {
  expect(run('status', put('dump.yaml', dump))).toEqual({ code: 0, out: 'Paused - CanaryPauseStep\n', err: '' })
  const degraded = put('bad.yaml', listOf(rollout('web', 'phase: Degraded, message: timed out')))
  expect(run('status', degraded)).toEqual({
    code: 3,
    out: 'Degraded\n',
    err: 'The rollout is in a degraded state with message: timed out\n',
  })
})

test('rollout-engine metrics prints what a scrape finds', () => {
  const { code, out } = run('metrics', put('dump.yaml', dump))
  expect(code).toBe(0)
  expect(out).toContain('rollout_info_replicas_updated{name="web",namespace="shop"} 1\n')
})
