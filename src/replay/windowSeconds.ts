import { parseDurationSeconds } from '../go/durationSeconds'
import type { Metric } from '../model/analysis'
import { providerOf } from './forms/forms'

/** Graphite's units by their first letters. Source: Graphite documentation, "The Render URL API", from and until. */
const graphiteUnits: readonly (readonly [start: string, seconds: number])[] = [
  ['s', 1],
  ['min', 60],
  ['h', 3600],
  ['d', 86_400],
  ['w', 604_800],
  ['mon', 2_592_000],
  ['y', 31_536_000],
]

/** The window of a measurement of the metric, if its provider queries a window and its length is given. */
export function windowSecondsOf(metric: Metric): number | undefined {
  const { field, config } = providerOf(metric) ?? { field: '', config: {} }
  if (field === 'datadog' || field === 'cloudWatch') {
    return typeof config.interval === 'string' ? parseDurationSeconds(config.interval) : undefined
  }
  if (field !== 'graphite' || typeof config.query !== 'string') return undefined
  const [, amount, unit = ''] = /(?:^|[&?])from=-(\d+)([a-z]+)/.exec(config.query.replace(/\s/g, '')) ?? []
  const seconds = graphiteUnits.find(([start]) => unit.startsWith(start))?.[1]
  return amount === undefined || seconds === undefined ? undefined : Number(amount) * seconds
}
