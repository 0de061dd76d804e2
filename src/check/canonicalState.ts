import type { ClusterObjects } from '../cluster/objects'
import { parseTime } from '../model/time'

/** Times further away than this, in seconds, are over for every timer. */
const farSeconds = 2000

const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/

/** What a controller never decides by, or only compares with itself. */
const noise: ReadonlySet<string> = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'observedGeneration',
  'workloadObservedGeneration',
])

/**
 * A text that two states share exactly if the controller cannot tell them apart: keys in order, times as seconds from
 * now, without identifiers that only count. Times that are further away than `overSeconds` are over.
 */
export function canonicalState(
  objects: ClusterObjects,
  startedAt: string,
  second: number,
  overSeconds: number = farSeconds,
): string {
  const now = (parseTime(startedAt) ?? 0) + second
  return JSON.stringify(objects, (key, value: unknown) => {
    if (noise.has(key)) return undefined
    if (typeof value === 'string' && isTime.test(value)) return secondsFrom(value, now, overSeconds)
    if (typeof value === 'bigint') return `${value}n`
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
  })
}

function secondsFrom(text: string, now: number, overSeconds: number): string {
  const at = parseTime(text)
  if (at === undefined) return text
  const seconds = Math.round(at - now)
  return seconds < -overSeconds ? 'long ago' : `${seconds} s`
}
