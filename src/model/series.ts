/** Phases that a measurement can end in. */
export const measuredPhases = ['Successful', 'Failed', 'Error', 'Inconclusive'] as const

export type MeasuredPhaseName = (typeof measuredPhases)[number]

/** What a measurement of a made-up or recorded series came to: one of `value`, `error`, `phase`; a phase may show its value. */
export interface SeriesPoint {
  /** Seconds after the start from which on the point holds. Without it the n-th point is the n-th measurement. */
  readonly atSeconds?: number
  /** `result` of the metric's conditions: any JSON value; NaN and infinities are numbers like others. */
  readonly value?: unknown
  /** The provider failed, with this message. */
  readonly error?: string
  /** The measurement's phase as it is, whatever the conditions say. */
  readonly phase?: MeasuredPhaseName
}

/**
 * A point, or just its value; the name of a phase stands for that phase. An object is always a point: a result that is an
 * object, or a text that is called like a phase, is written `{ value: ... }`.
 */
export type SeriesItem = SeriesPoint | number | string | boolean | null | readonly unknown[]

/** Measurements by metric. */
export type Series = Readonly<Record<string, readonly SeriesItem[]>>

export const isMeasuredPhase = (text: unknown): text is MeasuredPhaseName =>
  measuredPhases.some((phase) => phase === text)
