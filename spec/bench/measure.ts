/** Nanoseconds of the fastest of some calls: other work on the machine makes calls slower, never faster. */
export function fastest(calls: number, work: (call: number) => unknown): number {
  let best = Number.POSITIVE_INFINITY
  for (let call = 0; call < calls; call++) {
    const before = process.hrtime.bigint()
    work(call)
    best = Math.min(best, Number(process.hrtime.bigint() - before))
  }
  return best
}

/** Processor time in milliseconds, user and system. */
export function processorTime(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Bytes that a call puts on the heap; of several calls the least, because a collection in between spoils one. */
export function allocated(calls: number, work: (call: number) => unknown): number {
  let least = Number.POSITIVE_INFINITY
  for (let call = 0; call < calls; call++) {
    const before = process.memoryUsage().heapUsed
    work(call)
    const bytes = process.memoryUsage().heapUsed - before
    if (bytes >= 0) least = Math.min(least, bytes)
  }
  return least
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
