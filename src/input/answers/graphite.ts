import { isJsonObject } from '../../model/json'
import { describe } from '../explain'
import type { FieldPath } from '../places'
import { type AnswerReader, neverData } from './answer'
import { type Sample, tooMuch, windowPoints } from './window'

/** Graphite's own default of `from`. */
const defaultWindowSeconds = 86_400

const isTarget = (value: unknown): boolean =>
  isJsonObject(value) && 'target' in value && Array.isArray(value.datapoints)

/**
 * `/render?format=json`: the points of the first target in the window; nulls are among them, the provider leaves them
 * out.
 */
export const graphiteAnswer: AnswerReader = {
  server: 'Graphite',
  is: (value) => Array.isArray(value) && value.length > 0 && value.every(isTarget),
  read: (answer, windowSeconds = defaultWindowSeconds) => {
    const [first] = answer as readonly { readonly datapoints: readonly unknown[] }[]
    const path: FieldPath = [0, 'datapoints']
    const samples: Sample<number | null>[] = []
    for (const [index, point] of (first?.datapoints ?? []).entries()) {
      const [value, seconds] = Array.isArray(point) ? (point as readonly unknown[]) : []
      if (typeof seconds !== 'number' || (typeof value !== 'number' && value !== null)) {
        return { problem: `expected [number, seconds], got ${describe(point)}`, path: [...path, index] }
      }
      samples.push({ seconds, value })
    }
    if (samples.length === 0) return neverData(path)
    const bring = ([window = []]: readonly (readonly Sample<number | null>[])[]): unknown =>
      window.length === 0 ? null : window.map(({ value }) => value)
    const points = windowPoints({ lists: [samples], windowSeconds, bring, path })
    return points ? { points } : tooMuch(path)
  },
}
