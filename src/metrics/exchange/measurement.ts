import type { Measurement } from '../../model/analysis'
import type { StringMap } from '../../model/meta'
import { formatTime } from '../../model/time'
import type { TypedResult } from './context'
import type { Setting } from './steps'
import { preciseTime } from './time'

/** The fields of a measurement other than phase and times. */
export interface Extras {
  readonly value?: string
  readonly metadata?: StringMap
}

/** A copy without empty members, as Go omits them. */
function compact(measurement: Measurement): Measurement {
  const kept = Object.entries(measurement).filter(([, value]) => {
    if (value === undefined || value === '') return false
    return typeof value !== 'object' || Object.keys(value).length > 0
  })
  return { ...Object.fromEntries(kept), phase: measurement.phase }
}

const startedAt = (setting: Setting): string => formatTime(setting.startSeconds)
const now = (setting: Setting): string => formatTime(setting.nowSeconds)

/** A measurement that failed (phase `Error`) now. Value and metadata are kept if the provider already had them. */
export const failedMeasurement = (setting: Setting, message: string, extras: Extras = {}): Measurement =>
  compact({ phase: 'Error', message, startedAt: startedAt(setting), finishedAt: now(setting), ...extras })

/**
 * An unfinished measurement that ends in an error; its fields stay, including a finish time (upstream:
 * MarkMeasurementError).
 */
export const failMeasurement = (setting: Setting, measurement: Measurement, message: string): Measurement =>
  compact({ ...measurement, phase: 'Error', message, finishedAt: measurement.finishedAt ?? now(setting) })

/**
 * Judges a result by the metric's conditions. `onError`: what the provider shows even if a condition cannot be
 * evaluated (behaviour 11.2).
 */
export function judge(setting: Setting, found: TypedResult, extras: Extras, onError: Extras = {}): Measurement {
  const { evaluate, metric } = setting.context
  const { resultType, result } = found
  const verdict = evaluate({ resultType, result }, metric, preciseTime(setting.nowSeconds))
  if (verdict.error !== undefined) return failedMeasurement(setting, verdict.error, onError)
  return compact({ phase: verdict.phase, startedAt: startedAt(setting), finishedAt: now(setting), ...extras })
}

/** An unfinished measurement, to be resumed after `delaySeconds`. */
export const runningMeasurement = (setting: Setting, metadata: StringMap, delaySeconds: number): Measurement => ({
  phase: 'Running',
  startedAt: startedAt(setting),
  metadata,
  resumeAt: formatTime(setting.nowSeconds + delaySeconds),
})
