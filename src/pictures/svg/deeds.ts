import { clockText } from '../../view/clockText'
import type { Deed } from '../story/story'
import { chartLeft, chartRight } from './axis'
import { type Drawing, type Panel, rowLabel, widthOf } from './panel'
import { element, textElement } from './xml'

const lineHeight = 17
const mostLines = 4

interface Placed {
  readonly deed: Deed
  readonly x: number
  readonly line: number
  readonly text: string
  readonly isLeft: boolean
}

/** What users and faults did: a flag with words each, where there is room, and a line through everything below. */
export function deedsPanel({ story, place }: Drawing, bottom: number): Panel | undefined {
  if (story.deeds.length === 0) return undefined
  const placed = placeDeeds(story.deeds, place)
  const lines = 1 + Math.max(0, ...placed.map(({ line }) => Math.min(line, mostLines - 1)))
  return {
    height: lines * lineHeight + 12,
    draw: (top) => [
      rowLabel('actions', top + 13),
      ...placed.flatMap((one) => flag(one, top, bottom)),
      ...(story.deedsLeftOut === 0 ? [] : [rowLabel(`and ${story.deedsLeftOut} more`, top + 13 + lineHeight)]),
    ],
  }
}

/** Each text goes to the first line in which it overlaps no other. */
function placeDeeds(deeds: readonly Deed[], place: Drawing['place']): readonly Placed[] {
  const ends: number[] = []
  return deeds.map((deed) => {
    const x = place(deed.atSeconds)
    const text = `${clockText(deed.atSeconds)} ${deed.text}${deed.isRefused ? ' (refused)' : ''}`
    const isLeft = x + 8 + widthOf(text) * 0.9 > chartRight && x - 8 - widthOf(text) * 0.9 > chartLeft
    const [from, to] = isLeft ? [x - 8 - widthOf(text) * 0.9, x + 2] : [x - 2, x + 8 + widthOf(text) * 0.9]
    const free = ends.findIndex((end) => end < from)
    const line = free < 0 ? ends.length : free
    ends[line] = to + 4
    return { deed, x, line, text, isLeft }
  })
}

function flag({ x, line, text, isLeft }: Placed, top: number, bottom: number): readonly string[] {
  const y = top + Math.min(line, mostLines - 1) * lineHeight
  const words = textElement({ x: isLeft ? x - 7 : x + 7, y: y + 13, 'text-anchor': isLeft ? 'end' : 'start' }, text)
  return [
    element('line', { class: 'mark', x1: x, x2: x, y1: y + 4, y2: bottom }),
    element('path', { class: 'flag', d: `M${Math.round(x - 4)} ${y + 4}h8l-4 8z` }),
    ...(line < mostLines ? [words] : []),
  ]
}
