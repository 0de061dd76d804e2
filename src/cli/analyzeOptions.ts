import type { Argument, DryRun } from '../model/analysis'
import { type ControllerVersion, newestRelease } from '../model/controllerVersion'
import type { Mutable } from '../model/mutable'
import type { Series } from '../model/series'
import { parseTime } from '../model/time'
import { choice, flag, type Option, output, text } from './commandLine/command'
import { controllerOption, secondsOf } from './commandLine/common'
import { readMeasureOption } from './measureOption'
import { readSeriesOption, type SeriesFile } from './seriesFiles'

export interface AnalyzeArguments {
  readonly files: readonly string[]
  readonly seriesFiles: readonly SeriesFile[]
  readonly series: Series
  readonly args: readonly Argument[]
  /** Names of templates; none: the only one. */
  readonly templates: readonly string[]
  readonly dryRun: readonly DryRun[]
  /** RFC 3339. */
  readonly startAt?: string
  /** Second of the series. */
  readonly startAtSeconds?: number
  readonly terminateAtSeconds?: number
  readonly afterEnd?: 'repeatLast' | 'noData'
  /** A template that others name and that is in no file is an error. */
  readonly strict: boolean
  readonly controller: ControllerVersion
  readonly format: 'table' | 'json'
}

/** The same while the words are read. */
export type AnalyzeDraft = Mutable<AnalyzeArguments>

/** Default options of `analyze`. */
export const analyzeDefaults = (): AnalyzeDraft => ({
  files: [],
  seriesFiles: [],
  series: {},
  args: [],
  templates: [],
  dryRun: [],
  strict: false,
  controller: newestRelease,
  format: 'table',
})

/** Problems of the options as a whole. */
export function problemOfAnalyze({ files, seriesFiles }: AnalyzeDraft): string | undefined {
  if (files.length === 0) return 'name a file with the AnalysisTemplate, or - for standard input'
  const inputs = [...files, ...seriesFiles.map(({ file }) => file)].filter((file) => file === '-')
  return inputs.length > 1 ? 'standard input (-) can be read only once' : undefined
}

/** What may be behind `analyze`; a problem is one sentence that says what to write instead. */
export const analyzeOptions: readonly Option<AnalyzeDraft>[] = [
  text(
    'series',
    '[METRIC=]FILE',
    'What the metrics measured, one file or several:\n.csv   a column a metric, and perhaps one called time; or columns metric, time, value\n.json  {"METRIC": [ITEM, ...]}, or a list of rows; YAML and a row a line do as well\nof one metric also a bare list, a column called value, or an answer as it came from Prometheus, Datadog, CloudWatch, New Relic, InfluxDB or Graphite.',
    (draft, value) => {
      draft.seriesFiles = [...draft.seriesFiles, readSeriesOption(value)]
    },
    'files',
  ),
  {
    name: 'measure',
    value: 'METRIC=ITEM,...',
    help: 'The same on the command line, one measurement after the other.',
    set: addMeasurements,
  },
  { name: 'arg', value: 'NAME=VALUE', help: 'A value for an argument of the template.', set: addArgument },
  text(
    'template',
    'NAME',
    'Which template, if the files hold several; said again, they are combined.',
    (draft, value) => {
      draft.templates = [...draft.templates, value]
    },
  ),
  text(
    'dry-run',
    'REGEX',
    "Metrics with such a name do not count, as those that the template's dryRun names.",
    (draft, value) => {
      draft.dryRun = [...draft.dryRun, { metricName: value }]
    },
  ),
  {
    name: 'start',
    value: 'TIME',
    help: 'When in a series with times the analysis starts: 5m, or a moment such as 2030-01-01T10:05:00Z. Default: with the series.',
    set: setStart,
  },
  {
    name: 'until',
    value: 'TIME',
    help: 'The analysis is ended then, as a Rollout ends its background analysis after the last step.',
    set: (draft, value) => {
      const seconds = secondsOf(value)
      if (seconds === undefined) return `--until wants a time such as 90s, 5m or 2d, not "${value}"`
      draft.terminateAtSeconds = seconds
      return undefined
    },
  },
  choice(
    'after-end',
    ['repeat-last', 'no-data'],
    'A metric without a count ends with its series. repeat-last: it goes on with its last item; no-data: whatever measures after the end finds no data.',
    (draft, value) => {
      draft.afterEnd = value === 'no-data' ? 'noData' : 'repeatLast'
    },
  ),
  controllerOption((draft, version) => {
    draft.controller = version
  }),
  flag('strict', 'A template that is named and in no file is an error, and not assumed to be Successful.', (draft) => {
    draft.strict = true
  }),
  output(
    ['table', 'json'],
    'Default table; json prints {"verdict", "decidedAtSeconds", "why", "measurements", "metrics", ...}.',
    (draft, format) => {
      draft.format = format
    },
  ),
]

function setStart(draft: AnalyzeDraft, value: string): string | undefined {
  draft.startAtSeconds = secondsOf(value)
  if (draft.startAtSeconds !== undefined) return undefined
  draft.startAt = value
  if (parseTime(value) !== undefined) return undefined
  return `--start wants a time such as 5m, or a moment such as 2030-01-01T10:05:00Z, not "${value}"`
}

/** Repeated, the metric goes on. */
function addMeasurements(draft: AnalyzeDraft, value: string): string | undefined {
  const read = readMeasureOption(value)
  if ('problem' in read) return read.problem
  const before = Object.hasOwn(draft.series, read.metric) ? (draft.series[read.metric] ?? []) : []
  draft.series = { ...draft.series, [read.metric]: [...before, ...read.points] }
  return undefined
}

function addArgument(draft: AnalyzeDraft, value: string): string | undefined {
  const equals = value.indexOf('=')
  if (equals <= 0) return `--arg wants NAME=VALUE such as service-name=web, not "${value}"`
  const name = value.slice(0, equals)
  if (draft.args.some((arg) => arg.name === name)) return `--arg ${name} is given twice`
  draft.args = [...draft.args, { name, value: value.slice(equals + 1) }]
  return undefined
}
