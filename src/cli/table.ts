import type { Rollout } from '../model/rollout'
import { stepsOf } from '../rollout/steps'
import type { Timeline } from '../simulate/simulation'
import type { Frame } from '../simulate/timeline'
import { waitsForPerson } from '../simulate/waiting'

/** A timeline for people: when which weight holds, pods of each revision, phase and message. */
export function printTable(
  timeline: Timeline,
  key: string,
  { untilSeconds, showEvents }: { readonly untilSeconds: number; readonly showEvents: boolean },
): string {
  const rollout = timeline.objects[key] as unknown as Rollout
  const rows = timeline.frames.map((frame) => rowOf(frame, rollout))
  const lines = alignColumns([headings, ...rows])
  const events = showEvents ? ['', 'EVENTS', ...timeline.events.map(eventLine)] : []
  return [...lines, ...events, ...endOf(timeline, rollout, untilSeconds)].join('\n')
}

const eventLine = ({ atSeconds, type, reason, message }: Timeline['events'][number]): string =>
  `${clockText(atSeconds).padEnd(6)}  ${type === 'Warning' ? '! ' : ''}${reason}: ${message}`

const headings = ['TIME', 'STEP', 'WEIGHT', 'ACTUAL', 'PODS (revision: available/wanted)', 'PHASE', 'MESSAGE']

function rowOf(frame: Frame, rollout: Rollout): string[] {
  const steps = stepsOf(rollout).length
  const step = frame.stepIndex === null || steps === 0 ? '-' : `${frame.stepIndex}/${steps}`
  const pods = Object.entries(frame.pods).map(
    ([revision, [wanted, available]]) => `${revision}: ${available}/${wanted}`,
  )
  return [
    clockText(frame.atSeconds),
    step,
    weightText(frame, rollout),
    shareText(frame, rollout),
    pods.join('  '),
    frame.phase,
    frame.message,
  ]
}

/** `1h02m03s`, always with seconds. */
export function clockText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const [hours = 0, minutes = 0, rest = 0] = parts
  const two = (value: number): string => String(value).padStart(2, '0')
  if (hours > 0) return `${hours}h${two(minutes)}m${two(rest)}s`
  return minutes > 0 ? `${minutes}m${two(rest)}s` : `${rest}s`
}

/** What the steps want: the weight that the router was told, or the nearest setWeight of a basic canary. */
function weightText(frame: Frame, rollout: Rollout): string {
  if (frame.weight !== null) return `${frame.weight}%`
  const canary = rollout.spec.strategy?.canary
  if (!canary || canary.trafficRouting) return '-'
  if (frame.abort) return '0%'
  const steps = stepsOf(rollout)
  if (frame.stepIndex === null || frame.stepIndex >= steps.length) return '100%'
  for (let index = frame.stepIndex; index >= 0; index--) {
    const weight = steps[index]?.setWeight
    if (weight !== undefined) return `${weight}%`
  }
  return '0%'
}

/** The share of available pods that are not of the former revision: what a Service without a router really gives. */
function shareText(frame: Frame, rollout: Rollout): string {
  if (rollout.spec.strategy?.blueGreen) return '-'
  if (frame.effectiveWeight !== null) return `${frame.effectiveWeight}%`
  const revisions = Object.entries(frame.pods)
  const total = revisions.reduce((sum, [, [, available]]) => sum + available, 0)
  if (total === 0) return '-'
  if (revisions.length === 1) return frame.abort ? '0%' : '100%'
  const newest = revisions.at(-1)?.[1][1] ?? 0
  return `${Math.round((100 * newest) / total)}%`
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** What a reader asks next: does it go on, and what would it take? */
function endOf(timeline: Timeline, rollout: Rollout, untilSeconds: number): string[] {
  const last = timeline.frames.at(-1)
  if (!last) return []
  const notes = timeline.issues.map(({ path, message }) => `! ${path}: ${message}`)
  const person = waitsForPerson(rollout)
  const paused = person ? [`waits for ${person} since ${clockText(last.atSeconds)}`] : []
  return [
    ...(notes.length + paused.length > 0 ? [''] : []),
    ...notes,
    ...paused,
    '',
    `nothing else until ${clockText(untilSeconds)}`,
  ]
}
