import { describe, expect, test } from 'vitest'
import type { Change } from '../../src/model/change'
import { propertySeed } from '../properties/seed'
import { rolloutKey } from './failingHost'
import { endedOf, live, liveMortal, trialsOf } from './failingLives'
import { stories } from './failingStories'
import { faultsOf, faultsOfAll, sampleOf } from './failingTrials'

// Issue 12, "failing host": whole lives under a host whose k-th call of a port fails, or whose process dies at its k-th write.
// `npm run failing-hosts` tries every k.

const every = 20

const isCreation = ({ kind }: Change): boolean => kind.startsWith('create')

describe.each(stories)(`$name (PROPERTY_SEED=${propertySeed})`, (story) => {
  test('comes to its end when nothing fails', async () => {
    const smooth = await live(story)
    expect(smooth.objects[rolloutKey]?.status).toMatchObject(story.end)
    expect(smooth.errors).toEqual([])
    expect(smooth.events.map(({ reason }) => reason)).toContain('RolloutCompleted')
    expect(smooth.changes.filter(isCreation).map(({ kind }) => kind)).toEqual(story.creates)
    expect(faultsOf(endedOf(await liveMortal(story)), endedOf(smooth), { errors: [0] })).toEqual([])
  })

  test('same end, no event lost, nothing twice, whatever fails once', async () => {
    expect(await faultsOfAll(sampleOf(await trialsOf(story), every, propertySeed))).toEqual([])
  })
})
