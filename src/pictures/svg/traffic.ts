import { commandedPercent, sharesOf } from '../story/shares'
import type { Story } from '../story/story'
import { chartLeft, chartRight, type Place } from './axis'
import { type Drawing, lookOf, olderRevision, type Panel, rowLabel, widthOf } from './panel'
import { element, rounded, textElement } from './xml'

const height = 92
const head = 22

/** Who gets requests, as areas of the revisions on each other, the newest at the bottom; and the commanded weight. */
export function trafficPanel({ story, place }: Drawing): Panel {
  return {
    height: head + height + 14,
    draw: (top) => {
      const y = (percent: number): number => top + head + height - (percent / 100) * height
      return [
        textElement({ class: 'head', x: chartLeft, y: top + 13 }, 'Share of requests'),
        ...legend(story, top),
        element('rect', { class: 'panel', x: chartLeft, y: y(100), width: chartRight - chartLeft, height }),
        ...[0, 50, 100].map((percent) => rowLabel(`${percent}%`, y(percent) + 4)),
        ...areasOf(story, place, y),
        ...[50].map((percent) =>
          element('line', { class: 'grid', x1: chartLeft, x2: chartRight, y1: y(percent), y2: y(percent) }),
        ),
        ...commandedLine(story, place, y),
      ]
    },
  }
}

/** What the colours and the dashed line mean, from the right. */
function legend(story: Story, top: number): readonly string[] {
  const { revisions, olderRevisions, moments, maxWeight } = story
  const hasWeight = moments.some(({ frame }) => commandedPercent(frame, maxWeight) !== undefined)
  const hasExperiment = moments.some(({ frame }) => frame.destinations.length > 0)
  const others = [
    ...(olderRevisions > 0 ? [{ text: 'older ones', revision: olderRevision }] : []),
    ...(hasExperiment ? [{ text: 'Experiment', revision: 0 }] : []),
    ...(hasWeight ? [{ text: 'commanded', revision: undefined }] : []),
  ]
  const newest = revisions.slice(-4).map((revision) => ({ text: `revision ${revision}`, revision }))
  const entries = [...newest.slice(-roomFor(newest, others)), ...others]
  const widths = entries.map(widthOfEntry)
  return entries.flatMap(({ text, revision }, index) => {
    const x = chartRight + 6 - widths.slice(index).reduce((sum, width) => sum + width, 0)
    const box = { x, y: top + 4, width: 12, height: 10 }
    const look = revision === undefined ? undefined : lookOf(story, revision)
    return [
      ...(look
        ? [element('rect', { class: look.tone, ...box }), ...patternOver(look.pattern, box)]
        : [element('line', { class: 'commanded', x1: x - 4, x2: x + 12, y1: top + 9, y2: top + 9 })]),
      textElement({ class: 'soft', x: x + 17, y: top + 13 }, text),
    ]
  })
}

interface Entry {
  readonly text: string
}

const widthOfEntry = ({ text }: Entry): number => widthOf(text) + 28

/** How many of the revisions fit beside the others, right of the heading: at least one. */
function roomFor(revisions: readonly Entry[], others: readonly Entry[]): number {
  const room = chartRight - chartLeft - widthOf('Share of requests')
  const fits = (count: number): boolean =>
    [...revisions.slice(-count), ...others].reduce((sum, entry) => sum + widthOfEntry(entry), 0) <= room
  return [4, 3, 2].find(fits) ?? 1
}

const patternOver = (
  pattern: string | undefined,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): readonly string[] => (pattern === undefined ? [] : [element('rect', { fill: pattern, ...box })])

function areasOf(story: Story, place: Place, y: (percent: number) => number): readonly string[] {
  const newestFirst = [olderRevision, 0, ...story.revisions].sort((left, right) => right - left)
  const placeOf = (revision: number): number => (newestFirst.includes(revision) ? revision : olderRevision)
  return newestFirst.flatMap((revision, index) => {
    const below = new Set(newestFirst.slice(0, index))
    const path = story.moments
      .map(({ frame, fromSeconds, untilSeconds }) => {
        const shares = sharesOf(frame, story.maxWeight).map((share) => ({
          ...share,
          revision: placeOf(share.revision),
        }))
        const own = shares.filter((share) => share.revision === revision)
        const percent = own.reduce((sum, share) => sum + share.percent, 0)
        const from = shares.filter((share) => below.has(share.revision)).reduce((sum, share) => sum + share.percent, 0)
        if (percent <= 0 || untilSeconds <= fromSeconds) return ''
        const [left, right] = [rounded(place(fromSeconds)), rounded(place(untilSeconds))]
        const [low, high] = [rounded(y(Math.min(100, from))), rounded(y(Math.min(100, from + percent)))]
        return `M${left} ${low}V${high}H${right}V${low}Z`
      })
      .join('')
    if (path === '') return []
    const { tone, pattern } = lookOf(story, revision)
    return [
      element('path', { class: tone, d: path }),
      ...(pattern === undefined ? [] : [element('path', { fill: pattern, d: path })]),
    ]
  })
}

/** Dashed: the weight that the router was set to, while there is a canary. */
function commandedLine({ moments, maxWeight }: Story, place: Place, y: (percent: number) => number): readonly string[] {
  let isOpen = false
  const path = moments
    .map(({ frame, fromSeconds, untilSeconds }) => {
      const percent = commandedPercent(frame, maxWeight)
      const wasOpen = isOpen
      isOpen = percent !== undefined
      if (percent === undefined) return ''
      const start = wasOpen ? `V${rounded(y(percent))}` : `M${rounded(place(fromSeconds))} ${rounded(y(percent))}`
      return `${start}H${rounded(place(untilSeconds))}`
    })
    .join('')
  return path === '' ? [] : [element('path', { class: 'commanded', d: path })]
}
