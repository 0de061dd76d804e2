import type { FieldPath } from '../places'

/** What a provider would have brought at one moment, or always: `time` is undefined if the answer has no times. */
export interface AnswerPoint {
  readonly time: unknown
  readonly value: unknown
  readonly path: FieldPath
  /** There is no other point, and the series is never over. */
  readonly forever?: true
}

export type AnswerReading =
  | { readonly points: readonly AnswerPoint[] }
  | { readonly problem: string; readonly path: FieldPath }

/** A server whose answers are read as series. */
export interface AnswerReader {
  readonly server: string
  /** Whether a value is an answer of this server. */
  readonly is: (value: unknown) => boolean
  /**
   * `windowSeconds`: how far back a measurement looks, where the query says so; undefined: as far as the provider does
   * by default.
   */
  readonly read: (answer: unknown, windowSeconds: number | undefined) => AnswerReading
}

/** An answer without anything in it is a metric that never had data. */
export const neverData = (path: FieldPath, value: unknown = null): AnswerReading => ({
  points: [{ time: undefined, value, path, forever: true }],
})
