/**
 * A problem in input data. Bad data never throws. `path` is the field's path in the object
 * (`spec.strategy.canary.steps[2].setWeight`), `message` says what to do.
 */
export interface Issue {
  readonly code: string
  readonly path: string
  readonly message: string
  /** `warning`: the object is used anyway. Absent means `error`. */
  readonly severity?: 'error' | 'warning'
  /** Which document of the text, from 0. */
  readonly documentIndex?: number
  /** Line in the text, from 1, if known. */
  readonly line?: number
  /** Column in the line, from 1, where the text is not YAML or JSON. */
  readonly column?: number
  /** File name, set by the caller that read the file. */
  readonly file?: string
}
