import type { Rollout } from '../model/rollout'
import { answersOf } from '../simulate/answers/answers'
import type { Timeline } from '../simulate/simulation'
import { clockText } from '../view/clockText'
import { rolloutOverTime } from '../view/rolloutOverTime'
import { describeTimeline } from '../view/timeline'
import { mermaidOf } from './mermaid'
import { endingOf, updateSentence } from './story/sentences'
import { shownText } from './story/shownText'
import { type Story, storyOf } from './story/story'
import { toneOf } from './svg/theme'

/**
 * A simulation as Markdown, to post on a pull request: how it ends, what that means for users, a table of its states,
 * and a chart that code hosts draw (Mermaid). Names and messages are code, so that nobody is mentioned and nothing is
 * linked by what a manifest says. Bounded: of many states the table has the first and the last ones.
 *
 * @example
 * import { timelineMarkdown } from 'rollout-engine/pictures'
 * import { simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const timeline = simulate({ manifests: [{ kind: 'Rollout', metadata: { name: 'web' }, spec }], untilSeconds: 60 })
 * timelineMarkdown(timeline).split('\n')[0] // => '### ✔ Rollout `default/web` ends Healthy'
 */
export function timelineMarkdown(timeline: Timeline): string {
  const story = storyOf(timeline)
  const { sign } = toneOf(story.timeline.frames.at(-1)?.phase ?? '')
  const name = `${story.namespace === '' ? '' : `${story.namespace}/`}${story.name}`
  const parts = [
    `### ${sign} ${story.kind} ${code(name || '?')} ${endingOf(story)}`,
    factLines(story).join('\n'),
    ...(story.moments.length === 0 ? [] : [statesOf(story), `\`\`\`mermaid\n${mermaidOf(story)}\`\`\``]),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const mostCell = 120

/** Text as code: Markdown reads nothing in it. A backtick would end it. */
const code = (text: string): string => `\`${shownText(text, mostCell).replaceAll('`', '\u02cb')}\``

function factLines(story: Story): readonly string[] {
  const { timeline, untilSeconds } = story
  const { updates, peakPods, pauses } = answersOf(timeline)
  const message = timeline.frames.at(-1)?.message ?? ''
  const waits = pauses.filter(({ waitsFor }) => waitsFor !== null)
  return [
    ...(message === '' ? [] : [`- Message: ${code(message)}`]),
    ...updates.slice(-5).map((update) => `- ${updateSentence(update)}`),
    ...waits.slice(0, 5).map(({ fromSeconds, untilSeconds: end, waitsFor, isOpen }) => {
      const lasted = isOpen ? 'to the end' : `until ${clockText(end)}`
      return `- Waits for a person (${code(waitsFor ?? '')}) from ${clockText(fromSeconds)} ${lasted}.`
    }),
    ...(peakPods.pods > 0 ? [`- Needs room for ${peakPods.pods} pods at ${clockText(peakPods.atSeconds)}.`] : []),
    ...timeline.issues.slice(0, 5).map((issue) => `- Note: ${code(`${issue.path}: ${issue.message}`)}`),
    ...(timeline.assumed.length === 0 ? [] : [`- Assumed to exist: ${assumedText(timeline)}.`]),
    `- Simulated for ${clockText(untilSeconds)}, as Argo Rollouts ${code(timeline.controller || '?')} decides.`,
  ]
}

function assumedText({ assumed }: Timeline): string {
  const shown = assumed.slice(0, 8).map(({ kind, name }) => code(`${kind} ${name}`))
  const more = assumed.length > shown.length ? [`${assumed.length - shown.length} more`] : []
  return [...shown, ...more].join(', ')
}

const mostRows = 24

/** The table that `simulate` prints, folded away where it is long. */
function statesOf({ timeline, name }: Story): string {
  const named = { kind: 'Rollout', metadata: { name }, spec: {} } as unknown as Rollout
  const rollout = rolloutOverTime(timeline, timeline.key, named)
  const { headings, rows } = describeTimeline(timeline.frames, rollout)
  const half = mostRows / 2
  const skipped = rows.length - mostRows
  const shown = skipped <= 0 ? rows : [...rows.slice(0, half), [`${skipped} more`], ...rows.slice(-half)]
  const lines = [
    line(headings),
    line(headings.map(() => '---')),
    ...shown.map((row) => line(headings.map((_, column) => cell(row[column] ?? '')))),
  ]
  return `<details${rows.length <= mostRows ? ' open' : ''}><summary>${rows.length} states</summary>\n\n${lines.join('\n')}\n\n</details>`
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const cell = (text: string): string => (/^[\w% /-]*$/.test(text) ? text : code(text).replaceAll('|', '\\|'))
