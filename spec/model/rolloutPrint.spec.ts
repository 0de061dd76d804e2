import { expect, test } from 'vitest'
import { withoutIdleFields } from '../../src/model/rolloutPrint'

const metadata = { name: 'web' }

test('fields that say nothing are not printed, however deep', () => {
  const printed = withoutIdleFields({
    metadata,
    spec: {
      paused: false,
      rollbackWindow: { revisions: 0 },
      strategy: {
        canary: {
          steps: [
            { setWeight: 0 },
            { setCanaryScale: { matchTrafficWeight: false, replicas: 0 } },
            {
              analysis: {
                args: [
                  { name: 'a', value: '' },
                  { name: 'b', value: 'x' },
                ],
              },
            },
          ],
        },
      },
    },
  })
  expect(printed).toEqual({
    metadata,
    spec: {
      rollbackWindow: {},
      strategy: {
        canary: {
          steps: [
            { setWeight: 0 },
            { setCanaryScale: { replicas: 0 } },
            { analysis: { args: [{ name: 'a' }, { name: 'b', value: 'x' }] } },
          ],
        },
      },
    },
  })
})

test('a Rollout without such fields stays the very same object', () => {
  const rollout = { metadata, spec: { paused: true, strategy: { canary: { steps: [{ pause: {} }] } } } }
  expect(withoutIdleFields(rollout)).toBe(rollout)
})
