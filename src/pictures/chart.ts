import { givenObject } from '../model/given'
import type { Timeline } from '../simulate/simulation'
import { clockText } from '../view/clockText'
import { analysisIcon, type Paint, painted, rolloutIcon, unpainted } from '../view/icons'
import { headlineOf } from './story/sentences'
import { commandedPercent, sharesOf } from './story/shares'
import { shownText } from './story/shownText'
import { type Moment, type Story, storyOf } from './story/story'
import { verdictsOf } from './story/verdicts'
import { ticksOf, tickText } from './svg/axis'

/** How a chart looks. */
export interface ChartOptions {
  /** Columns to fill, from 40 to 300. Default 80. */
  readonly width?: number
  /** Only characters of ASCII, for terminals without Unicode. */
  readonly ascii?: boolean
  /** Colours of a terminal, as `get rollout` has them. */
  readonly colours?: boolean
}

/**
 * A simulation as a small chart for a terminal, with the icons of `get rollout`: for each revision its share of
 * requests and its available pods, the commanded weight, analyses, phases and what was done, column by column of the
 * same time.
 *
 * @example
 * import { timelineChart } from 'rollout-engine/pictures'
 * import { simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const timeline = simulate({ manifests: [{ kind: 'Rollout', metadata: { name: 'web' }, spec }], untilSeconds: 60 })
 * timelineChart(timeline, { width: 60 }).split('\n')[0] // => '✔ Rollout default/web ends Healthy'
 */
export function timelineChart(timeline: Timeline, options: ChartOptions = {}): string {
  const { width, ascii, colours } = givenObject<ChartOptions>(options)
  const story = storyOf(timeline)
  const canvas = canvasOf(story, typeof width === 'number' && width >= 40 ? Math.min(Math.floor(width), 300) : 80)
  const paint = colours === true ? painted : unpainted
  const phase = story.timeline.frames.at(-1)?.phase ?? ''
  const icon = rolloutIcon(phase)
  const message =
    story.timeline.frames.at(-1)?.message || (story.moments.length > 0 ? '' : story.timeline.issues[0]?.message)
  const rows = story.moments.length === 0 ? [] : [...shareRows(canvas), ...phaseRows(canvas, paint)]
  const lines = [
    `${paint(icon)} ${shownText(headlineOf(story, canvas.width - 2), canvas.width - 2)}`,
    ...(message ? [`  ${shownText(message, canvas.width - 2)}`] : []),
    '',
    ...rows,
    ...(rows.length > 0 ? axisRow(canvas) : []),
    ...deedRows(canvas),
  ]
  const text = lines.map((line) => `${line.trimEnd()}\n`).join('')
  return ascii === true ? text.replace(/[^\p{Cc} -~]/gu, (character) => asciiOf(character)) : text
}

interface Canvas {
  readonly story: Story
  readonly width: number
  /** The state at the end of each column. */
  readonly columns: readonly (Moment | undefined)[]
}

const labelWidth = 20

function canvasOf(story: Story, width: number): Canvas {
  const count = width - labelWidth - 1
  let next = 0
  let moment: Moment | undefined
  const columns = Array.from({ length: count }, (_, column) => {
    const end = ((column + 1) * story.endSeconds) / count
    const rest = story.moments.slice(next).findIndex(({ fromSeconds }) => fromSeconds >= end)
    const until = rest < 0 ? story.moments.length : next + rest
    moment = story.moments[until - 1] ?? moment
    next = until
    return moment
  })
  return { story, width, columns }
}

const label = (text: string): string => shownText(text, labelWidth).padEnd(labelWidth + 1)

const levels = ' ▁▂▃▄▅▆▇█'

/** A part as a bar of one character: something is never nothing. */
function levelOf(part: number, whole: number): string {
  if (!(part > 0) || !(whole > 0)) return '·'
  return levels[Math.max(1, Math.min(8, Math.round((8 * part) / whole)))] ?? ' '
}

function shareRows({ story, columns }: Canvas): readonly string[] {
  const { revisions, maxWeight, moments } = story
  const finite = (pods: number): number => (Number.isFinite(pods) ? pods : 0)
  const most = Math.max(1, ...moments.flatMap(({ frame }) => frame.pods.map(({ available }) => finite(available))))
  const bar = (amountOf: (moment: Moment) => number | undefined, whole: number): string =>
    columns
      .map((moment) => {
        const value = moment && amountOf(moment)
        return value === undefined ? ' ' : levelOf(value, whole)
      })
      .join('')
  const rowsOf = (revision: number): readonly string[] => {
    const share = ({ frame }: Moment): number =>
      sharesOf(frame, maxWeight)
        .filter((one) => one.revision === revision)
        .reduce((sum, { percent }) => sum + percent, 0)
    const pods = ({ frame }: Moment): number | undefined =>
      frame.pods.find((one) => one.revision === revision)?.available
    return [
      `${label(`revision ${revision} requests`)}${bar(share, 100)}`,
      `${label('           pods')}${bar(pods, most)}`,
    ]
  }
  const hasWeight = moments.some(({ frame }) => commandedPercent(frame, maxWeight) !== undefined)
  const commanded = bar(({ frame }) => commandedPercent(frame, maxWeight), 100)
  return [
    ...[...revisions].reverse().slice(0, mostRows).flatMap(rowsOf),
    ...olderRows(story),
    ...(hasWeight ? [`${label('commanded weight')}${commanded}`] : []),
  ]
}

const mostRows = 4

function olderRows({ revisions, olderRevisions }: Story): readonly string[] {
  const older = olderRevisions + Math.max(0, revisions.length - mostRows)
  return older === 0 ? [] : [`${label('')}${older} older revisions have no row`]
}

function phaseRows({ story, columns }: Canvas, paint: Paint): readonly string[] {
  const row = (
    name: string,
    phaseOf: (second: number) => string | undefined,
    iconOf: (phase: string) => string,
  ): string => {
    let before: string | undefined
    const cells = columns.map((_, column) => {
      const phase = phaseOf(((column + 1) * story.endSeconds) / columns.length)
      const isNew = phase !== before
      before = phase
      if (phase === undefined || phase === '') return ' '
      return isNew ? paint(iconOf(phase)) : '─'
    })
    return label(name) + cells.join('')
  }
  const at =
    (spans: readonly { readonly value: string; readonly fromSeconds: number; readonly untilSeconds: number }[]) =>
    (second: number): string | undefined =>
      spans.filter(({ fromSeconds }) => fromSeconds < second).at(-1)?.value
  const phases = columns.map((moment) => moment?.frame.phase)
  const phaseAt = (second: number): string | undefined =>
    phases[Math.round((second * columns.length) / story.endSeconds) - 1]
  return [
    ...verdictsOf(story).verdicts.map(({ name, spans }) => row(name, at(spans), analysisIcon)),
    row('phase', phaseAt, rolloutIcon),
  ]
}

/** Ticks under their columns; a label that has no room is left out. */
function axisRow({ story, columns }: Canvas): readonly string[] {
  const line = ticksOf(story.endSeconds).reduce((text, tick) => {
    const column = Math.round((tick / story.endSeconds) * columns.length)
    const words = tickText(tick)
    const isFree = column >= text.length + (text === '' ? 0 : 1) && column + words.length <= columns.length
    return isFree ? text.padEnd(column) + words : text
  }, '')
  const rest = story.untilSeconds > story.endSeconds ? [restText(story, columns.length)] : []
  return [label('') + line, ...rest]
}

function restText({ untilSeconds }: Story, room: number): string {
  const text = `nothing else until ${clockText(untilSeconds)}`
  return text.length > room ? text : label('') + text
}

const deedRows = ({ story: { deeds, deedsLeftOut }, width }: Canvas): readonly string[] => [
  ...(deeds.length === 0 ? [] : ['']),
  ...deeds.map(({ atSeconds, text, isRefused }) => {
    const words = `${text}${isRefused ? ' (refused)' : ''}`
    return label(clockText(atSeconds)) + shownText(words, Math.max(10, width - labelWidth - 1))
  }),
  ...(deedsLeftOut === 0 ? [] : [`${label('')}and ${deedsLeftOut} more`]),
]

const asciiNames: Readonly<Record<string, string>> = {
  '▁': '_',
  '▂': '.',
  '▃': '-',
  '▄': '=',
  '▅': '+',
  '▆': '*',
  '▇': '%',
  '█': '#',
  '·': ' ',
  '─': '-',
  '✔': 'v',
  '✖': 'x',
  '◌': 'o',
  '◷': 'o',
  '॥': '|',
  '⚠': '!',
  '•': '.',
  '…': '~',
}

const asciiOf = (character: string): string => asciiNames[character] ?? '?'
