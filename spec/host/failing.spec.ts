import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../../src/model/meta'
import { faultsOfAll, sampleOf } from '../adapters/failingTrials'
import { propertySeed } from '../properties/seed'
import { live, trialsOf } from './failingLives'
import { portNames } from './failingPorts'
import { stories } from './failingStories'

// Issue 12, "failing host", for all kinds together: whole lives under a host whose k-th call of a port fails, or whose process dies
// at its k-th write. spec/adapters/failingHost.spec.ts has the same for `drive`. `npm run failing-hosts` tries every k.

const every = 300

const phasesOf = (objects: readonly KubeObject[]): readonly string[] =>
  objects
    .flatMap(({ kind, status }) => {
      const { phase } = (status ?? {}) as { readonly phase?: string }
      return phase ? [`${kind}: ${phase}`] : []
    })
    .sort()

const lives = await Promise.all(
  stories.map(async (story) => ({ story, smooth: await live(story, { kind: 'smooth' }) })),
)

describe.each(lives.map((one) => ({ ...one, name: one.story.name })))(
  `$name (PROPERTY_SEED=${propertySeed})`,
  ({ story, smooth }) => {
    test('comes to its end when nothing fails', () => {
      expect(phasesOf(smooth.cluster.objects())).toEqual(story.end)
      expect(smooth.errors).toEqual([])
    })

    test('same end, no event lost, nothing twice, whatever fails once', async () => {
      expect(await faultsOfAll(sampleOf(trialsOf(story, smooth), every, propertySeed))).toEqual([])
    })
  },
)

test('every port is called in one life or another', () => {
  expect(portNames.filter((port) => lives.every(({ smooth }) => smooth.calls[port] === 0))).toEqual([])
})
