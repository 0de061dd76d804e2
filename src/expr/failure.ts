/**
 * Upstream gives up in the middle of a check or an evaluation by panicking and says why where it was started. So do the
 * checker and the evaluator here: `fail` unwinds to the one `attempt` around them, and never leaves this folder.
 */
interface Failure {
  readonly failed: true
  /** A byte string, see go/bytes. */
  readonly message: string
  /** `budget`: a limit of ours or of upstream's was reached. */
  readonly code: FailureCode
  /** Where in the text, where known. */
  readonly at?: number
}

export type FailureCode = 'type' | 'evaluation' | 'budget'

export function fail(message: string, code: FailureCode = 'evaluation', at?: number): never {
  const failure: Failure = { failed: true, message, code, at }
  throw failure
}

const isFailure = (thrown: unknown): thrown is Failure =>
  typeof thrown === 'object' && thrown !== null && (thrown as { failed?: unknown }).failed === true

export type Attempt<T> = { readonly value: T } | { readonly failure: Failure }

/** Runs something that may `fail`. Anything else that is thrown is a mistake in the program and goes on. */
export function attempt<T>(run: () => T): Attempt<T> {
  try {
    return { value: run() }
  } catch (thrown) {
    if (isFailure(thrown)) return { failure: thrown }
    throw thrown
  }
}
