import { reconcileAnalysisRun } from '../analysis/reconcileAnalysisRun'
import { reconcileExperiment } from '../experiment/reconcileExperiment'
import type { AnalysisRun } from '../model/analysis'
import { isCompletedPhase } from '../model/analysisPhases'
import type { Blocker, BlockerCode } from '../model/blocker'
import { blockerText } from '../model/blockerText'
import { type ControllerVersion, newestRelease } from '../model/controllerVersion'
import type { Decision } from '../model/decision'
import type { Experiment } from '../model/experiment'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { formatTime, parseTime } from '../model/time'
import type { WakeUp, WakeUpCode } from '../model/wakeUp'
import { wakeUpText } from '../model/wakeUpText'
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
  /** `pause`, `pods`, `analysis`, `interval` and the like, the code of the blocker. */
  readonly code: BlockerCode
  /** Of the code: `{ reason: 'CanaryPauseStep', seconds: 60 }`. */
  readonly data: Blocker['data']
  /** Both in words. */
  readonly waitsFor: string
  /** RFC 3339. */
  readonly since?: string
  /** RFC 3339: the latest time at which it ends by itself. */
  readonly until?: string
  /** Who or what ends it. */
  readonly clearedBy: string
  /** The command that ends it, as typed. */
  readonly command?: string
}

/** When the controller reconciles again by itself, and why. */
export interface ExplainedWakeUp {
  /** Whose: `Rollout web`. */
  readonly object: string
  /** RFC 3339. */
  readonly at: string
  readonly code: WakeUpCode
  /** Of the code: `{ stepIndex: 2 }`. */
  readonly data: WakeUp['data']
  /** Both as text: `pause of step 3 ends`. */
  readonly reason: string
}

/** Why a Rollout makes no progress, and what happens next. */
export interface Explanation {
  /** The version of the controller. */
  readonly controller: ControllerVersion
  readonly namespace: string
  readonly name: string
  /** RFC 3339: of the observation. */
  readonly now: string
  readonly phase: string
  readonly message: string
  /** `step 2 of 4 (pause)`; absent without steps, or once all are done. */
  readonly step?: string
  /** Empty if it waits for nothing. */
  readonly waits: readonly Wait[]
  /** When the controller reconciles them again by itself, the earliest first; without its resync. */
  readonly wakeUps: readonly ExplainedWakeUp[]
  /** Each waits for the next, and the last for the first: only a user can end it. Absent if there is none. */
  readonly circle?: readonly string[]
  /** The commands that are possible now. */
  readonly commands: readonly Pick<AvailableCommand, 'command' | 'why' | 'breaks'>[]
  readonly ifNobodyActs: Outlook
}

/**
 * Answers "why does it make no progress?": what a Rollout, its AnalysisRuns and Experiments wait for, since when, until
 * when at the latest, who or what ends it and the command that would; a circle if things wait for each other; and what
 * happens without any action.
 *
 * Errors: none; a malformed field is one of the waits, with its path.
 *
 * @example
 * import { explain } from 'rollout-engine/explain'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 1, paused: true, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const explanation = explain({ now: '2030-01-01T00:00:00Z', rollout: { metadata: { name: 'web' }, spec }, replicaSets: [] })
 * explanation.controller // => 'v1.10'
 * explanation.waits.map(({ code, command }) => [code, command]) // => [['paused', 'resume']]
 */
export function explain(given: RolloutObservation, options: OutlookOptions = {}): Explanation {
  const observation = wellFormed(given)
  const { rollout, now } = observation
  // Malformed fields are among its blockers.
  const decision = decided(given)
  const { phase = '', message = '' } = decision.status
  const next = outlook(observation, [], options)
  const current = currentStepOf(rollout)
  const circle = circleOf(observation, next)
  const looked = [
    { object: `Rollout ${rollout.metadata.name}`, decision },
    ...runDecisions(observation),
    ...experimentDecisions(observation),
  ]
  return {
    controller: observation.options?.controller ?? newestRelease,
    namespace: rollout.metadata.namespace ?? 'default',
    name: rollout.metadata.name,
    now,
    phase,
    message,
    ...(current && { step: `step ${current.index + 1} of ${stepsOf(rollout).length} (${describeStep(current.step)})` }),
    waits: looked.flatMap(({ object, decision }) => decision.blockers.map(waitOf(object))),
    wakeUps: wakeUpsOf(looked, now),
    ...(circle.length > 0 && { circle }),
    commands: availableCommands(observation, { previews: false })
      .filter(({ verdict }) => verdict === 'possible')
      .map(({ command, why, breaks }) => ({ command, why, breaks })),
    ifNobodyActs: next,
  }
}

/** The command that ends a wait, if there is one. */
function commandOf({ code, data }: Blocker): string | undefined {
  switch (code) {
    case 'paused':
      return 'resume'
    case 'pause':
      return data.isOver || data.needsPods ? undefined : 'promote'
    case 'plugin':
    case 'pluginRetry':
    case 'threshold':
      return 'promote'
    case 'previewSize':
      return 'promote --full'
    case 'aborted':
      return 'retry'
    case 'deadline':
    case 'pods':
      return 'abort'
    case 'analysis':
    case 'experimentAnalysis':
      return `terminate analysisrun ${data.analysisRun}`
    case 'experiment':
      return `terminate experiment ${data.experiment}`
    default:
      return undefined
  }
}

const waitOf =
  (object: string) =>
  (blocker: Blocker): Wait => {
    const { code, data, since, until } = blocker
    const command = commandOf(blocker)
    return {
      object,
      code,
      data,
      ...blockerText(blocker),
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until }),
      ...(command !== undefined && { command }),
    }
  }

/** An object and the decision about it. */
interface Looked {
  readonly object: string
  readonly decision: Pick<Decision<unknown, unknown, unknown>, 'blockers' | 'wakeUps'>
}

function wakeUpsOf(looked: readonly Looked[], now: string): readonly ExplainedWakeUp[] {
  const start = parseTime(now) ?? 0
  return looked
    .flatMap(({ object, decision }) => decision.wakeUps.map((wakeUp) => ({ object, wakeUp })))
    .sort((one, other) => one.wakeUp.afterSeconds - other.wakeUp.afterSeconds)
    .map(({ object, wakeUp }) => {
      const { code, data, afterSeconds } = wakeUp
      return { object, at: formatTime(start + Math.ceil(afterSeconds)), code, data, reason: wakeUpText(wakeUp) }
    })
}

const ownedBy =
  ({ metadata }: Rollout) =>
  (one: Pick<KubeObject, 'metadata'>): boolean =>
    one.metadata.ownerReferences?.some(({ uid }) => uid !== undefined && uid === metadata.uid) === true

function runDecisions({ rollout, now, analysisRuns = [], options }: RolloutObservation): readonly Looked[] {
  const isOwn = ownedBy(rollout)
  return analysisRuns
    .filter((run) => isOwn(run) && !isCompletedPhase(run.status?.phase))
    .map((run) => {
      const controller = options?.controller
      const decision = reconcileAnalysisRun({ now, analysisRun: run as AnalysisRun, options: { controller } })
      const blockers = decision.blockers.map((one) => sinceNow(one, now))
      return { object: `AnalysisRun ${run.metadata.name}`, decision: { ...decision, blockers } }
    })
}

/** A due measurement is waited for from now on. */
const sinceNow = (blocker: Blocker, now: string): Blocker =>
  blocker.code === 'ask' && blocker.data.ask === 'measure' ? { ...blocker, since: now } : blocker

function experimentDecisions({ rollout, now, ...observed }: RolloutObservation): readonly Looked[] {
  const isOwn = ownedBy(rollout)
  return (observed.experiments ?? [])
    .filter((one) => isOwn(one) && !isCompletedPhase(one.status?.phase))
    .map((one) => {
      const decision = reconcileExperiment({
        now,
        experiment: one as Experiment,
        replicaSets: observed.replicaSets,
        services: observed.services ?? [],
        analysisRuns: observed.analysisRuns ?? [],
        analysisTemplates: observed.analysisTemplates ?? [],
        clusterAnalysisTemplates: observed.clusterAnalysisTemplates ?? [],
        options: { controller: observed.options?.controller },
      } as never)
      return { object: `Experiment ${one.metadata.name}`, decision }
    })
}

/** Seconds between two times; undefined if one cannot be read. */
export function secondsBetween(from: string | undefined, to: string | undefined): number | undefined {
  const [start, end] = [parseTime(from), parseTime(to)]
  return start === undefined || end === undefined ? undefined : end - start
}
