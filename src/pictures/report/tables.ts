import type { Rollout } from '../../model/rollout'
import { answersOf } from '../../simulate/answers/answers'
import { clockText } from '../../view/clockText'
import { rolloutOverTime } from '../../view/rolloutOverTime'
import { describeTimeline } from '../../view/timeline'
import { shownText } from '../story/shownText'
import type { Story } from '../story/story'
import { element, escapeXml } from '../svg/xml'

/** A table with a caption, in a box that scrolls by itself where it is too wide. */
export function tableHtml(caption: string, headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = headings.map((text) => element('th', { scope: 'col' }, [escapeXml(text)]))
  const body = rows.map((cells) =>
    element('tr', {}, [
      ...cells.slice(0, 1).map((text) => element('th', { scope: 'row' }, [escapeXml(text)])),
      ...cells.slice(1).map((text) => element('td', {}, [escapeXml(text)])),
    ]),
  )
  const table = element('table', {}, [
    element('caption', {}, [escapeXml(caption)]),
    element('thead', {}, [element('tr', {}, head)]),
    element('tbody', {}, [body.join('')]),
  ])
  return element('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': caption }, [table])
}

const mostRows = 400
const mostCell = 200

/** The table behind the picture. */
export function statesTable({ timeline, name }: Story): string {
  const named = { kind: 'Rollout', metadata: { name }, spec: {} } as unknown as Rollout
  const rollout = rolloutOverTime(timeline, timeline.key, named)
  const { headings, rows } = describeTimeline(timeline.frames.slice(0, mostRows), rollout)
  const more = timeline.frames.length - mostRows
  const caption = `Every state of the simulation${more > 0 ? `, the first ${mostRows} of ${timeline.frames.length}` : ''}`
  return tableHtml(
    caption,
    headings.map((text) => text.toLowerCase()),
    rows.map((row) => row.map((text) => shownText(text, mostCell))),
  )
}

/** What users and faults did; empty without any. */
export function deedsTable({ deeds, deedsLeftOut }: Story): string {
  if (deeds.length === 0) return ''
  const caption = `What was done${deedsLeftOut > 0 ? `, and ${deedsLeftOut} more` : ''}`
  return tableHtml(
    caption,
    ['time', 'action', 'result'],
    deeds.map(({ atSeconds, text, isRefused }) => [clockText(atSeconds), text, isRefused ? 'refused' : 'carried out']),
  )
}

const shown = (seconds: number | undefined): string =>
  seconds === undefined || !Number.isFinite(seconds) ? '-' : clockText(Math.round(seconds))

/** How each update went; empty without any. */
export function updatesTable({ timeline }: Story): string {
  const { updates } = answersOf(timeline)
  if (updates.length === 0) return ''
  return tableHtml(
    'Updates: when each began and how it ended',
    ['revision', 'begins', 'end', 'at', 'share of requests × time', 'seen to be bad', 'no requests from'],
    updates
      .slice(-40)
      .map((update) => [
        shownText(update.revision, 20),
        shown(update.fromSeconds),
        update.end,
        shown(update.untilSeconds),
        Number.isFinite(update.exposureSeconds) ? `${Math.round(update.exposureSeconds * 10) / 10} s` : '-',
        shown(update.detectedAtSeconds),
        shown(update.rolledBackAtSeconds),
      ]),
  )
}
