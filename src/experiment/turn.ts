import type { AnalysisRun } from '../model/analysis'
import type { Change } from '../model/change'
import { changeKey, failureOf, type ReportedFailure } from '../model/changeKey'
import type { EngineEvent } from '../model/decision'
import type {
  Experiment,
  ExperimentAnalysisRunStatus,
  ExperimentStatus,
  ExperimentTemplateStatus,
} from '../model/experiment'
import { parseTime } from '../model/time'
import type { WakeUp, WakeUpCode, WakeUpData } from '../model/wakeUp'
import type { ReplicaSet, Service } from '../model/workload'
import type { ExperimentObservation } from './observation'
import type { ExperimentSemantics } from './semantics'

/**
 * One reconcile in the making: what was observed, what stands firm for the whole reconcile, and the ledger of
 * decisions. It lives for one call and never leaves it; outside, the reducer is pure.
 */
export interface Turn {
  readonly observed: ExperimentObservation
  /** What the controller of the wanted version does where versions differ. */
  readonly semantics: ExperimentSemantics
  readonly experiment: Experiment
  readonly namespace: string
  readonly name: string
  /** Seconds since 1970. */
  readonly now: number
  readonly nowText: string
  readonly before: ExperimentStatus
  /** Judged by the status before: pods go, runs end, nothing new is made (behaviour 5.2). */
  readonly terminating: boolean
  readonly durationPassed: boolean
  /** By template name; with what this reconcile created and annotated. */
  readonly replicaSets: Map<string, ReplicaSet>
  /** By template name, as observed. */
  readonly services: Map<string, Service>
  readonly createdServices: Service[]
  readonly deletedServices: string[]
  readonly createdRuns: AnalysisRun[]
  readonly terminatedRuns: string[]
  templateStatuses: readonly ExperimentTemplateStatus[]
  analysisRuns: readonly ExperimentAnalysisRunStatus[]
  /** A name collision was noted, straight in the cluster's copy of the status (see persist). */
  collision?: ExperimentTemplateStatus
  readonly changes: Change[]
  readonly events: EngineEvent[]
  readonly wakeUps: WakeUp[]
}

/** What this reconcile noted as now happened now, fractions of a second included, which no status keeps. */
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

/** Asks for another reconcile, and says why. Several requests may be made; all are kept, and the earliest counts. */
export function requeueAfter<Code extends WakeUpCode>(
  { wakeUps }: Turn,
  seconds: number,
  code: Code,
  data: WakeUpData[Code],
): void {
  wakeUps.push({ code, data, afterSeconds: Math.max(0, seconds) } as WakeUp)
}

/** Decides a change; returns why the host could not carry it out, where it said so. */
export function change(turn: Turn, wanted: Change): ReportedFailure | undefined {
  turn.changes.push(wanted)
  return failureOf(turn.observed.answers, wanted)
}
