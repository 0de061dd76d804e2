import { wellFormedTimeline } from '../simulate/answers/wellFormed'
import type { Frame, RevisionPods } from '../simulate/frame'
import type { Timeline } from '../simulate/simulation'
import { shownText } from './story/shownText'

const headings = [
  'atSeconds',
  'phase',
  'message',
  'stepIndex',
  'weight',
  'effectiveWeight',
  'active',
  'waitsFor',
  'analyses',
  'revision',
  'roles',
  'wanted',
  'available',
] as const

const mostFrames = 20_000
const mostCharacters = 1000

/**
 * A simulation as CSV (RFC 4180, with a heading): a row for each state and revision, so that a spreadsheet can draw it.
 * States without pods have one row. Texts that a spreadsheet would take for a formula begin with an apostrophe. At most
 * 20,000 states.
 *
 * @example
 * import { timelineCsv } from 'rollout-engine/pictures'
 * import { simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const timeline = simulate({ manifests: [{ kind: 'Rollout', metadata: { name: 'web' }, spec }], untilSeconds: 60 })
 * timelineCsv(timeline).split('\r\n')[1] // => '0,Healthy,,,,,,,,1,stable,2,2'
 */
export function timelineCsv(timeline: Timeline): string {
  const { frames } = wellFormedTimeline(timeline)
  const rows = frames
    .slice(0, mostFrames)
    .flatMap((frame) => (frame.pods.length === 0 ? [rowOf(frame)] : frame.pods.map((pods) => rowOf(frame, pods))))
  return [headings, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}

function rowOf(frame: Frame, pods?: RevisionPods): readonly unknown[] {
  const { atSeconds, phase, message, stepIndex, weight, effectiveWeight, active, waitsFor, runs } = frame
  const analyses = runs.map(({ name, phase: verdict }) => `${name} ${verdict}`)
  const own: unknown = pods && Object.hasOwn(frame.roles, String(pods.revision)) && frame.roles[String(pods.revision)]
  const roles = Array.isArray(own) ? own.join(' ') : pods?.role
  const state = [atSeconds, phase, message, stepIndex, weight, effectiveWeight, active, waitsFor, analyses.join('; ')]
  return [...state, ...(pods ? [pods.revision, roles, pods.wanted, pods.available] : ['', '', '', ''])]
}

/** What spreadsheets run when a cell begins with it. */
const formula = /^[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const text = shownText(String(value), mostCharacters)
  const plain = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
