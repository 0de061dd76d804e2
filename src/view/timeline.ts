import type { AnalysisPhase } from '../model/analysis'
import { isCompletedPhase } from '../model/analysisPhases'
import type { Rollout } from '../model/rollout'
import { stepsOf } from '../rollout/facts/steps'
import { wellFormedRollout } from '../rollout/validation/wellFormed'
import { wellFormedFrames } from '../simulate/answers/wellFormed'
import type { Frame } from '../simulate/frame'
import { isSameRoom } from '../simulate/models/askModels'
import { clockText } from './clockText'
import { tableLines } from './table'
import { wellFormedTable } from './wellFormedViews'

/** A simulation as a table: a row for each frame, whose cells are texts. */
export interface TimelineTable {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/**
 * The table that `rollout-engine simulate` prints, as data: weights or the active revision over time, pods of each
 * revision, phase and message. Columns of the other strategy are left out, and those in which nothing happens.
 *
 * `simulated` is the Rollout that was simulated, or the Experiment where one stood alone. Where manifests were applied,
 * give a function of the second, such as `(seconds) => timeline.at(seconds)['rollouts/default/web']`: each row then has
 * the steps of its time.
 *
 * Source: our own; the words are those of `get rollout`.
 *
 * @example
 * ```ts
 * import { simulate } from 'rollout-engine/simulate'
 * import { describeTimeline } from 'rollout-engine/view'
 *
 * const web = {
 *   apiVersion: 'argoproj.io/v1alpha1',
 *   kind: 'Rollout',
 *   metadata: { name: 'web', namespace: 'default' },
 *   spec: {
 *     replicas: 2,
 *     selector: { matchLabels: { app: 'web' } },
 *     strategy: { canary: {} },
 *     template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
 *   },
 * }
 * const { frames } = simulate({ manifests: [web], untilSeconds: 60 })
 * const { headings, rows } = describeTimeline(frames, web)
 * headings[0] // 'TIME'
 * rows.at(-1)?.at(-2) // 'Healthy'
 * ```
 */
export function describeTimeline(
  seen: readonly Frame[],
  simulated: Rollout | ((atSeconds: number) => Rollout),
): TimelineTable {
  const frames = wellFormedFrames(seen)
  const rollouts = frames.map(({ atSeconds }) => readable(simulated, atSeconds))
  const last = rollouts.at(-1) ?? readable(simulated, 0)
  const filled = columnsOf(last).map(({ heading, optional, cell }) => ({
    heading,
    optional,
    cells: frames.map((frame, index) => cell(frame, rollouts[index] ?? last, frames[index - 1])),
  }))
  const shown = filled.filter(({ optional, cells }) => !optional || cells.some((text) => text !== ''))
  return {
    headings: shown.map(({ heading }) => heading),
    rows: frames.map((_, row) => shown.map(({ cells }) => cells[row] ?? '')),
  }
}

function readable(simulated: Rollout | ((atSeconds: number) => Rollout), atSeconds: number): Rollout {
  const rollout = typeof simulated === 'function' ? simulated(atSeconds) : simulated
  return wellFormedRollout(rollout)
}

/**
 * Prints what `describeTimeline` gave, columns under each other, as `rollout-engine simulate` does. Lines end with a
 * line end.
 *
 * @example
 * ```ts
 * import { renderTimeline } from 'rollout-engine/view'
 *
 * renderTimeline({ headings: ['TIME', 'PHASE'], rows: [['0s', 'Progressing'], ['1m00s', 'Healthy']] }) // 'TIME   PHASE\n0s     Progressing\n1m00s  Healthy\n'
 * ```
 */
export function renderTimeline(table: TimelineTable): string {
  const { headings, rows } = wellFormedTable(table)
  return tableLines([headings, ...rows])
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
}

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
  { heading: 'ROUTES', only: 'canary', optional: true, cell: routesText },
  { heading: 'PODS (revision: available/wanted)', cell: podsText },
  { heading: 'WORKLOAD', cell: ({ workload }) => (workload === null ? '' : String(workload)), optional: true },
  { heading: 'ROLES', only: 'blueGreen', cell: rolesText },
  { heading: 'RUNS AND EXPERIMENTS', optional: true, cell: runsText },
  { heading: 'ROOM', optional: true, cell: roomText },
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

/** `1: stable,active  2: preview`: the revisions with traffic and in preview. */
function rolesText({ roles }: Frame): string {
  return Object.entries(roles)
    .map(([revision, names]) => `${revision}: ${names.join(',')}`)
    .join('  ')
}

function podsText({ pods, experiments }: Frame): string {
  const own = pods.map((counts) => ({ name: String(counts.revision), ...counts }))
  const others = Object.values(experiments)
    .flatMap((experiment) => experiment.pods)
    .map((counts) => ({ name: partOf(counts.replicaSet, experiments), ...counts }))
  return [...own, ...others].map(({ name, wanted, available }) => `${name}: ${available}/${wanted}`).join('  ')
}

/** What is running, and what has ended since the last frame; experiments first, their parts by their short names. */
function runsText({ runs, experiments }: Frame, rollout: Rollout, before: Frame | undefined): string {
  const own = rollout.metadata.name.length + 1
  // An Experiment alone has its phase in a column of its own.
  const others = Object.entries(experiments).filter(
    ([name, { phase }]) => name !== rollout.metadata.name && phase !== null,
  )
  const named = [
    ...others.map(([name, { phase }]) => [name.slice(own), phase ?? '', before?.experiments[name]?.phase] as const),
    ...runs.map(({ name, phase }) => {
      const short = partOf(name, experiments)
      return [
        short === name ? name.slice(own) : short,
        phase,
        before?.runs.find((run) => run.name === name)?.phase,
      ] as const
    }),
  ]
  const news = named.filter(([, phase, old]) => phase !== old || !isCompletedPhase(phase as AnalysisPhase))
  return news.map(([name, phase]) => `${name} ${phase || 'new'}`).join('  ')
}

/** `header internal  mirror copies 20%`: no weight counts their requests. */
function routesText({ routes }: Frame): string {
  return routes
    .map(({ kind, name, percentage }) => `${kind} ${name}${percentage === undefined ? '' : ` ${percentage}%`}`)
    .join('  ')
}

/** For how many pods there is room, where that changed: `quota 5, nodes 6`. */
function roomText({ room }: Frame, _: Rollout, before: Frame | undefined): string {
  if (room === null || isSameRoom(room, before?.room)) return ''
  const { pods, running } = room
  const parts = [pods === undefined ? '' : `quota ${pods}`, running === undefined ? '' : `nodes ${running}`]
  return parts.filter((part) => part !== '').join(', ') || 'no limit'
}

/** `baseline` of `shop-5f-2-0-baseline` beside an Experiment called `shop-5f-2-0`. */
function partOf(name: string, experiments: Frame['experiments']): string {
  const owner = Object.keys(experiments).find((experiment) => name.startsWith(`${experiment}-`))
  return owner === undefined ? name : name.slice(owner.length + 1)
}

/** The wanted weight: the last one set on the router, or the nearest setWeight of a basic canary. */
function weightText(frame: Frame, rollout: Rollout): string {
  const canary = rollout.spec.strategy?.canary
  if (frame.weight !== null) {
    if (canaryOf(frame) === undefined) return '100%'
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

/** The revision that is tried. At rest there is none: the newest one is stable, and has all of the traffic. */
const canaryOf = ({ roles }: Frame): string | undefined =>
  Object.keys(roles).find((revision) => roles[revision]?.includes('canary'))

/** The router's share of the newest revision, or that of available pods where there is no router. */
function shareText(frame: Frame): string {
  const canary = canaryOf(frame)
  if (frame.effectiveWeight !== null && canary !== undefined) return `${frame.effectiveWeight}%`
  const total = frame.pods.reduce((sum, { available }) => sum + available, 0)
  if (total === 0) return '-'
  if (canary === undefined) return '100%'
  const ofCanary = frame.pods.find(({ revision }) => String(revision) === canary)
  return `${Math.round((100 * (ofCanary?.available ?? 0)) / total)}%`
}
