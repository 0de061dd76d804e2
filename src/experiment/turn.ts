import type { AnalysisRun } from '../model/analysis'
import type { Change } from '../model/change'
import { changeKey, failureOf, type ReportedFailure } from '../model/changeKey'
import type { EngineEvent } from '../model/decision'
import type {
  Experiment,
  ExperimentAnalysisRunStatus,
  ExperimentStatus,
  ExperimentTemplate,
  ExperimentTemplateStatus,
} from '../model/experiment'
import type { StringMap } from '../model/meta'
import { parseTime } from '../model/time'
import type { WakeUp, WakeUpCode, WakeUpData } from '../model/wakeUp'
import type { ReplicaSet, Service } from '../model/workload'
import type { ExperimentObservation } from './observation'

/** The result for a template's Service; its names are written to the template's status. */
export type ServiceOutcome =
  | { readonly kind: 'kept' }
  | { readonly kind: 'present'; readonly serviceName: string; readonly podTemplateHash: string | undefined }
  | { readonly kind: 'gone' }
  | { readonly kind: 'trouble'; readonly message: string }

/** All differences between controller versions in decisions about Experiments. */
export interface ExperimentSemantics {
  readonly replicaSetLabels: (labels: StringMap, hash: string) => StringMap
  /** The handling of the Service of a template that should have no pods. */
  readonly endService: (
    turn: Turn,
    template: ExperimentTemplate,
    set: ReplicaSet,
    service: Service | undefined,
  ) => ServiceOutcome
  /** The Service is deleted in the reconcile that scales its ReplicaSet to 0, while pods still exist. */
  readonly endsServiceWithScale: boolean
  readonly missingRun: (name: string) => string
  /** Tells the Rollout that owns the Experiment. */
  readonly tellOwner: (turn: Turn, reason: string, message: string) => void
}

/**
 * The state of one reconcile: the observation, facts that hold for the whole reconcile, and the decisions so far. It
 * lives for one call and never leaves it, so the reducer is pure.
 */
export interface Turn {
  readonly observed: ExperimentObservation
  /** The behaviour that depends on the controller's version. */
  readonly semantics: ExperimentSemantics
  readonly experiment: Experiment
  readonly namespace: string
  readonly name: string
  /** Seconds since 1970. */
  readonly now: number
  readonly nowText: string
  readonly before: ExperimentStatus
  /** Based on the former status: pods are scaled down, runs end, nothing new is created (behaviour 5.2). */
  readonly terminating: boolean
  readonly durationPassed: boolean
  /** By template name; including the changes of this reconcile. */
  readonly replicaSets: Map<string, ReplicaSet>
  /** By template name, as observed. */
  readonly services: Map<string, Service>
  readonly createdServices: Service[]
  readonly deletedServices: string[]
  readonly createdRuns: AnalysisRun[]
  readonly terminatedRuns: string[]
  templateStatuses: readonly ExperimentTemplateStatus[]
  analysisRuns: readonly ExperimentAnalysisRunStatus[]
  /** A name collision was recorded directly in the cluster's copy of the status (see persist). */
  collision?: ExperimentTemplateStatus
  readonly changes: Change[]
  readonly events: EngineEvent[]
  readonly wakeUps: WakeUp[]
}

/** The exact time of events of this reconcile, including fractions of a second, which statuses do not keep. */
export const secondsOf = ({ now, nowText }: Turn, time: string | undefined): number | undefined =>
  time === nowText ? now : parseTime(time)

/** An event on the Experiment. */
export function emit(turn: Turn, reason: string, message: string, type: EngineEvent['type'] = 'Normal'): void {
  const object = { kind: 'Experiment', namespace: turn.namespace, name: turn.name }
  turn.events.push({ object, type, reason, message })
}

/** An event that is true as soon as this change is carried out. */
export function emitOf(turn: Turn, change: Change, reason: string, message: string): void {
  const object = { kind: 'Experiment', namespace: turn.namespace, name: turn.name }
  turn.events.push({ object, type: 'Normal', reason, message, change: changeKey(change) })
}

/** Asks for another reconcile, and says why. All requests are kept; the earliest wins. */
export function requeueAfter<Code extends WakeUpCode>(
  { wakeUps }: Turn,
  seconds: number,
  code: Code,
  data: WakeUpData[Code],
): void {
  wakeUps.push({ code, data, afterSeconds: Math.max(0, seconds) } as WakeUp)
}

/** Adds a change to the decision; returns why the host could not carry it out, if it reported a failure. */
export function change(turn: Turn, wanted: Change): ReportedFailure | undefined {
  turn.changes.push(wanted)
  return failureOf(turn.observed.answers, wanted)
}
