import { parseManifests, parseSeries } from '../input/index'
import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import type { Series } from '../model/series'
import { simulate } from '../simulate/simulate'
import { startObjects } from '../simulate/startObjects'
import { parseArguments, type SimulateArguments } from './arguments'
import { exitCodes, simulateUsage } from './exitCodes'
import { hasErrors, printIssues, readText } from './files'
import { printData, printNote, printText } from './output'
import { readableLine } from './readable'
import { printTable, type Simulated } from './table'

/** `rollout-engine simulate`: what will happen to a Rollout, as a table or as JSON. */
export function simulateCommand(words: readonly string[]): number {
  const parsed = parseArguments(words)
  if ('help' in parsed) {
    printText(simulateUsage)
    return exitCodes.simulated
  }
  if ('problem' in parsed) {
    printNote(`rollout-engine: ${readableLine(parsed.problem)}\n\n${simulateUsage}`)
    return exitCodes.usage
  }
  return runSimulation(parsed.simulate)
}

const longSeconds = 86_400

function runSimulation(given: SimulateArguments): number {
  const read = readAll(given.files, (text) => {
    const { objects, issues } = parseManifests(text)
    return { value: objects as readonly KubeObject[], issues }
  })
  const measured = readAll(given.seriesFiles, (text, file) => {
    const { series, issues } = parseSeries(text, /\.csv$/i.test(file) ? 'csv' : 'json')
    return { value: [series], issues }
  })
  if (!read || !measured) return exitCodes.badManifests
  const start = startObjects(read.values, given.rollout, '2030-01-01T00:00:00Z')
  const issues = [...read.issues, ...measured.issues]
  printIssues(hasErrors(issues) ? issues : [...issues, ...start.issues])
  if (hasErrors(issues) || start.key === undefined) return exitCodes.badManifests
  if (given.untilSeconds > longSeconds) printNote(`simulating ${given.untilSeconds} s …`)
  const about = { rollout: start.objects[start.key], key: start.key }
  print(read.values, mergeSeries([...measured.values, given.series]), given, about)
  return exitCodes.simulated
}

interface Texts<T> {
  readonly values: readonly T[]
  readonly issues: readonly Issue[]
}

/** Everything out of some files, with what is wrong in them; undefined where one of them cannot be read. */
function readAll<T>(
  files: readonly string[],
  parse: (text: string, file: string) => { readonly value: readonly T[]; readonly issues: readonly Issue[] },
): Texts<T> | undefined {
  const values: T[] = []
  const issues: Issue[] = []
  for (const file of files) {
    const text = readText(file)
    if (text === undefined) return undefined
    const parsed = parse(text, file)
    values.push(...parsed.value)
    issues.push(...parsed.issues.map((issue) => ({ ...issue, file })))
  }
  return { values, issues }
}

/** What is said later of a metric wins. */
const mergeSeries = (all: readonly Series[]): Series => Object.fromEntries(all.flatMap((one) => Object.entries(one)))

function print(manifests: readonly KubeObject[], series: Series, given: SimulateArguments, about: Simulated): void {
  const { routerLagSeconds, routerVerifies, routerLies, routerRefuses } = given
  const timeline = simulate({
    manifests,
    name: given.rollout,
    missing: given.strict ? 'strict' : 'assume',
    events: given.events,
    untilSeconds: given.untilSeconds,
    wholeSeconds: given.wholeSeconds,
    series,
    pods: { readyAfterSeconds: given.readyAfterSeconds, neverReadyImages: given.neverReadyImages },
    router: { lagSeconds: routerLagSeconds, verifies: routerVerifies, lies: routerLies, refuses: routerRefuses },
    options: { controller: given.controller },
  })
  const { frames, events, issues, assumed } = timeline
  if (given.format === 'json') printData(JSON.stringify({ frames, events, issues, assumed }, null, 2))
  else printText(printTable(timeline, about, given))
}
