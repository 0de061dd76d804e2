import type { KubeObject } from '../model/meta'
import { looksLikeSimulation } from '../scenario/readSimulation'
import { runSimulation } from '../scenario/runSimulation'
import { drawSimulation } from '../scenario/sweep/vary'
import { answersOf } from '../simulate/answers/answers'
import type { Timeline } from '../simulate/simulation'
import { placedIssuesOf } from './commands/test'
import { exitCodes } from './exitCodes'
import { hasErrors, printIssues, readText } from './files'
import { printJson, printText } from './output'
import { printPicture, writeReport } from './pictureFormats'
import { readableLine } from './readable'
import { readScenarioFiles, type ScenarioOfFile } from './scenarioFiles'
import type { SimulateArguments } from './simulateArguments'
import { summaryText } from './summaryText'
import { printTable } from './table'
import { expectationLines, readableReport } from './testText'
import { timelineData } from './timelineData'

/** `simulate scenario.yaml`: the timelines of Simulations, and what they expect. Undefined if the file holds none. */
export function simulateScenario(given: SimulateArguments): number | undefined {
  const [file, ...others] = given.files
  if (file === undefined || others.length > 0 || file === '-' || !/\.(?:ya?ml|json)$/i.test(file)) return undefined
  const text = readText(file)
  if (text === undefined) return exitCodes.badManifests
  if (!looksLikeSimulation(text)) return undefined
  const read = readScenarioFiles([file])
  if (!read) return exitCodes.badManifests
  printIssues(read.issues, (one) => read.texts.get(one))
  if (hasErrors(read.issues) || read.scenarios.length === 0) return exitCodes.badManifests
  const codes = read.scenarios.map((scenario) => tell(scenario, given, read.texts))
  return Math.max(...codes)
}

function tell(scenario: ScenarioOfFile, given: SimulateArguments, texts: ReadonlyMap<string, string>): number {
  const { simulation, files } = scenario
  const drawn = given.seed === undefined ? simulation : drawSimulation(simulation, given.seed)
  const report = runSimulation(drawn, { files })
  printIssues(placedIssuesOf({ scenario, report }), (one) => texts.get(one))
  const { timeline } = report
  if (!timeline) return exitCodes.badManifests
  if (given.report !== undefined && !writeReport(given.report, timeline, given.theme)) return exitCodes.notWritten
  if (given.format === 'json') {
    const { name, passed, expectations } = report
    printJson({ name, passed, expectations, ...timelineData(timeline, timeline.issues, given.summary) })
  } else if (given.format !== 'table') printPicture(timeline, given.format, given.theme)
  else {
    const told = readableReport(report)
    printText(`${told.name}\n`)
    const { untilSeconds } = timeline
    printText(printTable({ ...timeline, issues: [] }, simulatedOf(timeline, scenario), { ...given, untilSeconds }))
    if (given.summary) printText(summaryText(answersOf(timeline)))
    const lines = expectationLines(told, (path) => ` (${readableLine(scenario.file)}:${scenario.lineOf(path)})`)
    if (lines.length > 0) printText(['', ...lines].join('\n'))
  }
  return report.passed ? exitCodes.done : exitCodes.broken
}

function simulatedOf({ objects, history }: Timeline, { simulation }: ScenarioOfFile) {
  const wanted = simulation.spec.rollout
  const isIt = ({ kind, metadata }: KubeObject): boolean =>
    (kind === 'Rollout' || kind === 'Experiment') && (wanted === undefined || metadata.name === wanted)
  const found = Object.entries(history.start).find(([, object]) => isIt(object))
  const [key = '', started] = found ?? []
  return { key, rollout: objects[key] ?? started }
}
