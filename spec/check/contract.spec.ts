import { describe, expect, test } from 'vitest'
import { adapterContract } from '../../src/check/index'
import { memoryHost } from '../../src/memory/index'
import { brokenAdapters, soundSubject } from './brokenAdapters'

// The contract of adapters: ours keep it, and every check of it catches an adapter that does not.

const checks = adapterContract(soundSubject)

describe('adapters in memory keep the contract', () => {
  test.for(checks)('$id: $promise', async ({ run }) => expect(await run()).toBe('kept'))

  test('memoryHost has these adapters', async () => {
    const kept = await Promise.all(
      adapterContract(() => {
        const { cluster } = memoryHost([])
        return { ports: { cluster }, write: cluster.putObject, remove: cluster.removeObject }
      }).map(({ run }) => run()),
    )
    expect(new Set(kept)).toEqual(new Set(['kept', 'not for these']))
  })
})

describe('adapters with a defect are caught by the check that is about it', () => {
  test.for(brokenAdapters)('$check: $what', async ({ check, open }) => {
    const found = adapterContract(open).find(({ id }) => id === check)
    await expect(found?.run()).rejects.toThrow(`${check}: ${found?.promise}. But `)
  })

  test('every check has an adapter that only looks sound', () => {
    expect(new Set(brokenAdapters.map(({ check }) => check))).toEqual(new Set(checks.map(({ id }) => id)))
  })
})

test('a failure names the promise and what was seen; adapters are closed either way', async () => {
  let closed = 0
  const [broken] = brokenAdapters.filter(({ check }) => check === 'status-whole')
  const run = adapterContract(() => ({ ...broken!.open(), close: () => closed++ })).find(
    ({ id }) => id === 'status-whole',
  )?.run
  await expect(run?.()).rejects.toThrow(
    /status-whole: fields that a new status lacks go.* But the status is .*"abort":true/,
  )
  expect(closed).toBe(1)
})
