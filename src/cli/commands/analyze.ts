import { lineOfField, objectsOfKind } from '../../input/index'
import type { AnalysisRun, AnalysisTemplate, Argument } from '../../model/analysis'
import type { Experiment } from '../../model/experiment'
import type { Issue } from '../../model/issue'
import type { ReplayIssue } from '../../replay/prepareRun'
import { recordedSeries } from '../../replay/recordedSeries'
import { replayAnalysis } from '../../replay/replayAnalysis'
import type { Replay } from '../../replay/report'
import { windowSecondsOf } from '../../replay/windowSeconds'
import {
  type AnalyzeArguments,
  type AnalyzeDraft,
  analyzeDefaults,
  analyzeOptions,
  problemOfAnalyze,
} from '../analyzeOptions'
import { printReplay } from '../analyzeTable'
import type { CommandDefinition } from '../commandLine/command'
import { fileOperands } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import { hasErrors, printIssues } from '../files'
import { readManifests } from '../manifestFiles'
import { missingTemplates } from '../missingTemplates'
import { printJson, printNote, printText } from '../output'
import { readSeriesFiles } from '../seriesFiles'

/**
 * `rollout-engine analyze`: the verdict of an analysis on measurements, as a table or as JSON; its phase is the exit
 * code.
 */
export const analyzeDefinition: CommandDefinition<AnalyzeDraft> = {
  name: 'analyze',
  summary: 'what an analysis makes of measurements, and why',
  title: 'what does an analysis make of these measurements, when, and why?',
  about: [
    'FILE, or a folder, holds the AnalysisTemplate (or ClusterAnalysisTemplate), and those that it names; or an AnalysisRun, whose own measurements are taken where no others are given; "-" reads standard input. Nothing is queried: queries, addresses and secrets are not looked at, only when is measured, the conditions, and the limits.',
  ],
  operands: fileOperands(),
  options: analyzeOptions,
  notes: [
    'ITEM is a value as the metric\'s provider brings it (0.97, [0.2], NaN, true, text, an object in JSON; null for no data; "0.97" in quotes is a text), error:MESSAGE, or a phase: Successful, Failed, Inconclusive, Error. Without times the n-th item is the n-th measurement; with times an item holds until the next one. Times are RFC 3339, Unix times, seconds, or durations (1m30s) after the start.',
  ],
  examples: [
    'analyze template.yaml --series rates.csv',
    'analyze template.yaml --measure rate=0.99,0.4 --arg service=web',
  ],
  exitCodes: [
    [exitCodes.done, 'Successful'],
    [exitCodes.badManifests, 'the files have errors'],
    [exitCodes.usage, 'the command line is wrong'],
    [exitCodes.failed, 'Failed'],
    [exitCodes.error, 'Error'],
    [exitCodes.inconclusive, 'Inconclusive'],
    [exitCodes.undecided, 'no verdict'],
    [exitCodes.notWritten, 'the output could not be written'],
  ],
  initial: analyzeDefaults,
  check: problemOfAnalyze,
  run: runAnalysis,
}

export const analyzeCommand = defineCommand(analyzeDefinition)

const nothingMeasured = 'say what was measured: --series FILE, or --measure METRIC=VALUE,VALUE,...'

/** A template or a run, and its place. */
interface Source {
  readonly template: AnalysisTemplate
  readonly kind: string
  readonly file: string
  readonly text: string
}

function runAnalysis(given: AnalyzeArguments): number {
  const read = readSources(given.files)
  if (!read) return exitCodes.badManifests
  const chosen = chooseTemplates(read.sources, given.templates)
  const onlyMetric = 'problem' in chosen ? undefined : onlyMetricOf(chosen.sources)
  const metrics = read.sources.flatMap(({ template }) => template.spec.metrics ?? [])
  const windowOf = (name: string): number | undefined => {
    const metric = metrics.find((one) => one.name === name)
    return metric && windowSecondsOf(metric)
  }
  const measured = readSeriesFiles(given.seriesFiles, onlyMetric, given.startAt, windowOf)
  if (!measured) return exitCodes.badManifests
  const issues = [...read.issues, ...measured.issues]
  if ('problem' in chosen) {
    // A template with errors cannot be chosen; its errors were already printed.
    const unless = hasErrors(read.issues) ? [] : [{ code: 'template-choice', path: '', message: chosen.problem }]
    printIssues([...issues, ...unless], read.textOf)
    return exitCodes.badManifests
  }
  const recorded = recordedOf(chosen.sources, given)
  if (Object.keys({ ...recorded.series, ...measured.series, ...given.series }).length === 0) {
    printIssues(issues)
    if (!hasErrors(issues)) printNote(`rollout-engine: ${nothingMeasured}`)
    return hasErrors(issues) ? exitCodes.badManifests : exitCodes.usage
  }
  const known = read.sources.map(({ template }) => template)
  const missing = given.strict ? { library: [], issues: [] } : missingTemplates(known)
  const replay = replayAnalysis(
    chosen.sources.map(({ template }) => template),
    { ...recorded.series, ...measured.series, ...given.series },
    {
      args: [...given.args, ...argsOfExperiment(read.experiments, chosen.sources, given)],
      controller: given.controller,
      dryRun: given.dryRun,
      library: [...known, ...missing.library],
      startAt: measured.startAt,
      startAtSeconds: given.startAtSeconds,
      terminateAtSeconds: given.terminateAtSeconds,
      afterEnd: given.afterEnd,
    },
  )
  const found = [...missing.issues, ...replay.issues].map((issue) => placed(issue, read.sources, given))
  const all = [...issues, ...recorded.issues, ...found]
  printIssues(all, read.textOf)
  return hasErrors(all) ? exitCodes.badManifests : tell(replay, given.format)
}

/** Without given measurements those of the run itself. */
function recordedOf(sources: readonly Source[], given: AnalyzeArguments): ReturnType<typeof recordedSeries> {
  const [source, ...others] = sources
  const isSaid = given.seriesFiles.length > 0 || Object.keys(given.series).length > 0
  if (isSaid || others.length > 0 || source?.kind !== 'AnalysisRun') return { series: {}, issues: [] }
  const { series, issues } = recordedSeries(source.template as AnalysisRun)
  return {
    series,
    issues: issues.map((issue) => placed({ ...issue, template: source.template.metadata.name }, sources, given)),
  }
}

interface Sources {
  readonly sources: readonly Source[]
  readonly experiments: readonly Experiment[]
  readonly issues: readonly Issue[]
  readonly textOf: (file: string) => string | undefined
}

const analysisKinds = ['AnalysisTemplate', 'ClusterAnalysisTemplate', 'AnalysisRun'] as const

function readSources(names: readonly string[]): Sources | undefined {
  const read = readManifests(names)
  if (!read) return undefined
  const { objects, files, texts, issues } = read
  const sources = [...texts].flatMap(([file, text]) => {
    const own = objects.filter((_, at) => files[at] === file)
    return analysisKinds.flatMap((kind) =>
      objectsOfKind(own, kind).map((template): Source => ({ template, kind, file, text })),
    )
  })
  return { sources, experiments: objectsOfKind(objects, 'Experiment'), issues, textOf: (file) => texts.get(file) }
}

/**
 * What the only analysis of an Experiment among the files that names the template passes to it, unless the command line
 * does.
 */
function argsOfExperiment(
  experiments: readonly Experiment[],
  sources: readonly Source[],
  given: AnalyzeArguments,
): readonly Argument[] {
  const names = sources.map(({ template }) => template.metadata.name)
  const analyses = experiments.flatMap(({ spec }) => spec.analyses ?? [])
  const [analysis, ...others] = analyses.filter(({ templateName }) => names.includes(templateName))
  if (!analysis || others.length > 0) return []
  return (analysis.args ?? []).filter(({ name }) => !given.args.some((argument) => argument.name === name))
}

/** Those that are named; else the only one, or the only one that no other names. */
function chooseTemplates(
  sources: readonly Source[],
  names: readonly string[],
): { readonly sources: readonly Source[] } | { readonly problem: string } {
  const nameOf = ({ template }: Source): string => template.metadata.name
  const known = `${sources.map(nameOf).join(', ')}`
  if (sources.length === 0)
    return { problem: 'there is no AnalysisTemplate, ClusterAnalysisTemplate or AnalysisRun in the files' }
  if (names.length > 0) {
    const unknown = names.find((name) => !sources.some((source) => nameOf(source) === name))
    if (unknown !== undefined) return { problem: `no template is called '${unknown}': there are ${known}` }
    return { sources: names.flatMap((name) => sources.filter((source) => nameOf(source) === name).slice(0, 1)) }
  }
  const named = new Set(
    sources.flatMap(({ template }) => (template.spec.templates ?? []).map((ref) => ref.templateName)),
  )
  const roots = sources.filter((source) => !named.has(nameOf(source)))
  return roots.length === 1
    ? { sources: roots }
    : { problem: `say which one is meant, with --template: there are ${known}` }
}

function onlyMetricOf(sources: readonly Source[]): string | undefined {
  const metrics = sources.flatMap(({ template }) => template.spec.metrics ?? [])
  return metrics.length === 1 ? metrics[0]?.name : undefined
}

/** An issue of the replay with file and line. */
function placed(issue: ReplayIssue, sources: readonly Source[], given: AnalyzeArguments): Issue {
  const { template: name, ...rest } = issue
  if (name === undefined) {
    const [first, ...others] = given.seriesFiles
    return first && others.length === 0 ? { ...rest, file: first.file } : rest
  }
  const source = sources.find(({ template }) => template.metadata.name === name)
  if (!source) return rest
  const line = lineOfField(source.text, { kind: source.kind, name }, issue.path)
  return { ...rest, file: source.file, ...(line === undefined ? {} : { line }) }
}

function tell(replay: Replay, format: AnalyzeArguments['format']): number {
  if (format === 'json') printJson(replay)
  else printText(printReplay(replay))
  switch (replay.verdict) {
    case 'Successful':
      return exitCodes.done
    case 'Failed':
      return exitCodes.failed
    case 'Error':
      return exitCodes.error
    case 'Inconclusive':
      return exitCodes.inconclusive
    default:
      return exitCodes.undecided
  }
}
