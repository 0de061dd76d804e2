import { objectKey } from '../cluster/objects'
import { decidedOnce } from '../explain/shadow/decided'
import type { Blocker } from '../model/blocker'
import { blockerText } from '../model/blockerText'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { formatTime, parseTime } from '../model/time'
import { stepsOf } from '../rollout/facts/steps'
import { wantedPods } from '../simulate/answers/wantedPods'
import { explainExperiment } from '../simulate/explainExperiment'
import type { Timeline } from '../simulate/simulation'
import { waitsForPerson } from '../simulate/waiting'
import { clockText } from '../view/clockText'
import { rolloutOverTime } from '../view/rolloutOverTime'
import { describeTimeline, renderTimeline, type TimelineTable } from '../view/timeline'
import { wrap } from './commandLine/wrap'
import { decidedBy } from './decidedBy'
import { widthOfTerminal } from './output'
import { readableLine, readableTexts } from './readable'

/** The Rollout as it was given: it may be gone in the end. */
export interface Simulated {
  readonly key: string
  readonly rollout: KubeObject | undefined
}

/**
 * A timeline for people: when which weight holds or which revision is active, pods of each revision, phase and message.
 */
export function printTable(
  timeline: Timeline,
  { key, rollout: given }: Simulated,
  { untilSeconds, showEvents }: { readonly untilSeconds: number; readonly showEvents: boolean },
): string {
  const rollout = asKind('Rollout', timeline.objects[key] ?? (given as KubeObject))
  const isInstalled = ((given as Rollout | undefined)?.status?.currentPodHash ?? '') !== ''
  const table = describeTimeline(timeline.frames, rolloutOverTime(timeline, key, rollout))
  const lines = renderTimeline(fitted(readableTexts(table), widthOfTerminal()))
    .trimEnd()
    .split('\n')
  const events = showEvents ? ['', 'EVENTS', ...timeline.events.map(eventLine)] : []
  const end = endOf(timeline, rollout, untilSeconds, isInstalled)
  return [...lines, ...events, ...end, decidedBy([timeline.controller])].join('\n')
}

/** What is left for the last column is hardly less than a word or two. */
const narrowest = 20

/** The same table, no wider than a terminal: what does not fit into the last column goes on below itself. */
export function fitted({ headings, rows }: TimelineTable, width: number | undefined): TimelineTable {
  if (width === undefined) return { headings, rows }
  const last = headings.length - 1
  const taken = headings.slice(0, last).map((heading, column) => {
    return 2 + Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length))
  })
  const left = Math.max(narrowest, width - taken.reduce((sum, one) => sum + one, 0))
  const wrapped = rows.flatMap((row) =>
    wrap(row[last] ?? '', left).map((part, line) =>
      headings.map((_, column) => {
        if (column === last) return part
        return line === 0 ? (row[column] ?? '') : ''
      }),
    ),
  )
  return { headings, rows: wrapped }
}

const eventLine = ({ atSeconds, type, reason, message }: Timeline['events'][number]): string =>
  `${clockText(atSeconds).padEnd(6)}  ${type === 'Warning' ? '! ' : ''}${readableLine(`${reason}: ${message}`)}`

/** What the answer rests on: `assumed: Service web-stable, Service web-canary`. */
function assumedLines({ assumed }: Timeline): string[] {
  if (assumed.length === 0) return []
  return [
    '',
    `assumed, as they are not among the files: ${assumed.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`,
  ]
}

const firstInstall =
  'a first install: steps and promotions are skipped; --update IMAGE@TIME or --apply FILE shows what an update does'
const noUpdate = 'no update: what was applied leaves the pod template as it is, so no step runs'

/** Steps run on updates only: without one none of them is shown. */
function firstInstallLines(timeline: Timeline, rollout: Rollout, isInstalled: boolean): string[] {
  const { frames, outcome, deeds, issues } = timeline
  // A revision has a role even if its pods never came.
  const revisions = frames.flatMap(({ pods, roles }) => [
    ...pods.map(({ revision }) => revision),
    ...Object.keys(roles).map(Number),
  ])
  // What a cluster has installed already is no first install, even where its ReplicaSets are not given.
  // And of an update that comes after the end, a warning says so.
  if (isInstalled || issues.some(({ code }) => code === 'event-not-due')) return []
  const hasSteps = stepsOf(rollout).length > 0 || rollout.spec.strategy?.blueGreen
  if (!hasSteps || outcome === 'invalid' || revisions.length === 0 || revisions.some((revision) => revision !== 1))
    return []
  return ['', deeds.some(({ event }) => event.apply !== undefined) ? noUpdate : firstInstall]
}

/** Why an update that is not over at the end does not go on. */
function stuckLines(timeline: Timeline, untilSeconds: number): string[] {
  const { objects, key, outcome, startAt, controller } = timeline
  if (!(outcome === 'progressing' || outcome === 'degraded') || objects[key]?.kind !== 'Rollout') return []
  const now = formatTime((parseTime(startAt) ?? 0) + untilSeconds)
  const { blockers } = decidedOnce(objects, asKind('Rollout', objects[key]), key, now, { controller })
  return [...blockers.map((blocker) => waitLine(timeline, blocker, now)), ...roomLines(timeline)]
}

/** What an Experiment waits for says more than that it has to complete. */
function waitLine({ objects, key }: Timeline, blocker: Blocker, now: string): string {
  const { waitsFor, clearedBy } = blockerText(blocker)
  const namespace = objects[key]?.metadata.namespace ?? ''
  const why =
    blocker.code === 'experiment'
      ? explainExperiment(objects, objectKey('Experiment', namespace, blocker.data.experiment), now)
      : undefined
  return readableLine(`waits for ${waitsFor}: ${why === undefined ? `ends by ${clearedBy}` : `it is ${why}`}`)
}

/** Pods for which there is no room never come. */
function roomLines(timeline: Timeline): string[] {
  const last = timeline.frames.at(-1)
  if (!last?.room) return []
  const wanted = wantedPods(last)
  const limits = [
    { pods: last.room.pods, by: 'the quota allows' },
    { pods: last.room.running, by: 'the nodes have room for' },
  ]
  return limits.flatMap(({ pods = wanted, by }) =>
    pods < wanted ? [`${by} ${pods} pods, and ${wanted} are wanted`] : [],
  )
}

/** What a reader asks next: does it go on, and what would it take? */
function endOf(timeline: Timeline, rollout: Rollout, untilSeconds: number, isInstalled: boolean): string[] {
  const last = timeline.frames.at(-1)
  if (!last) return []
  const notes = timeline.issues.map(({ path, message }) => readableLine(`! ${path}: ${message}`))
  const person = waitsForPerson(rollout)
  const paused = person
    ? [`waits for ${person} since ${clockText(last.atSeconds)}`]
    : stuckLines(timeline, untilSeconds)
  return [
    ...(notes.length + paused.length > 0 ? [''] : []),
    ...notes,
    ...paused,
    ...(timeline.experimentEnd === undefined ? [] : ['', readableLine(`the Experiment: ${timeline.experimentEnd}`)]),
    ...assumedLines(timeline),
    ...firstInstallLines(timeline, rollout, isInstalled),
    '',
    `nothing else until ${clockText(untilSeconds)}`,
  ]
}
