import type { Issue } from '../../model/issue'
import type { Series } from '../../model/series'
import { parseTime } from '../../model/time'
import { isFluxTable, readFluxTables } from '../answers/influxdb'
import { type Limits, limitsOf, utf8Length } from '../limits'
import { assembleSeries, seriesIssue } from './seriesEntries'
import { readSeriesData } from './seriesJson'
import { type ReadEntries, readTable } from './seriesTable'

/** What `parseSeries` finds in a text: measurements by metric, and everything that is wrong. */
export interface ParsedSeries {
  readonly series: Series
  readonly issues: readonly Issue[]
  /** RFC 3339 of the second 0, where the text's times are moments. */
  readonly startAt?: string
}

/** Options of `parseSeries`, limits of its text included. */
export interface SeriesOptions extends Partial<Limits> {
  /** The metric that the text is about: needed where the text does not say it, as a bare list or a column `value`. */
  readonly metric?: string
  /**
   * How far back a measurement of the metric looks, for answers of servers whose provider takes what it finds in a
   * window: Datadog and CloudWatch (default 300), Graphite (default 86400).
   */
  readonly windowSeconds?: number
  /** RFC 3339: the moment that is the second 0. Default: the earliest one in the text. */
  readonly startAt?: string
}

/** How a series is written. `json` takes YAML too. */
export type SeriesFormat = 'csv' | 'json'

/**
 * Measurements out of a file's text, for `replayAnalysis` and `simulate`.
 *
 * `csv`, wide: a column a metric and perhaps one called `time`, a row a moment. Without times the n-th cell of a metric
 * is its n-th measurement. An empty cell is no measurement. Long: columns `metric`, `value` (or `phase`, `error`),
 * perhaps `time`; a row a measurement. A cell is a number (`NaN`, `+Inf`, `-Inf` too), `true`, `false`, `null`, a phase
 * (`Successful`, `Failed`, `Error`, `Inconclusive`), `error: <message>`, a list or object in JSON, or else a text.
 *
 * `json`: an object `{ "<metric>": [items] }` with items as in `Series`, whose points may have a `time`; or a list of
 * rows, or a row a line, with the columns above as keys; with `metric` also a bare list, or an answer as it came from
 * Prometheus (`/api/v1/query_range`), Datadog (`/api/v1/query`, `/api/v2/query/timeseries`), CloudWatch
 * (`GetMetricData`), New Relic (NerdGraph) Graphite (`/render?format=json`) or InfluxDB (rows of Flux with `_value`, or
 * `/query` of InfluxQL). `csv` takes the tables of an InfluxDB answer too.
 *
 * Times are RFC 3339 or Unix times, which count from the earliest one, or seconds (`90`) and durations (`1m30s`) after
 * the start. Issues: `series-syntax`, `series-column`, `series-time`, `series-value`, each with its line; what is right
 * is there anyway.
 *
 * @example
 * const { series } = parseSeries('seconds,success-rate\n0,0.99\n30,0.42\n', 'csv')
 * series // => { 'success-rate': [{ atSeconds: 0, value: 0.99 }, { atSeconds: 30, value: 0.42 }] }
 */
export function parseSeries(text: string, format: SeriesFormat, given: SeriesOptions = {}): ParsedSeries {
  const options: SeriesOptions = given ?? {}
  const limits = limitsOf(options)
  if (typeof text !== 'string') return { series: {}, issues: [seriesIssue('series-syntax', 'the series must be text')] }
  if (utf8Length(text, limits.maxBytes) > limits.maxBytes) {
    const message = `the text has more than ${limits.maxBytes} bytes and was not read`
    return { series: {}, issues: [seriesIssue('series-syntax', message)] }
  }
  const reading = { onlyMetric: options.metric, windowSeconds: options.windowSeconds }
  const read = format === 'csv' ? readCsvText(text, options.metric) : readSeriesData(text, limits, reading)
  const assembled = assembleSeries(read.entries, read.isTimed, parseTime(options.startAt))
  const issues = [...read.issues, ...assembled.issues]
  if (read.entries.length === 0 && issues.length === 0) {
    issues.push(seriesIssue('series-syntax', 'there is no measurement in it', '', 1))
  }
  const ordered = issues.map((issue, index) => ({ issue, index }))
  ordered.sort((a, b) => (a.issue.line ?? 0) - (b.issue.line ?? 0) || a.index - b.index)
  return {
    ...assembled,
    issues: upTo(
      limits.maxIssues,
      ordered.map(({ issue }) => issue),
    ),
  }
}

const readCsvText = (text: string, metric: string | undefined): ReadEntries =>
  isFluxTable(text) ? readFluxTables(text, metric) : readTable(text, metric)

function upTo(most: number, issues: readonly Issue[]): readonly Issue[] {
  if (issues.length <= most) return issues
  const leftOut = `${issues.length - most} more issues are not listed: correct these first`
  return [...issues.slice(0, most), { code: 'too-many-issues', path: '', message: leftOut }]
}
