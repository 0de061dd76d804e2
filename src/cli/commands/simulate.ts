import type { KubeObject } from '../../model/meta'
import { answersOf } from '../../simulate/answers/answers'
import type { Outcome } from '../../simulate/outcome'
import { simulate } from '../../simulate/simulate'
import type { Timeline } from '../../simulate/simulation'
import { startObjects } from '../../simulate/startObjects'
import { readRunningAndApplied } from '../appliedFiles'
import type { CommandDefinition } from '../commandLine/command'
import { fileOperands } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import { hasErrors, printIssues } from '../files'
import { modelsOf } from '../modelOptions'
import { printJson, printNote, printText } from '../output'
import { printPicture, writeReport } from '../pictureFormats'
import { placedIssues } from '../placedIssues'
import { readableLine } from '../readable'
import { printResources } from '../resourceOptions'
import { type SimulateArguments, type SimulateDraft, simulateDefaults } from '../simulateArguments'
import { simulateOptions } from '../simulateOptions'
import { simulateScenario } from '../simulateScenario'
import { inputOf, readMeasured } from '../simulationInput'
import { summaryText } from '../summaryText'
import { printTable } from '../table'
import { timelineData } from '../timelineData'
import { traceText } from '../traceText'

/** `rollout-engine simulate`: what will happen to a Rollout, as a table or as JSON. */
export const simulateDefinition: CommandDefinition<SimulateDraft> = {
  name: 'simulate',
  summary: 'what happens to a Rollout, second by second',
  title: 'what will happen if I apply this?',
  about: [
    'FILE holds the Rollout and what it refers to: Services, AnalysisTemplates, Ingresses, workloads. It may be a folder; "-" reads standard input. What the Rollout names and is not in the files is assumed to exist, with a warning: Services select its pods, analyses are Successful unless --measure says otherwise.',
  ],
  operands: fileOperands(),
  options: simulateOptions,
  notes: [
    'TIME is a duration (90s, 5m, 1h30m, 2d) or a number of seconds, counted from the first apply.',
    'Of two files with the same Rollout the first is what runs, the second is applied.',
    'A Simulation file (kind: Simulation) tells its own story: of the options only --summary, --events, --seed and --output count.',
  ],
  examples: [
    'simulate rollout.yaml --update web=web:2@10s --ready-after 15s',
    'simulate rollout.yaml --update web:2@10s --at 5m=promote',
    'simulate live.yaml --apply new.yaml@30s --ready-after 15s',
    'simulate --from HEAD~1 deploy/ --ready-after 15s',
    'simulate bad-canary.yaml',
  ],
  exitCodes: [
    [exitCodes.done, 'simulated, whatever became of the Rollout, or as --expect says'],
    [exitCodes.badManifests, 'the files have errors'],
    [exitCodes.usage, 'the command line is wrong'],
    [exitCodes.notWritten, 'the output could not be written'],
    [exitCodes.refused, 'the controller refuses the Rollout (InvalidSpec)'],
    [exitCodes.unexpected, 'it does not end as --expect says'],
    [exitCodes.broken, 'an expectation of the Simulation does not hold'],
  ],
  initial: simulateDefaults,
  check: problemOf,
  run: (given) => simulateScenario(given) ?? runSimulation(given),
}

export const simulateCommand = defineCommand(simulateDefinition)

function problemOf({ files, from, theme, format, report }: SimulateArguments): string | undefined {
  if (files.length === 0) return 'name a file with the Rollout, or - for standard input'
  if (from?.startsWith('-')) return `--from wants a revision of git such as HEAD~1, not "${from}"`
  if (from !== undefined && files.includes('-')) return '--from wants files that git knows, not standard input'
  const hasTheme = format === 'svg' || report !== undefined
  return theme === undefined || hasTheme ? undefined : '--theme is for --output svg and --report'
}

const longSeconds = 86_400

function runSimulation(given: SimulateArguments): number {
  const files = readRunningAndApplied(given.files, given.applied, given.from)
  const measured = files && readMeasured(files.newestFirst.objects, given)
  if (!files || !measured) return exitCodes.badManifests
  const { running: read, newestFirst } = files
  const manifests = read.objects as readonly KubeObject[]
  const { key, objects, issues: startIssues } = startObjects(manifests, given.rollout, '2030-01-01T00:00:00Z')
  const issues = [...newestFirst.issues, ...measured.issues]
  const textOf = (file: string): string | undefined => newestFirst.texts.get(file)
  if (hasErrors(issues) || key === undefined) {
    printIssues(hasErrors(issues) ? issues : [...issues, ...placedIssues(startIssues, [], read)], textOf)
    return exitCodes.badManifests
  }
  if (given.untilSeconds > longSeconds) printNote(`simulating ${given.untilSeconds} s …`)
  const series = { ...measured.series, ...given.series }
  const models = modelsOf(given, manifests)
  if (!models) return exitCodes.badManifests
  const events = [...given.events, ...files.events]
  const timeline = simulate({ ...inputOf(manifests, series, given), events, ...(models.length > 0 && { models }) })
  const about = { kind: 'Rollout', name: objects[key]?.metadata.name ?? '' }
  // If the controller refuses it at once, it is the running manifest; later, the applied one.
  const place = timeline.frames[0]?.message.startsWith('InvalidSpec') ? read.place : newestFirst.place
  const found = placedIssues(timeline.issues, timeline.assumed, { ...read, place }, about)
  const slips = found.filter(({ code }) => slipsOfWords.has(code))
  if (slips.length > 0) {
    for (const { path, message } of slips) printNote(`rollout-engine: ${optionOf(path)}: ${readableLine(message)}`)
    return exitCodes.usage
  }
  const early = found.filter(({ code }) => saidEarly.has(code))
  printIssues([...issues, ...early], textOf)
  if (timeline.frames.length === 0 && hasErrors(found)) return exitCodes.badManifests
  const later = { ...timeline, issues: found.filter((issue) => !early.includes(issue)) }
  if (given.report !== undefined && !writeReport(given.report, later, given.theme)) return exitCodes.notWritten
  if (given.format === 'json') printJson(timelineData(timeline, [...issues, ...found], given.summary))
  else if (given.format === 'table') printText(printTable(later, { rollout: objects[key], key }, given))
  else printPicture(later, given.format, given.theme)
  if (given.format === 'table' && given.resources.length > 0)
    printText(`\n${printResources(timeline, given.resources)}`)
  if (given.summary && given.format === 'table') printText(summaryText(answersOf(timeline)))
  if (timeline.trace && given.format === 'table') printText(traceText(timeline.trace))
  return codeOf(timeline, given.expected)
}

/** Without an expectation any end but a refusal is a success. */
function codeOf({ outcome, frames }: Timeline, expected: readonly Outcome[]): number {
  if (expected.length === 0) return outcome === 'invalid' ? exitCodes.refused : exitCodes.done
  if (expected.includes(outcome)) return exitCodes.done
  const message = frames.at(-1)?.message || 'no message'
  printNote(`rollout-engine: expected ${expected.join(' or ')}, but it ends ${outcome}: ${readableLine(message)}`)
  return exitCodes.unexpected
}

/** Options that match nothing in the files, or are ambiguous. */
const slipsOfWords: ReadonlySet<string> = new Set([
  'image-unused',
  'container-unknown',
  'container-unclear',
  'plugin-unused',
])

function optionOf(path: string): string {
  if (path.startsWith('plugins')) return '--plugin'
  return path.startsWith('events') ? '--update' : '--never-ready'
}

/** Problems of the files are printed first, on standard error; events of the simulation are in the table. */
const saidEarly: ReadonlySet<string> = new Set([
  'assumed',
  'conditions-unknown',
  'dump-incomplete',
  'duplicate-object',
  'invalid-spec',
  'model-doubt',
  'no-object',
  'scaler-idle',
])
