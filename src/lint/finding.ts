import type { FieldPath } from '../input/places'
import type { ControllerVersion } from '../model/controllerVersion'
import type { Fix, LintSeverity } from './rule'

/** What lint found, and where. */
export interface LintFinding {
  /** A rule's id, or the code of what cannot be read (`wrong-type`, `unknown-field`, ...). */
  readonly rule: string
  readonly severity: LintSeverity
  readonly message: string
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  /** The field's path, beginning at the document. */
  readonly path: string
  /** Why it matters. */
  readonly why?: string
  /** The name of the object that it is about. */
  readonly object?: string
  /** How `applyFixes` repairs it. */
  readonly fix?: LintFix
}

/** A change of one field of a document. */
export interface LintFix {
  readonly documentIndex: number
  readonly op: Fix['op']
  readonly path: FieldPath
  readonly value?: string | number | boolean
}

/** Options of lint. */
export interface LintOptions {
  /** Severity by rule; `off` turns it off. */
  readonly rules?: Readonly<Record<string, LintSeverity | 'off'>>
  /**
   * Which controller the manifests are for. Default: the newest release, and notes where an older one reads a
   * condition otherwise.
   */
  readonly controller?: ControllerVersion
}
