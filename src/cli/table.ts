import type { AnalysisPhase } from '../model/analysis'
import { isCompletedPhase } from '../model/analysisRuns/phases'
import type { Rollout } from '../model/rollout'
import { stepsOf } from '../rollout/steps/steps'
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
  const rows = timeline.frames.map((frame, index) => rowOf(frame, timeline.frames[index - 1], rollout))
  const lines = alignColumns([headings, ...rows])
  const events = showEvents ? ['', 'EVENTS', ...timeline.events.map(eventLine)] : []
  return [...lines, ...events, ...endOf(timeline, rollout, untilSeconds)].join('\n')
}

const eventLine = ({ atSeconds, type, reason, message }: Timeline['events'][number]): string =>
  `${clockText(atSeconds).padEnd(6)}  ${type === 'Warning' ? '! ' : ''}${reason}: ${message}`

const runsHeading = 'RUNS AND EXPERIMENTS'
const headings = [
  'TIME',
  'STEP',
  'WEIGHT',
  'ACTUAL',
  'PODS (revision: available/wanted)',
  runsHeading,
  'PHASE',
  'MESSAGE',
]

function rowOf(frame: Frame, before: Frame | undefined, rollout: Rollout): string[] {
  const steps = stepsOf(rollout).length
  const step = frame.stepIndex === null || steps === 0 ? '-' : `${frame.stepIndex}/${steps}`
  return [
    clockText(frame.atSeconds),
    step,
    weightText(frame, rollout),
    shareText(frame, rollout),
    podsText(frame),
    runsText(frame, before, rollout),
    frame.phase,
    frame.message,
  ]
}

function podsText({ pods, experimentPods, experiments }: Frame): string {
  const revisions = Object.entries(pods).filter(([revision]) => revision !== 'null')
  const others = Object.entries(experimentPods).map(([name, counts]) => [partOf(name, experiments), counts] as const)
  return [...revisions, ...others].map(([name, [wanted, available]]) => `${name}: ${available}/${wanted}`).join('  ')
}

/** What goes on, and what came to its end since the frame before; experiments first, their parts by their short names. */
function runsText({ runs, experiments }: Frame, before: Frame | undefined, rollout: Rollout): string {
  const own = rollout.metadata.name.length + 1
  const named = [
    ...Object.entries(experiments).map(([name, phase]) => [name.slice(own), phase, before?.experiments[name]] as const),
    ...Object.entries(runs).map(([name, phase]) => {
      const short = partOf(name, experiments)
      return [short === name ? name.slice(own) : short, phase, before?.runs[name]] as const
    }),
  ]
  const news = named.filter(([, phase, old]) => phase !== old || !isCompletedPhase(phase as AnalysisPhase))
  return news.map(([name, phase]) => `${name} ${phase || 'new'}`).join('  ')
}

/** `baseline` of `shop-5f-2-0-baseline` beside an Experiment called `shop-5f-2-0`. */
function partOf(name: string, experiments: Frame['experiments']): string {
  const owner = Object.keys(experiments).find((experiment) => name.startsWith(`${experiment}-`))
  return owner === undefined ? name : name.slice(owner.length + 1)
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
  const canary = rollout.spec.strategy?.canary
  if (frame.weight !== null) {
    const others = frame.destinations.map(({ serviceName = '', weight }) => ({
      name: partOf(serviceName, frame.experiments),
      weight,
    }))
    if (others.length === 0) return `${frame.weight}%`
    const rest = others.reduce(
      (sum, { weight }) => sum - weight,
      (canary?.trafficRouting?.maxTrafficWeight ?? 100) - frame.weight,
    )
    const shares = [...others, { name: 'stable', weight: rest }].map(({ name, weight }) => `${name} ${weight}%`)
    return [`${frame.weight}%`, ...shares].join(', ')
  }
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
  const revisions = Object.entries(frame.pods).filter(([revision]) => revision !== 'null')
  const total = revisions.reduce((sum, [, [, available]]) => sum + available, 0)
  if (total === 0) return '-'
  if (revisions.length === 1) return frame.abort ? '0%' : '100%'
  const newest = revisions.at(-1)?.[1][1] ?? 0
  return `${Math.round((100 * newest) / total)}%`
}

/** Columns under each other; without the column of runs where there are none. */
function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const hasRuns = rows.slice(1).some((row) => row[headings.indexOf(runsHeading)] !== '')
  const shown = headings.flatMap((heading, column) => (heading === runsHeading && !hasRuns ? [] : [column]))
  const widths = shown.map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    shown
      .map((column, at) => (row[column] ?? '').padEnd(widths[at] ?? 0))
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
