/** Phases that a measurement can end in. */
export const measuredPhases = ['Successful', 'Failed', 'Error', 'Inconclusive'] as const

export type MeasuredPhaseName = (typeof measuredPhases)[number]

/** A measurement as an AnalysisRun's status has it. */
export interface RecordedMeasurement {
  readonly phase: MeasuredPhaseName
  /** As the provider printed it: it is read back in the form in which the provider brought it, and judged anew. */
  readonly value?: string
  readonly message?: string
}

/**
 * What a measurement of a made-up or recorded series came to: one of `value`, `error`, `phase`, `recorded`; a phase may
 * show its value.
 */
export interface SeriesPoint {
  /** Seconds after the start from which on the point holds. Without it the n-th point is the n-th measurement. */
  readonly atSeconds?: number
  /**
   * What the metric's provider brings, in its own form: a number is a vector of one to Prometheus, a row's only column
   * to New Relic. Any JSON value; NaN and infinities are numbers like others; null is no data.
   */
  readonly value?: unknown
  /** The provider failed, with this message. */
  readonly error?: string
  /** The measurement's phase as it is, whatever the conditions say. */
  readonly phase?: MeasuredPhaseName
  /** Of a point without a time, the only one: it is measured again and again, and the series is never over. */
  readonly forever?: true
  /** What an AnalysisRun measured. */
  readonly recorded?: RecordedMeasurement
}

/**
 * A point, or just its value; the name of a phase represents that phase. An object is always a point: a result that is
 * an object, or a text that is called like a phase, is written `{ value: ... }`.
 */
export type SeriesItem = SeriesPoint | number | string | boolean | null | readonly unknown[]

/** Measurements by metric. */
export type Series = Readonly<Record<string, readonly SeriesItem[]>>

export const isMeasuredPhase = (text: unknown): text is MeasuredPhaseName =>
  measuredPhases.some((phase) => phase === text)
