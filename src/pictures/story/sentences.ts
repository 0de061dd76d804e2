import { answersOf } from '../../simulate/answers/answers'
import type { UpdateAnswer } from '../../simulate/answers/updates'
import { clockText } from '../../view/clockText'
import { shownText } from './shownText'
import type { Story } from './story'
import { verdictsOf } from './verdicts'

const endings: Readonly<Record<string, string>> = {
  healthy: 'ends Healthy',
  progressing: 'is still Progressing',
  paused: 'ends Paused',
  degraded: 'ends Degraded',
  aborted: 'ends Degraded: the update was aborted',
  invalid: 'is refused by the controller: InvalidSpec',
  deleted: 'is deleted',
  'not-simulated': 'could not be simulated',
}

const mostMessage = 200

/** `Rollout shop/web`. */
export const titleOf = ({ kind, namespace, name }: Story): string =>
  `${kind} ${namespace === '' ? '' : `${namespace}/`}${name || 'without a name'}`

/** Both on one line of so many characters: of a long name the end is left out, not of how it ends. */
export function headlineOf(story: Story, mostCharacters: number): string {
  const ending = endingOf(story)
  return `${shownText(titleOf(story), Math.max(10, mostCharacters - ending.length - 1))} ${ending}`
}

/** `ends Healthy`. Only words of ours: it is shown as Markdown too. */
export function endingOf({ timeline: { outcome, frames } }: Story): string {
  const ending = Object.hasOwn(endings, outcome) ? endings[outcome] : undefined
  const waits = frames.at(-1)?.waitsFor
  const isWaiting = outcome === 'paused' && (waits === 'promote' || waits === 'resume')
  return `${ending ?? 'ends in an unknown way'}${isWaiting ? ` and waits for ${waits}` : ''}`
}

/** The story in a few sentences, for people who do not see the picture. */
export function sentencesOf(story: Story): readonly string[] {
  const { updates, peakPods } = answersOf(story.timeline)
  const { verdicts } = verdictsOf(story)
  const last = story.timeline.frames.at(-1)?.message ?? ''
  return [
    `${titleOf(story)} ${endingOf(story)}${last === '' ? '' : ` (${shownText(last, mostMessage)})`}.`,
    ...story.deeds.slice(0, 8).map(({ atSeconds, text, isRefused }) => {
      return `At ${clockText(atSeconds)}: ${text}${isRefused ? ', which is refused' : ''}.`
    }),
    ...updates.slice(-6).map(updateSentence),
    ...verdicts.map(({ kind, name, end }) => `${kind} ${name}: ${shownText(end, 40)}.`),
    `At most ${peakPods.pods} pods, from ${clockText(peakPods.atSeconds)} on.`,
  ]
}

const ends: readonly string[] = ['promoted', 'aborted', 'replaced'] satisfies UpdateAnswer['end'][]

/** What became of an update; only words and numbers of ours. */
export function updateSentence({ revision, end, fromSeconds, untilSeconds, exposureSeconds }: UpdateAnswer): string {
  const number = /^\d{1,9}$/.test(revision) ? revision : '?'
  const ended = ends.includes(end) ? `is ${end} at ${clockText(untilSeconds)}` : 'is not over'
  const exposure = Number.isFinite(exposureSeconds)
    ? `; until then its share of requests adds up to ${Math.round(exposureSeconds * 10) / 10} s of all requests`
    : ''
  return `The update to revision ${number} begins at ${clockText(fromSeconds)} and ${ended}${exposure}.`
}
