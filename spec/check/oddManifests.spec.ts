import { describe, expect, test } from 'vitest'
import { checkEveryWay, tryStrategy } from '../../src/check/index'
import { nodes, schedule, slowLeak } from '../../src/simulate/index'

// Found by `npm run attack -- --seed 77` and `--seed 21`.

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
const rollout = (more: object) => ({
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template, ...more },
})

describe('manifests with values that no file holds', () => {
  test('a bigint is no reason to throw', () => {
    const odd = { kind: 'ConfigMap', metadata: { name: 'odd', namespace: 'shop' }, data: { size: 10n } }
    const report = checkEveryWay([rollout({}), odd] as never, { depth: 1, mostStates: 2, invariants: [] })
    expect(report.states).toBeGreaterThan(0)
  })

  test('steps that are no list count as missing', () => {
    const strategy = { canary: { steps: 'x' } }
    const report = tryStrategy([rollout({ strategy })] as never, { runs: 1, invariants: [] })
    expect(report.counterexamples).toEqual([])
  })

  test('two Rollouts that fight for the same pods end with maxReconciles', () => {
    const other = { ...rollout({}), metadata: { name: 'other', namespace: 'shop' } }
    const report = tryStrategy([rollout({}), other] as never, {
      name: 'web',
      runs: 1,
      maxReconciles: 5,
      invariants: [],
    })
    expect(report.issues.map(({ code }) => code)).not.toEqual([])
  })
})

test('models read only numbers as numbers', () => {
  expect(schedule({ deeds: [], everySeconds: 10n } as never).name).toBe('schedule')
  expect(slowLeak({ startMegabytes: 10n, megabytesPerHour: 1, limitMegabytes: 1 } as never).name).toBe('slow leak')
  expect(nodes({ count: 1, podsPerNode: 1, losses: [{ atSeconds: {}, count: 1 }] } as never).name).toBe('nodes')
})
