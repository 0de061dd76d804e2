import { goQuote } from '../../model/analysisRuns/goQuote'
import type { Problem } from '../turn'

// Problems of a field, in the words of a Kubernetes field error (behaviour 2.0).

/** `spec.replicas: Invalid value: -1: must be greater than or equal to 0`. Texts are quoted as Go quotes them. */
export const invalidValue = (path: string, value: unknown, detail: string, code?: string): Problem =>
  invalidPrinted(path, typeof value === 'string' ? goQuote(value) : String(value), detail, code)

/** The same for a value as Go prints it. */
export const invalidPrinted = (path: string, printed: string, detail: string, code = 'invalid-spec'): Problem => ({
  error: `${path}: Invalid value: ${printed}: ${detail}`,
  code,
  path,
})

/** Something that the Rollout refers to is missing or unfit. */
export const invalidReference = (path: string, name: string, detail: string): Problem =>
  invalidValue(path, name, detail, 'invalid-reference')

/** A field that has to be there. */
export const requiredValue = (path: string, detail: string): Problem => ({
  error: `${path}: Required value: ${detail}`,
  code: 'invalid-spec',
  path,
})
