import { givenList, givenObject } from '../../model/given'
import type { Issue } from '../../model/issue'
import { isJsonObject } from '../../model/json'
import { type TrafficPoint, trafficPoints } from './trafficPoints'

/** Requests per second, by the second of the simulation. */
export type Traffic = (second: number) => number

/**
 * The same load all the time.
 *
 * @example
 * import { constantTraffic } from 'rollout-engine/simulate'
 * constantTraffic(200)(3600) // => 200
 */
export const constantTraffic =
  (requestsPerSecond: number): Traffic =>
  () =>
    requestsPerSecond

const daySeconds = 86_400

/**
 * A curve that is lowest half a day after its peak, day after day; `peakSecond` counts from the start of the
 * simulation.
 *
 * @example
 * import { dailyTraffic } from 'rollout-engine/simulate'
 * const traffic = dailyTraffic({ lowest: 100, highest: 300, peakSecond: 43_200 })
 * traffic(43_200) // => 300
 * traffic(0) // => 100
 */
export function dailyTraffic(day: {
  readonly lowest: number
  readonly highest: number
  readonly peakSecond: number
}): Traffic {
  const { lowest, highest, peakSecond } = givenObject<typeof day>(day)
  return (second) => {
    const angle = (2 * Math.PI * (second - peakSecond)) / daySeconds
    return lowest + ((highest - lowest) * (1 + Math.cos(angle))) / 2
  }
}

/**
 * Another load, and so many requests more for a while.
 *
 * @example
 * import { burstTraffic, constantTraffic } from 'rollout-engine/simulate'
 * const traffic = burstTraffic(constantTraffic(100), { fromSeconds: 60, untilSeconds: 120, requestsPerSecond: 400 })
 * traffic(59) // => 100
 * traffic(60) // => 500
 */
export const burstTraffic =
  (
    usual: Traffic,
    burst: { readonly fromSeconds: number; readonly untilSeconds: number; readonly requestsPerSecond: number },
  ): Traffic =>
  (second) =>
    usual(second) + (second >= burst.fromSeconds && second < burst.untilSeconds ? burst.requestsPerSecond : 0)

const isPoint = (point: unknown): point is TrafficPoint =>
  isJsonObject(point) && typeof point.atSeconds === 'number' && typeof point.requestsPerSecond === 'number'

/**
 * A recorded load, such as the rows of a CSV: each point holds until the next. Nothing before the first.
 * Points without numbers are left out.
 *
 * @example
 * import { replayedTraffic } from 'rollout-engine/simulate'
 * const traffic = replayedTraffic([{ atSeconds: 0, requestsPerSecond: 100 }, { atSeconds: 60, requestsPerSecond: 40 }])
 * traffic(90) // => 40
 */
export function replayedTraffic(points: readonly TrafficPoint[]): Traffic {
  const sorted = givenList(points)
    .filter(isPoint)
    .sort((left, right) => left.atSeconds - right.atSeconds)
  return (second) => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle]?.atSeconds ?? 0) <= second) low = middle + 1
      else high = middle
    }
    return sorted[low - 1]?.requestsPerSecond ?? 0
  }
}

/**
 * A recorded load from the text of a CSV: a column `requestsPerSecond` (or `rps`, `requests`), and one with the time:
 * `atSeconds` or `second`, or `time` as RFC 3339, counted from the first row.
 *
 * @example
 * import { trafficOfCsv } from 'rollout-engine/simulate'
 * const { traffic, issues } = trafficOfCsv('atSeconds,requestsPerSecond\n0,100\n60,40\n')
 * traffic(90) // => 40
 * issues // => []
 */
export function trafficOfCsv(text: string): { readonly traffic: Traffic; readonly issues: readonly Issue[] } {
  const { points, issues } = trafficPoints(text)
  return { traffic: replayedTraffic(points), issues }
}
