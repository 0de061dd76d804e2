/** What `fail` unwinds with: the one who raised it knows its own by identity, whatever else is thrown. */
interface Unwound<F> {
  readonly by: object
  readonly failure: F
}

export type Attempt<T, F> = { readonly value: T } | { readonly failure: F }

export interface Unwinding<F> {
  /** Ends everything up to the nearest `attempt` of the same pair. */
  readonly fail: (failure: F) => never
  /** Runs something that may `fail`. Anything else that is thrown is a mistake in the program and goes on. */
  readonly attempt: <T>(run: () => T) => Attempt<T, F>
}

/**
 * Go's panic and recover: upstream's interpreters give up in the middle and say why where they were started. Each
 * interpreter has a pair of its own, so that one that is run inside another keeps its failures.
 */
export function unwinding<F>(): Unwinding<F> {
  const by = {}
  return {
    fail(failure) {
      const unwound: Unwound<F> = { by, failure }
      throw unwound
    },
    attempt(run) {
      try {
        return { value: run() }
      } catch (thrown) {
        if (isUnwound<F>(thrown, by)) return { failure: thrown.failure }
        throw thrown
      }
    },
  }
}

const isUnwound = <F>(thrown: unknown, by: object): thrown is Unwound<F> =>
  typeof thrown === 'object' && thrown !== null && (thrown as { by?: unknown }).by === by
