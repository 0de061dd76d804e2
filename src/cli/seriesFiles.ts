import { type ParsedSeries, parseSeries, type SeriesFormat } from '../input/index'
import type { Issue } from '../model/issue'
import type { Series } from '../model/series'
import { readText } from './files'

/** A file of measurements, and the metric that it is about where the command line says so. */
export interface SeriesFile {
  readonly file: string
  readonly metric?: string
}

/** `[METRIC=]FILE` of `--series`. */
export function readSeriesOption(value: string): SeriesFile {
  const [, metric, file] = /^([^=/\\]+)=(.+)$/.exec(value) ?? []
  return metric === undefined || file === undefined ? { file: value } : { file, metric }
}

export interface ReadSeriesFiles {
  readonly series: Series
  readonly issues: readonly Issue[]
  /** RFC 3339 of the second 0, where the times of a file are moments. */
  readonly startAt?: string
}

/**
 * The measurements of all files, their moments counted from the same one; undefined if a file cannot be read. What a
 * later file says of a metric wins. `onlyMetric`: what texts are about that name no metric. `windowSecondsOf`: how far
 * back a measurement looks.
 */
export function readSeriesFiles(
  files: readonly SeriesFile[],
  onlyMetric: string | undefined,
  startAt: string | undefined,
  windowSecondsOf: (metric: string) => number | undefined = () => undefined,
): ReadSeriesFiles | undefined {
  const texts: { readonly file: string; readonly parse: (start: string | undefined) => ParsedSeries }[] = []
  for (const { file, metric = onlyMetric } of files) {
    const text = readText(file)
    if (text === undefined) return undefined
    const format = formatOf(file, text)
    const windowSeconds = metric === undefined ? undefined : windowSecondsOf(metric)
    texts.push({ file, parse: (start) => parseSeries(text, format, { metric, windowSeconds, startAt: start }) })
  }
  const starts = texts.flatMap(({ parse }) => parse(startAt).startAt ?? [])
  const start = startAt ?? starts.sort()[0]
  const parsed = texts.map(({ file, parse }) => ({ file, ...parse(start) }))
  return {
    series: Object.fromEntries(parsed.flatMap(({ series }) => Object.entries(series))),
    issues: parsed.flatMap(({ file, issues }) => issues.map((issue) => ({ ...issue, file }))),
    ...(start === undefined ? {} : { startAt: start }),
  }
}

/** By the name; of standard input and other names by how the text begins. */
function formatOf(file: string, text: string): SeriesFormat {
  if (/\.csv$/i.test(file)) return 'csv'
  if (/\.(?:jsonl?|ndjson|ya?ml)$/i.test(file)) return 'json'
  return /^\s*(?:[[{]|---|[\w.-]+:(?:\s|$))/.test(text) ? 'json' : 'csv'
}
