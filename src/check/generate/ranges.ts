import { givenNumber, givenObject } from '../../model/given'

/** How large generated values get. */
export interface Ranges {
  /** Pods of a Rollout, 1000 at most. Default 8. */
  readonly mostReplicas?: number
  /** Steps of a canary, 100 at most. Default 5. */
  readonly mostSteps?: number
  /** Seconds of a pause, a delay, a deadline or a moment, 1,000,000 at most. Default 120. */
  readonly mostSeconds?: number
  /** Commands, updates, and points of a series, 1000 at most. Default 4. */
  readonly mostEvents?: number
}

/** For every number: the default, the least, the most. */
const bounds: Readonly<Record<keyof Ranges, readonly [byDefault: number, least: number, most: number]>> = {
  mostReplicas: [8, 1, 1000],
  mostSteps: [5, 0, 100],
  mostSeconds: [120, 1, 1_000_000],
  mostEvents: [4, 0, 1000],
}

/** Numbers out of their range are taken to its end; others count as missing. */
export function readRanges(given: unknown): Required<Ranges> {
  const ranges = givenObject<Ranges>(given)
  const read = (name: keyof Ranges): number => {
    const [byDefault, least, most] = bounds[name]
    const number = givenNumber(ranges[name])
    return number === undefined || Number.isNaN(number)
      ? byDefault
      : Math.min(most, Math.max(least, Math.trunc(number)))
  }
  return {
    mostReplicas: read('mostReplicas'),
    mostSteps: read('mostSteps'),
    mostSeconds: read('mostSeconds'),
    mostEvents: read('mostEvents'),
  }
}
