import { reconcileAnalysisRun } from '../analysis/reconcileAnalysisRun'
import { reconcileExperiment } from '../experiment/reconcileExperiment'
import type { AnalysisRun } from '../model/analysis'
import { isCompletedPhase } from '../model/analysisPhases'
import { type ControllerVersion, newestRelease } from '../model/controllerVersion'
import type { Blocker } from '../model/decision'
import type { Experiment } from '../model/experiment'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { parseTime } from '../model/time'
import { currentStepOf, describeStep, stepsOf } from '../rollout/facts/steps'
import type { RolloutObservation } from '../rollout/observation'
import { wellFormed } from '../rollout/validation/wellFormed'
import { type AvailableCommand, availableCommands } from './availableCommands'
import { circleOf } from './circle'
import { decided } from './decided'
import { type Outlook, type OutlookOptions, outlook } from './outlook'

/** One thing that an object waits for. */
export interface Wait {
  /** Who waits: `Rollout web`, `AnalysisRun web-5f-2`. */
  readonly object: string
  /** `pause`, `pods`, `analysis`, `interval` and the like. */
  readonly kind: string
  readonly waitsFor: string
  /** RFC 3339. */
  readonly since?: string
  /** RFC 3339: gone then by itself at the latest. */
  readonly until?: string
  /** Who or what ends it. */
  readonly clearedBy: string
  /** The command that would end it, as people type it. */
  readonly command?: string
}

/** Why a Rollout is not further, and what comes next. */
export interface Explanation {
  /** The version of the controller that this is true of. */
  readonly controller: ControllerVersion
  readonly namespace: string
  readonly name: string
  /** RFC 3339: of the observation. */
  readonly now: string
  readonly phase: string
  readonly message: string
  /** `step 2 of 4 (pause)`; absent without steps, or once all are done. */
  readonly step?: string
  /** Empty where nothing holds it up. */
  readonly waits: readonly Wait[]
  /** Each waits for the next, and the last for the first: nothing but a person ends it. Absent where there is none. */
  readonly circle?: readonly string[]
  /** Of those that are possible now. */
  readonly commands: readonly Pick<AvailableCommand, 'command' | 'why' | 'breaks'>[]
  readonly ifNobodyActs: Outlook
}

/**
 * Answers "why is it not further?": what a Rollout, its AnalysisRuns and Experiments wait for, since when, until when at the latest, who
 * or what ends it and the command that would; a circle where things wait for each other; and what happens if nobody does anything.
 *
 * Errors: none; what is malformed is one of the waits, with its path.
 *
 * @example
 * import { explain } from 'rollout-engine/explain'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 1, paused: true, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const explanation = explain({ now: '2030-01-01T00:00:00Z', rollout: { metadata: { name: 'web' }, spec }, replicaSets: [] })
 * explanation.controller // => 'v1.10'
 * explanation.waits.map(({ kind, command }) => [kind, command]) // => [['paused', 'resume']]
 */
export function explain(given: RolloutObservation, options: OutlookOptions = {}): Explanation {
  const observation = wellFormed(given)
  const { rollout, now } = observation
  // What is malformed is among its blockers.
  const decision = decided(given)
  const { phase = '', message = '' } = decision.status
  const next = outlook(observation, [], options)
  const current = currentStepOf(rollout)
  const circle = circleOf(observation, next)
  const waits = [
    ...waitsOf(`Rollout ${rollout.metadata.name}`, decision.blockers),
    ...runWaits(observation),
    ...experimentWaits(observation),
  ]
  return {
    controller: observation.options?.controller ?? newestRelease,
    namespace: rollout.metadata.namespace ?? 'default',
    name: rollout.metadata.name,
    now,
    phase,
    message,
    ...(current && { step: `step ${current.index + 1} of ${stepsOf(rollout).length} (${describeStep(current.step)})` }),
    waits,
    ...(circle.length > 0 && { circle }),
    commands: availableCommands(observation, { previews: false })
      .filter(({ verdict }) => verdict === 'possible')
      .map(({ command, why, breaks }) => ({ command, why, breaks })),
    ifNobodyActs: next,
  }
}

/** The command that ends a wait, by its kind. */
const commandOfKind: Readonly<Record<string, string>> = {
  paused: 'resume',
  pause: 'promote',
  aborted: 'retry',
  plugin: 'promote',
  deadline: 'abort',
  pods: 'abort',
}

function waitsOf(object: string, blockers: readonly Blocker[]): readonly Wait[] {
  return blockers.map(({ kind, waitsFor, since, until, clearedBy }) => {
    const named = /^(AnalysisRun|Experiment) (\S+) to complete$/.exec(waitsFor)
    const command = named ? `terminate ${named[1]?.toLowerCase()} ${named[2]}` : commandOfKind[kind]
    return {
      object,
      kind,
      waitsFor,
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until }),
      clearedBy,
      ...(command !== undefined && { command }),
    }
  })
}

const ownedBy =
  ({ metadata }: Rollout) =>
  (one: Pick<KubeObject, 'metadata'>): boolean =>
    one.metadata.ownerReferences?.some(({ uid }) => uid !== undefined && uid === metadata.uid) === true

function runWaits({ rollout, now, analysisRuns = [], options }: RolloutObservation): readonly Wait[] {
  const isOwn = ownedBy(rollout)
  return analysisRuns
    .filter((run) => isOwn(run) && !isCompletedPhase(run.status?.phase))
    .flatMap((run) => {
      const controller = options?.controller
      const { blockers } = reconcileAnalysisRun({ now, analysisRun: run as AnalysisRun, options: { controller } })
      return waitsOf(
        `AnalysisRun ${run.metadata.name}`,
        blockers.map((one) => withNextMeasurement(one, now)),
      )
    })
}

/** Measurements come by themselves: their blockers end when the next one is taken. */
function withNextMeasurement(blocker: Blocker, now: string): Blocker {
  const isAsked = blocker.kind === 'ask'
  return isAsked
    ? {
        ...blocker,
        kind: 'measurement',
        waitsFor: 'a measurement that is due now',
        clearedBy: 'the provider',
        since: now,
      }
    : blocker
}

function experimentWaits({ rollout, now, ...observed }: RolloutObservation): readonly Wait[] {
  const isOwn = ownedBy(rollout)
  return (observed.experiments ?? [])
    .filter((one) => isOwn(one) && !isCompletedPhase(one.status?.phase))
    .flatMap((one) => {
      const { blockers } = reconcileExperiment({
        now,
        experiment: one as Experiment,
        replicaSets: observed.replicaSets,
        services: observed.services ?? [],
        analysisRuns: observed.analysisRuns ?? [],
        analysisTemplates: observed.analysisTemplates ?? [],
        clusterAnalysisTemplates: observed.clusterAnalysisTemplates ?? [],
        options: { controller: observed.options?.controller },
      } as never)
      return waitsOf(`Experiment ${one.metadata.name}`, blockers)
    })
}

/** Seconds between two times; undefined where one cannot be read. */
export function secondsBetween(from: string | undefined, to: string | undefined): number | undefined {
  const [start, end] = [parseTime(from), parseTime(to)]
  return start === undefined || end === undefined ? undefined : end - start
}
