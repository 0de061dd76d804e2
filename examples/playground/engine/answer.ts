import { readControllerVersion } from 'rollout-engine'
import { parseManifests, parseSeries } from 'rollout-engine/input'
import { timelineSvg } from 'rollout-engine/pictures'
import { type Manifest, type Series, simulate, type Timeline } from 'rollout-engine/simulate'
import { describeTimeline } from 'rollout-engine/view'
import type { PlaygroundState } from '../state'
import { commandLineOf } from './commandLine'
import type { Answer, PlacedIssue, Table, Theme } from './messages'
import { placed, placedIssues } from './placedIssues'
import { type Happenings, happeningsOf, imageOf, timeOf } from './question'

/** A simulation that goes on for longer is stopped, and says so. */
const mostReconciles = 5000
const mostRows = 200
const mostIssues = 50

/** What becomes of a state: pure, so that the same text has the same picture. */
export function answerTo(state: PlaygroundState, theme: Theme): Answer {
  const commandLine = commandLineOf(state)
  const happenings = happeningsOf(state)
  const problems = [...happenings.issues]
  const until = timeOf('Look until', state.until, problems)
  const readyAfter = timeOf('Pods are ready after', state.readyAfter, problems)
  const controller = readControllerVersion(state.controller)
  if (controller === undefined) problems.push(placed(undefined, 'Controller', 'it is no version that is known'))
  const { objects, issues: read } = parseManifests(state.manifests)
  const series = seriesOf(state.measurements, problems)
  problems.push(...read.map(({ line, path, message, severity }) => placed(line, path, message, severity)))
  if (problems.some(({ isError }) => isError)) return { issues: problems.slice(0, mostIssues), commandLine }
  const timeline = simulate({
    manifests: objects,
    name: state.rollout.trim() || undefined,
    events: happenings.events,
    untilSeconds: until,
    pods: {
      readyAfterSeconds: readyAfter,
      neverReadyImages: state.isBroken && state.image.trim() !== '' ? [imageOf(state.image).image] : [],
    },
    ...(series && { series }),
    options: { controller },
    maxReconciles: mostReconciles,
  })
  const issues = [...problems, ...placedIssues(timeline, state, happenings), ...hintsOf(state, happenings)].sort(
    inOrder,
  )
  if (timeline.frames.length === 0) return { issues: issues.slice(0, mostIssues), commandLine }
  return {
    issues: issues.slice(0, mostIssues),
    commandLine,
    shown: {
      picture: timelineSvg(timeline, { theme }),
      states: statesOf(timeline, objects),
      events: eventsOf(timeline),
    },
  }
}

/** Errors first, then by line. */
const inOrder = (one: PlacedIssue, other: PlacedIssue): number =>
  Number(other.isError) - Number(one.isError) || (one.line ?? 0) - (other.line ?? 0)

/** Measurements of the form: JSON begins with a bracket, CSV does not. */
function seriesOf(text: string, problems: PlacedIssue[]): Series | undefined {
  if (text.trim() === '') return undefined
  const { series, issues } = parseSeries(text, /^\s*[[{]/.test(text) ? 'json' : 'csv')
  for (const { line, message, severity } of issues) {
    const where = line === undefined ? 'Measurements' : `Measurements, line ${line}`
    problems.push(placed(undefined, where, message, severity))
  }
  return series
}

/** What a reader may have forgotten. */
function hintsOf({ image }: PlaygroundState, { events }: Happenings): readonly PlacedIssue[] {
  if (image.trim() !== '' || events.length > 0) return []
  const text = 'nothing is updated, so that steps and promotions are skipped: name an image'
  return [{ where: 'Image of the update', text, isError: false }]
}

function statesOf({ frames, objects, key }: Timeline, manifests: readonly Manifest[]): Table {
  const object = objects[key] ?? manifests.find(({ kind }) => kind === 'Rollout' || kind === 'Experiment')
  const { headings, rows } = describeTimeline(frames, object as Parameters<typeof describeTimeline>[1])
  return { headings, rows: rows.slice(0, mostRows), leftOut: Math.max(0, rows.length - mostRows) }
}

function eventsOf({ events }: Timeline): Table {
  return {
    headings: ['SECOND', 'TYPE', 'REASON', 'MESSAGE'],
    rows: events
      .slice(0, mostRows)
      .map(({ atSeconds, type, reason, message }) => [String(atSeconds), type, reason, message]),
    leftOut: Math.max(0, events.length - mostRows),
  }
}
