/** Parsing and execution of a template end in the middle, as in Go: `fail` unwinds to the one `attempt` around them. */
interface Failure {
  readonly templateFailed: true
  readonly message: string
  /** `unsupported`: Go's own reader would go on. */
  readonly code: 'template' | 'unsupported'
}

export function fail(message: string, code: Failure['code'] = 'template'): never {
  const failure: Failure = { templateFailed: true, message, code }
  throw failure
}

const isFailure = (thrown: unknown): thrown is Failure =>
  typeof thrown === 'object' && thrown !== null && (thrown as { templateFailed?: unknown }).templateFailed === true

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
