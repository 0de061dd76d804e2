import type { RevisionPods } from '../../simulate/frame'
import { valueSpans } from '../story/spans'
import type { Moment } from '../story/story'
import { chartLeft, chartRight } from './axis'
import { type Drawing, lookOf, type Panel, rowLabel, widthOf } from './panel'
import { element, rounded, textElement } from './xml'

const rowHeight = 30
const barHeight = 22
const head = 22

/** Pods of each revision: available ones filled, wanted ones as an outline; numbers where there is room. */
export function podsPanel({ story, place }: Drawing): Panel {
  const revisions = [...story.revisions].reverse()
  const most = Math.max(1, ...story.moments.flatMap(({ frame }) => frame.pods.map(podsOf)))
  return {
    height: head + revisions.length * rowHeight + 8,
    draw: (top) => [
      textElement({ class: 'head', x: chartLeft, y: top + 13 }, 'Pods'),
      textElement(
        { class: 'soft', x: chartRight, y: top + 13, 'text-anchor': 'end' },
        'available/wanted; the outline is wanted',
      ),
      ...revisions.flatMap((revision, row) => podsRow({ story, place }, revision, top + head + row * rowHeight, most)),
    ],
  }
}

const finite = (value: number): number => (Number.isFinite(value) ? Math.max(0, value) : 0)
const podsOf = ({ wanted, available }: RevisionPods): number => Math.max(finite(wanted), finite(available))

const countsIn = ({ frame }: Moment, revision: number): RevisionPods | undefined =>
  frame.pods.find((one) => one.revision === revision)

function podsRow({ story, place }: Drawing, revision: number, top: number, most: number): readonly string[] {
  const { tone, pattern } = lookOf(story, revision)
  const base = top + barHeight
  const y = (pods: number): number => base - (finite(pods) / most) * barHeight
  const stepped = (count: (pods: RevisionPods) => number): string =>
    valueSpans(story.moments, (moment) => {
      const counts = countsIn(moment, revision)
      return counts && count(counts) > 0 ? count(counts) : undefined
    })
      .map(({ value, fromSeconds, untilSeconds }) => {
        const [left, right] = [rounded(place(fromSeconds)), rounded(place(untilSeconds))]
        return `M${left} ${rounded(base)}V${rounded(y(value))}H${right}V${rounded(base)}Z`
      })
      .join('')
  const available = stepped((one) => one.available)
  const wanted = stepped((one) => one.wanted)
  return [
    rowLabel(`revision ${revision}`, top + 15),
    element('line', { class: 'grid', x1: chartLeft, x2: chartRight, y1: base, y2: base }),
    ...(available === '' ? [] : [element('path', { class: tone, d: available })]),
    ...(available === '' || pattern === undefined ? [] : [element('path', { fill: pattern, d: available })]),
    ...(wanted === '' ? [] : [element('path', { class: 'wanted', d: wanted })]),
    ...countTexts({ story, place }, revision, top + 15),
  ]
}

/** `8/10` and who they are for, at the start of each span that has room for it. */
function countTexts({ story, place }: Drawing, revision: number, y: number): readonly string[] {
  const textOf = (moment: Moment): string | undefined => {
    const counts = countsIn(moment, revision)
    return counts && `${finite(counts.available)}/${finite(counts.wanted)} ${roleOf(moment, counts)}`.trim()
  }
  return valueSpans(story.moments, textOf).flatMap(({ value, fromSeconds, untilSeconds }) => {
    const room = place(untilSeconds) - place(fromSeconds) - 8
    const short = value.split(' ')[0] ?? ''
    const text = widthOf(value) <= room ? value : widthOf(short) <= room ? short : undefined
    return text === undefined ? [] : [textElement({ class: 'count', x: place(fromSeconds) + 4, y }, text)]
  })
}

const roleOf = ({ frame }: Moment, { revision, role }: RevisionPods): string => {
  const roles: unknown = Object.hasOwn(frame.roles, String(revision)) ? frame.roles[String(revision)] : undefined
  return Array.isArray(roles) && roles.length > 0 ? roles.slice(0, 3).join(', ') : role === 'old' ? 'going' : ''
}
