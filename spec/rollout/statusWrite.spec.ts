import { expect, test } from 'vitest'
import type { RolloutStatus } from '../../src/model/rolloutStatus'
import { patchedStatus } from '../../src/rollout/turn/statusWrite'

test('a field of the observed status that is called __proto__ is a field as any other', () => {
  const before = JSON.parse('{"__proto__":{"a":1},"phase":"Healthy","message":"x"}') as RolloutStatus
  const after = patchedStatus(before, { ...before, phase: 'Paused', message: '' })
  expect(Object.getPrototypeOf(after)).toBe(Object.prototype)
  expect(Object.entries(after)).toEqual([
    ['__proto__', { a: 1 }],
    ['phase', 'Paused'],
  ])
})

test('fields keep their places, new ones follow, and an unchanged status is the same object', () => {
  const before: RolloutStatus = { replicas: 1, phase: 'Progressing', message: 'm', stableRS: 'a' }
  const next = { ...before, message: undefined, readyReplicas: 1, phase: 'Healthy' } as RolloutStatus
  expect(Object.entries(patchedStatus(before, next))).toEqual([
    ['replicas', 1],
    ['phase', 'Healthy'],
    ['stableRS', 'a'],
    ['readyReplicas', 1],
  ])
  expect(patchedStatus(before, { ...before })).toBe(before)
})
