import { describe, expect, test } from 'vitest'
import { type Rollout, reconcileService, type Service } from '../../src/index'

const managedBy = (name: string) => ({ 'argo-rollouts.argoproj.io/managed-by-rollouts': name })
const service = (annotations?: Record<string, string>, selector: Record<string, string> = hashed): Service => ({
  metadata: { namespace: 'shop', name: 'web', annotations },
  spec: { selector },
})
const hashed = { app: 'web', 'rollouts-pod-template-hash': '6c8f7d' }
const rollout = (name: string, activeService: string, namespace = 'shop'): Rollout => ({
  metadata: { namespace, name },
  spec: { strategy: { blueGreen: { activeService } } },
})
const freed = {
  changes: [{ kind: 'selectPods', namespace: 'shop', name: 'web', podTemplateHash: null, managedBy: null }],
  lookAt: [],
}
const left = { changes: [], lookAt: [] }
const looksAt = (name: string) => ({ changes: [], lookAt: [{ kind: 'Rollout', namespace: 'shop', name }] })

describe('a Service with a hash in its selector', () => {
  test('is freed once its Rollout is gone', () => {
    expect(reconcileService({ service: service(managedBy('web')), rollouts: [] })).toEqual(freed)
  })

  test('is freed once its Rollout names another Service', () => {
    const rollouts = [rollout('web', 'elsewhere')]
    expect(reconcileService({ service: service(managedBy('web')), rollouts })).toEqual(freed)
  })

  test('is freed though a Rollout names it that is not the one that manages it, or lives elsewhere', () => {
    const rollouts = [rollout('other', 'web'), rollout('web', 'web', 'elsewhere')]
    expect(reconcileService({ service: service(managedBy('web')), rollouts })).toEqual(freed)
  })

  test('sends for its Rollout while that names it', () => {
    const rollouts = [rollout('other', 'web'), rollout('web', 'web')]
    expect(reconcileService({ service: service(managedBy('web')), rollouts })).toEqual(looksAt('web'))
  })

  test('without a manager sends for the first Rollout that names it', () => {
    const rollouts = [rollout('a', 'x'), rollout('b', 'web'), rollout('c', 'web')]
    expect(reconcileService({ service: service(), rollouts })).toEqual(looksAt('b'))
  })

  test('without a manager keeps the hash where nobody names it, as upstream has it', () => {
    expect(reconcileService({ service: service(), rollouts: [rollout('a', 'x')] })).toEqual(left)
  })

  test('with an empty manager belongs to nobody', () => {
    expect(reconcileService({ service: service(managedBy('')), rollouts: [rollout('web', 'web')] })).toEqual(freed)
  })
})

test('a Service without a hash in its selector is left alone, whoever manages it', () => {
  const rollouts = [rollout('web', 'web')]
  expect(reconcileService({ service: service(managedBy('web'), { app: 'web' }), rollouts })).toEqual(left)
})

test('of two strategies in one Rollout blue-green has the word', () => {
  const both: Rollout = {
    metadata: { namespace: 'shop', name: 'web' },
    spec: { strategy: { blueGreen: { activeService: 'x' }, canary: { stableService: 'web' } } },
  }
  expect(reconcileService({ service: service(managedBy('web')), rollouts: [both] })).toEqual(freed)
})
