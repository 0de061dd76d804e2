/** How long to wait after trouble: each trouble of a key in a row doubles it. */
export interface BackOff {
  readonly nextMilliseconds: (key: string) => number
  readonly forget: (key: string) => void
  /** Troubles so far, of all keys. */
  readonly retries: () => number
}

export interface BackOffOptions {
  /** Wait after the first trouble, and the longest one. */
  readonly firstRetryMilliseconds: number
  readonly longestRetryMilliseconds: number
  /**
   * A number in [0, 1): how much of a fifth is taken off a wait, so that what failed together is not tried again
   * together.
   */
  readonly jitter: () => number
}

export function backOff({ firstRetryMilliseconds, longestRetryMilliseconds, jitter }: BackOffOptions): BackOff {
  const troubles = new Map<string, number>()
  const count = { retries: 0 }
  return {
    nextMilliseconds(key) {
      const before = troubles.get(key) ?? 0
      troubles.set(key, before + 1)
      count.retries++
      const wait = Math.min(firstRetryMilliseconds * 2 ** Math.min(before, 40), longestRetryMilliseconds)
      return wait * (1 - jitter() / 5)
    },
    forget: (key) => void troubles.delete(key),
    retries: () => count.retries,
  }
}
