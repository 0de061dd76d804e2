import { type Attempt as AttemptOf, unwinding } from '../go/unwind'

/** Why the checker or the evaluator gave up. */
interface Failure {
  /** A byte string, see go/bytes. */
  readonly message: string
  /** `budget`: a limit of ours or of upstream's was reached. */
  readonly code: FailureCode
  /** Where in the text, where known. */
  readonly at?: number
}

export type FailureCode = 'type' | 'evaluation' | 'budget'

export type Attempt<T> = AttemptOf<T, Failure>

const evaluation = unwinding<Failure>()

export const attempt: <T>(run: () => T) => Attempt<T> = evaluation.attempt

export function fail(message: string, code: FailureCode = 'evaluation', at?: number): never {
  return evaluation.fail({ message, code, at })
}
