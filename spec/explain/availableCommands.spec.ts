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
})
