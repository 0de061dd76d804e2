import { parseDurationSeconds } from '../go/durationSeconds'
import { isCompletedPhase } from '../model/analysisPhases'
import type { Experiment } from '../model/experiment'
import { givenList } from '../model/given'
import type { Rollout } from '../model/rollout'
import { formatTime, parseTime } from '../model/time'
import { replicasOf } from '../rollout/defaults'
import { ageText, spanText } from './age'
import { seenPhaseOf } from './seenPhase'
import { padded, tableLines } from './table'
import { setWeightOf, stepText } from './weights'
import { wellFormedExperimentObject, wellFormedRolloutObject } from './wellFormed'
import { wellFormedOptions, wellFormedRows } from './wellFormedViews'

/** A line of `list rollouts`; `step` and `setWeight` are `-` if there are none. */
export interface RolloutRow {
  readonly namespace: string
  readonly name: string
  /** `Canary`, `BlueGreen` or `unknown`. */
  readonly strategy: string
  readonly status: string
  readonly step: string
  readonly setWeight: string
  /** Ready pods of all that are there: `3/4`. */
  readonly ready: string
  readonly desired: number
  readonly upToDate: number
  readonly available: number
}

/** A line of `list experiments`; `duration` and `remaining` are `-` if there are none. */
export interface ExperimentRow {
  readonly namespace: string
  readonly name: string
  readonly status: string
  readonly duration: string
  readonly remaining: string
  readonly age: string
}

/** Columns of `list rollouts` that are not always there. */
export interface RolloutListOptions {
  /** A column of namespaces in front. */
  readonly namespaces?: boolean
  /** RFC 3339: a column with this time in front of all others. */
  readonly timestamp?: string
}

/**
 * The lines of `kubectl argo rollouts list rollouts`, as data, by namespace and name.
 *
 * Source: behaviour 8.2.
 *
 * @example
 * ```ts
 * import { listRollouts } from 'rollout-engine/view'
 *
 * const [row] = listRollouts([{ metadata: { name: 'web' }, spec: { replicas: 3, strategy: { canary: {} } } }])
 * row?.setWeight // '100'
 * row?.step // '-'
 * ```
 */
export const listRollouts = (rollouts: readonly Rollout[]): readonly RolloutRow[] =>
  givenList(rollouts)
    .map((rollout) => rolloutRow(wellFormedRolloutObject(rollout)))
    .sort(byNamespaceAndName)

function rolloutRow(rollout: Rollout): RolloutRow {
  const { metadata, spec, status = {} } = rollout
  const { canary, blueGreen } = spec.strategy ?? {}
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    strategy: canary ? 'Canary' : blueGreen ? 'BlueGreen' : 'unknown',
    status: seenPhaseOf(rollout).phase,
    step: (canary && stepText(rollout)) ?? '-',
    setWeight: canary ? String(setWeightOf(rollout)) : '-',
    ready: `${status.readyReplicas ?? 0}/${status.replicas ?? 0}`,
    desired: replicasOf(rollout),
    upToDate: status.updatedReplicas ?? 0,
    available: status.availableReplicas ?? 0,
  }
}

/**
 * The lines of `kubectl argo rollouts list experiments`, as data, by namespace and name; ages are counted from `now`
 * (RFC 3339).
 *
 * Source: behaviour 8.2.
 *
 * @example
 * ```ts
 * import { listExperiments } from 'rollout-engine/view'
 *
 * const experiment = {
 *   metadata: { name: 'bake-off', creationTimestamp: '2030-01-01T00:00:00Z' },
 *   spec: { templates: [], duration: '1h' },
 *   status: { phase: 'Running', availableAt: '2030-01-01T00:01:00Z' },
 * } as const
 * listExperiments([experiment], '2030-01-01T00:31:00Z')[0]?.remaining // '30m'
 * ```
 */
export function listExperiments(experiments: readonly Experiment[], now: string): readonly ExperimentRow[] {
  const seconds = parseTime(now) ?? 0
  return givenList(experiments)
    .map((experiment) => experimentRow(wellFormedExperimentObject(experiment), seconds))
    .sort(byNamespaceAndName)
}

function experimentRow({ metadata, spec, status = {} }: Experiment, now: number): ExperimentRow {
  const duration = spec.duration ? parseDurationSeconds(spec.duration) : undefined
  const availableAt = parseTime(status.availableAt)
  const runs = duration !== undefined && availableAt !== undefined && !isCompletedPhase(status.phase ?? '')
  const remaining = runs ? availableAt + duration - now : 0
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    status: status.phase ?? '',
    duration: duration === undefined ? '-' : spanText(duration),
    remaining: remaining > 0 ? spanText(remaining) : '-',
    age: ageText(now, metadata.creationTimestamp),
  }
}

interface Named {
  readonly namespace: string
  readonly name: string
}

/** As an API server lists. */
function byNamespaceAndName(left: Named, right: Named): number {
  const [before, after] = [`${left.namespace}/${left.name}`, `${right.namespace}/${right.name}`]
  return before === after ? 0 : before < after ? -1 : 1
}

interface Column<R> {
  readonly heading: string
  readonly cell: (row: R) => string | number
  /** Cells are filled up to this width, so that a watched list stays in place; the last one too. */
  readonly width: number
}

const rolloutColumns: readonly Column<RolloutRow>[] = [
  { heading: 'NAME', width: 10, cell: ({ name }) => name },
  { heading: 'STRATEGY', width: 9, cell: ({ strategy }) => strategy },
  { heading: 'STATUS', width: 12, cell: ({ status }) => status },
  { heading: 'STEP', width: 4, cell: ({ step }) => step },
  { heading: 'SET-WEIGHT', width: 10, cell: ({ setWeight }) => setWeight },
  { heading: 'READY', width: 5, cell: ({ ready }) => ready },
  { heading: 'DESIRED', width: 7, cell: ({ desired }) => desired },
  { heading: 'UP-TO-DATE', width: 10, cell: ({ upToDate }) => upToDate },
  { heading: 'AVAILABLE', width: 9, cell: ({ available }) => available },
]

const experimentColumns: readonly Column<ExperimentRow>[] = [
  { heading: 'NAME', width: 10, cell: ({ name }) => name },
  { heading: 'STATUS', width: 6, cell: ({ status }) => status },
  { heading: 'DURATION', width: 8, cell: ({ duration }) => duration },
  { heading: 'REMAINING', width: 9, cell: ({ remaining }) => remaining },
  { heading: 'AGE', width: 3, cell: ({ age }) => age },
]

const namespaceColumn: Column<Named> = { heading: 'NAMESPACE', width: 9, cell: ({ namespace }) => namespace }

/**
 * Prints what `listRollouts` gave as `kubectl argo rollouts list rollouts` does, byte for byte; empty if there is
 * nothing to print (upstream then says `No resources found.` on standard error).
 *
 * Source: behaviour 8.2.
 *
 * @example
 * ```ts
 * import { listRollouts, renderRolloutList } from 'rollout-engine/view'
 *
 * const rows = listRollouts([{ metadata: { name: 'web' }, spec: { strategy: { blueGreen: {} } } }])
 * renderRolloutList(rows).startsWith('NAME        STRATEGY   STATUS') // true
 * ```
 */
export function renderRolloutList(rows: readonly RolloutRow[], given: RolloutListOptions = {}): string {
  const options = wellFormedOptions(given)
  const seconds = parseTime(options.timestamp)
  const time = seconds === undefined ? '' : formatTime(seconds)
  const timestampColumn: Column<RolloutRow> = { heading: 'TIMESTAMP', width: 20, cell: () => time }
  return tableText(
    [
      ...(options.timestamp === undefined ? [] : [timestampColumn]),
      ...(options.namespaces ? [namespaceColumn] : []),
      ...rolloutColumns,
    ],
    wellFormedRows({ rollouts: rows }).rollouts ?? [],
  )
}

/**
 * Prints what `listExperiments` gave as `kubectl argo rollouts list experiments` does, byte for byte; see
 * `renderRolloutList`.
 *
 * Source: behaviour 8.2.
 *
 * @example
 * ```ts
 * import { listExperiments, renderExperimentList } from 'rollout-engine/view'
 *
 * const rows = listExperiments([{ metadata: { name: 'bake-off' }, spec: { templates: [] } }], '2030-01-01T00:00:00Z')
 * renderExperimentList(rows).split('\n')[0] // 'NAME        STATUS  DURATION  REMAINING  AGE'
 * ```
 */
export const renderExperimentList = (
  rows: readonly ExperimentRow[],
  options: { readonly namespaces?: boolean } = {},
): string =>
  tableText(
    [...(wellFormedOptions(options).namespaces ? [namespaceColumn] : []), ...experimentColumns],
    wellFormedRows({ experiments: rows }).experiments ?? [],
  )

function tableText<R>(columns: readonly Column<R>[], rows: readonly R[]): string {
  if (rows.length === 0) return ''
  const cells = rows.map((row) => columns.map(({ cell, width }) => padded(String(cell(row)), width)))
  return tableLines([columns.map(({ heading }) => heading), ...cells])
    .map((line) => `${line}\n`)
    .join('')
}
