import type { Argument, DryRun } from '../model/analysis'
import type { Series } from '../model/series'
import { parseTime } from '../model/time'
import { secondsOf, unknownOption } from './arguments'
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
  readonly format: 'table' | 'json'
}

export type ParsedAnalyze =
  | { readonly problem: string }
  | { readonly help: true }
  | { readonly analyze: AnalyzeArguments }

type Draft = { -readonly [K in keyof AnalyzeArguments]: AnalyzeArguments[K] }

/** Reads what stands behind `analyze`; a problem is one sentence that says what to write instead. */
export function parseAnalyzeArguments(words: readonly string[]): ParsedAnalyze {
  if (words.includes('--help') || words.includes('-h')) return { help: true }
  const draft: Draft = {
    files: [],
    seriesFiles: [],
    series: {},
    args: [],
    templates: [],
    dryRun: [],
    strict: false,
    format: 'table',
  }
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (/^-[^-]/.test(word)) return { problem: `unknown option ${word}: options begin with --` }
    if (!word.startsWith('--')) {
      draft.files = [...draft.files, word]
      continue
    }
    if (word === '--strict') {
      draft.strict = true
      continue
    }
    const equals = word.indexOf('=')
    const flag = equals < 0 ? word : word.slice(0, equals)
    if (!Object.hasOwn(setters, flag))
      return { problem: unknownOption(flag, [...Object.keys(setters), '--strict', '--help']) }
    const value = equals < 0 ? words[++at] : word.slice(equals + 1)
    if (value === undefined) return { problem: `${flag} needs a value` }
    const problem = setters[flag]?.(draft, value)
    if (problem !== undefined) return { problem }
  }
  const problem = problemOfWhole(draft)
  return problem === undefined ? { analyze: draft } : { problem }
}

function problemOfWhole({ files, seriesFiles }: Draft): string | undefined {
  if (files.length === 0) return 'name a file with the AnalysisTemplate, or - for standard input'
  const inputs = [...files, ...seriesFiles.map(({ file }) => file)].filter((file) => file === '-')
  return inputs.length > 1 ? 'standard input (-) can be read only once' : undefined
}

type Setter = (draft: Draft, value: string) => string | undefined

const setters: Readonly<Record<string, Setter>> = {
  '--series': (draft, value) => {
    draft.seriesFiles = [...draft.seriesFiles, readSeriesOption(value)]
    return undefined
  },
  '--measure': addMeasurements,
  '--arg': addArgument,
  '--template': (draft, value) => {
    draft.templates = [...draft.templates, value]
    return undefined
  },
  '--dry-run': (draft, value) => {
    draft.dryRun = [...draft.dryRun, { metricName: value }]
    return undefined
  },
  '--start': (draft, value) => {
    draft.startAtSeconds = secondsOf(value)
    if (draft.startAtSeconds !== undefined) return undefined
    draft.startAt = value
    if (parseTime(value) !== undefined) return undefined
    return `--start wants a time such as 5m, or a moment such as 2030-01-01T10:05:00Z, not "${value}"`
  },
  '--until': (draft, value) => {
    const seconds = secondsOf(value)
    if (seconds === undefined) return `--until wants a time such as 90s or 5m, not "${value}"`
    draft.terminateAtSeconds = seconds
    return undefined
  },
  '--after-end': (draft, value) => {
    if (value !== 'repeat-last' && value !== 'no-data') return `--after-end is repeat-last or no-data, not "${value}"`
    draft.afterEnd = value === 'no-data' ? 'noData' : 'repeatLast'
    return undefined
  },
  '--format': (draft, value) => {
    if (value !== 'table' && value !== 'json') return `--format is table or json, not "${value}"`
    draft.format = value
    return undefined
  },
}

/** Said again, the metric goes on. */
function addMeasurements(draft: Draft, value: string): string | undefined {
  const read = readMeasureOption(value)
  if ('problem' in read) return read.problem
  const before = Object.hasOwn(draft.series, read.metric) ? (draft.series[read.metric] ?? []) : []
  draft.series = { ...draft.series, [read.metric]: [...before, ...read.points] }
  return undefined
}

function addArgument(draft: Draft, value: string): string | undefined {
  const equals = value.indexOf('=')
  if (equals <= 0) return `--arg wants NAME=VALUE such as service-name=web, not "${value}"`
  const name = value.slice(0, equals)
  if (draft.args.some((arg) => arg.name === name)) return `--arg ${name} is given twice`
  draft.args = [...draft.args, { name, value: value.slice(equals + 1) }]
  return undefined
}
