import type { Timeline } from '../simulate/simulation'
import { clockText } from '../view/clockText'
import { endingOf, titleOf } from './story/sentences'
import { shownText } from './story/shownText'
import { type ValueSpan, valueSpans } from './story/spans'
import { type Story, storyOf } from './story/story'
import { verdictsOf } from './story/verdicts'
import { toneOf } from './svg/theme'

/**
 * A simulation as a Gantt chart in Mermaid's notation, which code hosts draw in pull requests: phases, weights or
 * active revisions, analyses, and what was done. Bounded: of long simulations the last tasks of a section are left out,
 * and a section says so.
 *
 * @example
 * import { timelineMermaid } from 'rollout-engine/pictures'
 * import { simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const timeline = simulate({ manifests: [{ kind: 'Rollout', metadata: { name: 'web' }, spec }], untilSeconds: 60 })
 * timelineMermaid(timeline).split('\n')[0] // => 'gantt'
 */
export const timelineMermaid = (timeline: Timeline): string => mermaidOf(storyOf(timeline))

const daySeconds = 86_400
const mostTasks = 60

/** The same of a story that is read already. */
export function mermaidOf(story: Story): string {
  const sections = [
    section('Phase', phaseTasks(story)),
    section(story.strategy === 'blue-green' ? 'Active' : 'Weight', trafficTasks(story)),
    section('Analyses', verdictTasks(story)),
    section('Actions', deedTasks(story)),
  ]
  return [
    'gantt',
    `  title ${safe(`${titleOf(story)} ${endingOf(story)}`)}`,
    '  dateFormat YYYY-MM-DD HH:mm:ss',
    `  axisFormat ${axisFormatOf(story.endSeconds)}`,
    '  todayMarker off',
    ...sections.flat(),
    '',
  ].join('\n')
}

function axisFormatOf(endSeconds: number): string {
  if (endSeconds < daySeconds) return '%H:%M:%S'
  return endSeconds < 20 * daySeconds ? '%d %H:%M' : '%Y-%m-%d'
}

/** Mermaid reads `:` `;` `#` and line ends; their look-alikes mean nothing to it, nor ends a code block with them. */
const lookAlikes: Readonly<Record<string, string>> = {
  ':': '\u2236',
  ';': ',',
  '#': '\uff03',
  '`': '\u02cb',
  '%': '\uff05',
  '<': '\u2039',
  '>': '\u203a',
  '"': '\u2033',
}

const safe = (text: string): string =>
  shownText(text, 80).replace(/[:;#`%<>"]/g, (character) => lookAlikes[character] ?? '')

function section(name: string, tasks: readonly string[]): readonly string[] {
  if (tasks.length === 0) return []
  const shown = tasks.slice(0, mostTasks)
  const more =
    tasks.length > shown.length ? [`  section ${name}, ${tasks.length - shown.length} more are left out`] : []
  return [`  section ${name}`, ...shown, ...more]
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Seconds as a time of a month that begins with the simulation; at most ten years. */
function timeOf(seconds: number): string {
  const whole = Math.min(Math.floor(seconds), 3650 * daySeconds)
  const days = Math.floor(whole / daySeconds)
  // Years and months of equal length are near enough for the axis of a simulation that is so long.
  const [year, month, day] = [2000 + Math.floor(days / 336), 1 + (Math.floor(days / 28) % 12), 1 + (days % 28)]
  const clock = [Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60].map(two).join(':')
  return `${year}-${two(month)}-${two(day)} ${clock}`
}

const tags: Readonly<Record<string, string>> = { good: 'done, ', busy: 'active, ', bad: 'crit, ' }

const task = ({ value, fromSeconds, untilSeconds }: ValueSpan<string>, tag = ''): string =>
  `  ${safe(value)} :${tag}${timeOf(fromSeconds)}, ${timeOf(Math.max(untilSeconds, fromSeconds + 1))}`

const toneTask = (span: ValueSpan<string>, name = ''): string => {
  const { tone, sign } = toneOf(span.value)
  return task({ ...span, value: `${sign} ${name}${span.value}` }, tags[tone])
}

const phaseTasks = ({ moments }: Story): readonly string[] =>
  valueSpans(moments, ({ frame }) => frame.phase || 'no phase').map((span) => toneTask(span))

function trafficTasks({ moments, maxWeight }: Story): readonly string[] {
  const spans = valueSpans(moments, ({ frame: { active, effectiveWeight, weight } }) => {
    if (active !== null) return `revision ${active}`
    if (weight === null) return undefined
    const percent = (part: number): string => `${Math.round((1000 * part) / maxWeight) / 10} percent`
    const actual =
      effectiveWeight === null || effectiveWeight === weight ? '' : `, in effect ${percent(effectiveWeight)}`
    return `${percent(weight)}${actual}`
  })
  return spans.map((span) => task(span))
}

const verdictTasks = (story: Story): readonly string[] =>
  verdictsOf(story).verdicts.flatMap(({ name, spans }) => spans.map((span) => toneTask(span, `${name} `)))

const deedTasks = ({ deeds }: Story): readonly string[] =>
  deeds.map(({ atSeconds, text, isRefused }) => {
    const words = `${clockText(atSeconds)} ${text}${isRefused ? ' (refused)' : ''}`
    return `  ${safe(words)} :milestone, ${timeOf(atSeconds)}, 0s`
  })
