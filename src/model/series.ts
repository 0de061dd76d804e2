/** Phases that a measurement can end in. */
export const measuredPhases = ['Successful', 'Failed', 'Error', 'Inconclusive'] as const

export type MeasuredPhaseName = (typeof measuredPhases)[number]

/** A measurement as an AnalysisRun's status has it. */
export interface RecordedMeasurement {
  readonly phase: MeasuredPhaseName
  /** The value as the provider printed it. It is parsed back into the provider's form and judged again. */
  readonly value?: string
  readonly message?: string
}

/**
 * The result of a measurement in an invented or recorded series: one of `value`, `error`, `phase`, `recorded`; a phase
 * may include its value.
 */
export interface SeriesPoint {
  /** Seconds after the start from which the point is valid. Without it the n-th point is the n-th measurement. */
  readonly atSeconds?: number
  /**
   * The data of the metric's provider, in its own form: for Prometheus a number is a vector with one element, for New
   * Relic the only column of a row. Any JSON value; NaN and infinities are numbers; null means no data.
   */
  readonly value?: unknown
  /** The provider failed, with this message. */
  readonly error?: string
  /** The phase of the measurement, regardless of the conditions. */
  readonly phase?: MeasuredPhaseName
  /** Only for a single point without a time: it is measured again and again, and the series never ends. */
  readonly forever?: true
  /** What an AnalysisRun measured. */
  readonly recorded?: RecordedMeasurement
}

/**
 * A point, or just its value; the name of a phase represents that phase. An object is always a point: a result that is
 * an object, or a text that is the name of a phase, is written `{ value: ... }`.
 */
export type SeriesItem = SeriesPoint | number | string | boolean | null | readonly unknown[]

/** Measurements by metric. */
export type Series = Readonly<Record<string, readonly SeriesItem[]>>

export const isMeasuredPhase = (text: unknown): text is MeasuredPhaseName =>
  measuredPhases.some((phase) => phase === text)
