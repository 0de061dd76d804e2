import type { AnalysisPhase } from '../model/analysis'
import { isCompletedPhase } from '../model/analysisPhases'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { stepsOf } from '../rollout/facts/steps'
import type { Timeline } from '../simulate/simulation'
import type { Frame } from '../simulate/timeline'
import { waitsForPerson } from '../simulate/waiting'
import { readableLine } from './readable'

/** The Rollout as it was given: it may be gone in the end. */
export interface Simulated {
  readonly key: string
  readonly rollout: KubeObject | undefined
}

/** A timeline for people: when which weight holds or which revision is active, pods of each revision, phase and message. */
export function printTable(
  timeline: Timeline,
  { key, rollout: given }: Simulated,
  { untilSeconds, showEvents }: { readonly untilSeconds: number; readonly showEvents: boolean },
): string {
  const rollout = (timeline.objects[key] ?? given) as unknown as Rollout
  const isInstalled = ((given as Rollout | undefined)?.status?.currentPodHash ?? '') !== ''
  const lines = linesOf(timeline.frames, rollout)
  const events = showEvents ? ['', 'EVENTS', ...timeline.events.map(eventLine)] : []
  return [...lines, ...events, ...endOf(timeline, rollout, untilSeconds, isInstalled)].join('\n')
}

const eventLine = ({ atSeconds, type, reason, message }: Timeline['events'][number]): string =>
  `${clockText(atSeconds).padEnd(6)}  ${type === 'Warning' ? '! ' : ''}${readableLine(`${reason}: ${message}`)}`

interface Column {
  readonly heading: string
  readonly cell: (frame: Frame, rollout: Rollout, before: Frame | undefined) => string
  /** Left out for the other strategy. */
  readonly only?: 'canary' | 'blueGreen'
  /** Left out where no row has anything in it. */
  readonly optional?: boolean
}

const columns: readonly Column[] = [
  { heading: 'TIME', cell: ({ atSeconds }) => clockText(atSeconds) },
  { heading: 'STEP', only: 'canary', cell: stepText },
  { heading: 'WEIGHT', only: 'canary', cell: weightText },
  { heading: 'ACTUAL', only: 'canary', cell: shareText },
  { heading: 'PODS (revision: available/wanted)', cell: podsText },
  { heading: 'WORKLOAD', cell: ({ workload }) => (workload === null ? '' : String(workload)), optional: true },
  { heading: 'ROLES', only: 'blueGreen', cell: rolesText },
  { heading: 'RUNS AND EXPERIMENTS', optional: true, cell: runsText },
  { heading: 'PHASE', cell: ({ phase }) => phase || '-' },
  { heading: 'MESSAGE', cell: ({ message }) => message },
]

const columnsOf = ({ kind, spec }: Rollout): readonly Column[] =>
  kind === 'Experiment'
    ? columns.filter(({ only }) => only === undefined)
    : columns.filter(({ only }) => only !== (spec.strategy?.blueGreen ? 'canary' : 'blueGreen'))

function stepText({ stepIndex }: Frame, rollout: Rollout): string {
  const steps = stepsOf(rollout).length
  return stepIndex === null || steps === 0 ? '-' : `${stepIndex}/${steps}`
}

/** `1: stable,active  2: preview`: who gets the traffic, and what is being tried. */
function rolesText({ roles }: Frame): string {
  return Object.entries(roles)
    .map(([revision, names]) => `${revision}: ${names.join(',')}`)
    .join('  ')
}

function podsText({ pods, experimentPods, experiments }: Frame): string {
  const revisions = Object.entries(pods).filter(([revision]) => revision !== 'null')
  const others = Object.entries(experimentPods).map(([name, counts]) => [partOf(name, experiments), counts] as const)
  return [...revisions, ...others].map(([name, [wanted, available]]) => `${name}: ${available}/${wanted}`).join('  ')
}

/** What goes on, and what came to its end since the frame before; experiments first, their parts by their short names. */
function runsText({ runs, experiments }: Frame, rollout: Rollout, before: Frame | undefined): string {
  const own = rollout.metadata.name.length + 1
  // An Experiment alone has its phase in a column of its own.
  const others = Object.entries(experiments).filter(([name]) => name !== rollout.metadata.name)
  const named = [
    ...others.map(([name, phase]) => [name.slice(own), phase, before?.experiments[name]] as const),
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
function shareText(frame: Frame): string {
  if (frame.effectiveWeight !== null) return `${frame.effectiveWeight}%`
  const revisions = Object.entries(frame.pods).filter(([revision]) => revision !== 'null')
  const total = revisions.reduce((sum, [, [, available]]) => sum + available, 0)
  if (total === 0) return '-'
  if (revisions.length === 1) return frame.abort ? '0%' : '100%'
  const newest = revisions.at(-1)?.[1][1] ?? 0
  return `${Math.round((100 * newest) / total)}%`
}

/** Columns under each other. */
function linesOf(frames: readonly Frame[], rollout: Rollout): string[] {
  const filled = columnsOf(rollout).map(({ heading, optional, cell }) => ({
    optional,
    cells: [heading, ...frames.map((frame, index) => readableLine(cell(frame, rollout, frames[index - 1])))],
  }))
  const shown = filled.filter(({ optional, cells }) => !optional || cells.slice(1).some((text) => text !== ''))
  const padded = shown.map(({ cells }) => {
    const width = Math.max(...cells.map((text) => text.length))
    return cells.map((text) => text.padEnd(width))
  })
  return ['', ...frames].map((_, row) =>
    padded
      .map((cells) => cells[row])
      .join('  ')
      .trimEnd(),
  )
}

/** What the answer rests on: `assumed: Service web-stable, Service web-canary`. */
function assumedLines({ assumed }: Timeline): string[] {
  if (assumed.length === 0) return []
  return [
    '',
    `assumed, as they are not among the files: ${assumed.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`,
  ]
}

/** Steps run on updates only: whoever asks without one sees none of them. */
function firstInstallLines({ frames, outcome }: Timeline, rollout: Rollout, isInstalled: boolean): string[] {
  const revisions = frames.flatMap(({ pods }) => Object.keys(pods))
  // What a cluster has installed already is no first install, even where its ReplicaSets are not given.
  if (isInstalled) return []
  const hasSteps = stepsOf(rollout).length > 0 || rollout.spec.strategy?.blueGreen
  if (!hasSteps || outcome === 'invalid' || revisions.length === 0 || revisions.some((revision) => revision !== '1'))
    return []
  return [
    '',
    'a first install: steps and promotions are skipped; --update IMAGE@TIME or --apply FILE shows what an update does',
  ]
}

/** What a reader asks next: does it go on, and what would it take? */
function endOf(timeline: Timeline, rollout: Rollout, untilSeconds: number, isInstalled: boolean): string[] {
  const last = timeline.frames.at(-1)
  if (!last) return []
  const notes = timeline.issues.map(({ path, message }) => readableLine(`! ${path}: ${message}`))
  const person = waitsForPerson(rollout)
  const paused = person ? [`waits for ${person} since ${clockText(last.atSeconds)}`] : []
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
