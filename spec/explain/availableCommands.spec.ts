import { describe, expect, test } from 'vitest'
import { availableCommands } from '../../src/explain/availableCommands'
import { outlook } from '../../src/explain/outlook'
import { observedAt, stories } from './states'

const storyOf = (name: string) => stories[name] as NonNullable<(typeof stories)[string]>
const verdicts = (name: string, second: number) =>
  Object.fromEntries(
    availableCommands(observedAt(storyOf(name), second), { previews: false }).map((one) => [one.command, one]),
  )

describe('availableCommands', () => {
  test('at rest: nothing to promote, abort or retry, and no revision to go back to', () => {
    const found = verdicts('nothing at all', 40)
    expect(found.promote).toMatchObject({ verdict: 'pointless', why: 'nothing is being updated and nothing is paused' })
    expect(found.abort).toMatchObject({ verdict: 'pointless', why: expect.stringContaining('nothing to abort') })
    expect(found.retry).toMatchObject({ verdict: 'pointless' })
    expect(found.undo).toMatchObject({ verdict: 'refused', why: 'no revision found for rollout "fig"' })
    expect(found.resume).toMatchObject({ verdict: 'pointless', why: 'spec.paused is not set' })
  })

  test('says what promote and abort break', () => {
    expect(verdicts('an abort', 60).promote).toMatchObject({ verdict: 'pointless' })
    expect(verdicts('an abort', 60)['promote --full']?.breaks[0]).toContain('the revision that was aborted goes live')
    const analysed = verdicts('an analysis', 20).promote
    expect(analysed?.breaks).toEqual([
      expect.stringMatching(/^step 1 of 1 \(analysis\) is skipped, and AnalysisRun fig-/),
    ])
    expect(verdicts('a pause for a person', 40).abort?.breaks).toHaveLength(1)
  })

  test('previews what comes of each that is possible, in a sentence and as frames', () => {
    const commands = availableCommands(observedAt(storyOf('a pause for a person'), 40))
    const promote = commands.find(({ command }) => command === 'promote')
    expect(promote?.preview).toMatchObject({ outcome: 'healthy', sentence: expect.stringContaining('Healthy') })
    expect(promote?.preview?.timeline.frames.at(-1)?.pods).toMatchObject([{ revision: 2, wanted: 4, available: 4 }])
    expect(commands.filter(({ verdict, preview }) => verdict !== 'possible' && preview)).toEqual([])
  })
})

/** What a person can see of a second; commands that only hold or restart are not told from doing nothing by it. */
const told = ['promote', 'promote --full', 'abort', 'retry', 'resume', 'undo'] as const

describe('what is said of a command is what the simulator shows', () => {
  const states = Object.keys(stories).flatMap((name) => [12, 40, 100].map((second) => [name, second] as const))

  test.for(states)('%s, second %i', ([name, second]) => {
    const observation = observedAt(storyOf(name), second)
    const options = { pods: storyOf(name).pods ?? { readyAfterSeconds: 5 } }
    const framesWith = (command: (typeof told)[number] | undefined) =>
      outlook(observation, command ? [{ command }] : [], options).timeline.frames
    const alone = framesWith(undefined)
    for (const command of told) {
      const verdict = availableCommands(observation, { previews: false }).find(
        (one) => one.command === command,
      )?.verdict
      const isSame = JSON.stringify(framesWith(command)) === JSON.stringify(alone)
      expect([command, verdict === 'possible']).toEqual([command, !isSame])
    }
  })

  test('a Rollout that never settles is cut off soon, and says so', () => {
    const replicas = 2 ** 31 - 1
    const labels = { app: 'web', 'rollouts-pod-template-hash': 'cb5d95cc5' }
    const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:2' }] } }
    const strategy = { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } }
    const previews = availableCommands({
      now: '2030-01-01T00:00:00Z',
      rollout: {
        metadata: { name: 'web' },
        spec: { replicas, selector: { matchLabels: { app: 'web' } }, template, strategy },
        status: { stableRS: 'cb5d95cc5' },
      },
      replicaSets: [{ metadata: { name: 'web-cb5d95cc5', labels }, spec: { replicas }, status: { replicas } }],
    } as never).flatMap(({ preview }) => preview ?? [])
    const restless = previews.filter(({ assumes }) => assumes.some((text) => text.includes('again and again')))
    expect(restless.length).toBeGreaterThan(2)
    for (const { timeline } of previews) expect(timeline.reconciles).toBeLessThan(400)
  })

  test('a preview is cut off after 2,000 reconciles, or as asked', () => {
    // Every reconcile makes another Experiment while the Rollout is paused.
    const observed = {
      rollout: {
        metadata: { name: 'web' },
        spec: {
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { labels: { app: 'web' } },
            spec: { containers: [{ name: 'web', image: 'web:2' }] },
          },
          strategy: { canary: { steps: [{ experiment: {} }] } },
        },
        status: { stableRS: 'cb5d95cc5' },
      },
      replicaSets: [{ metadata: { labels: { app: 'web', 'rollouts-pod-template-hash': 'cb5d95cc5' } } }],
    }
    const pause = (options: object) =>
      availableCommands(observed as never, options).find(({ command }) => command === 'pause')?.preview
    expect(pause({})?.timeline.reconciles).toBeLessThan(2200)
    expect(pause({ maxReconciles: 40 })?.assumes[0]).toMatch(/^nothing else happens later: cut off/)
  })
})
