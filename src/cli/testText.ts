import { junitXml } from '../check/junit'
import { githubLine } from '../lint/output/github'
import { type ControllerVersion, newestRelease } from '../model/controllerVersion'
import type { Issue } from '../model/issue'
import type { ExpectationReport, SimulationReport } from '../scenario/runSimulation'
import { decidedBy } from './decidedBy'
import { readableLine, readableTexts } from './readable'
import type { ScenarioOfFile } from './scenarioFiles'

/** A Simulation that ran, or could not. */
export interface Tested {
  readonly scenario: ScenarioOfFile
  readonly report: SimulationReport
  /** The controller that was asked for on the command line. */
  readonly controller?: ControllerVersion
}

export type TestFormat = 'text' | 'junit' | 'github' | 'json'

/** The reports for people or for a CI system. */
export function testText(tested: readonly Tested[], format: Exclude<TestFormat, 'json'>): string {
  switch (format) {
    case 'text':
      return plainText(readableTests(tested))
    case 'junit':
      return junitXml(tested.map(suiteOf))
    case 'github':
      return tested.flatMap(annotations).join('\n')
  }
}

/** A report as data. */
export const testData = ({ scenario, report, controller }: Tested) => {
  const { timeline, ...plain } = report
  const expectations = report.expectations.map((one) => ({ ...one, line: scenario.lineOf(one.path) }))
  return {
    file: scenario.file,
    controller: controllerOf({ scenario, report, controller }),
    ...plain,
    expectations,
    outcome: timeline?.outcome ?? 'not-simulated',
  }
}

/** The controller that decided: the one that was asked for, else that of the Simulation. */
const controllerOf = ({ scenario, report, controller }: Tested): ControllerVersion =>
  controller ?? report.timeline?.controller ?? scenario.simulation.spec.controller ?? newestRelease

/** Titles and what was seen as they may be printed; the timeline stays as it is: it is large, and not printed. */
export const readableReport = ({ timeline, ...report }: SimulationReport): SimulationReport => ({
  ...readableTexts(report),
  ...(timeline && { timeline }),
})

const isError = ({ severity }: Issue): boolean => severity !== 'warning'

const whenSeen = ({ atSeconds = 0, seen = '' }: ExpectationReport): string => `at ${atSeconds} s: ${seen}`

/** What is expected, one a line, and what was seen where it does not hold. */
export const expectationLines = (
  { expectations }: SimulationReport,
  place: (path: string) => string,
): readonly string[] =>
  expectations.flatMap((one) =>
    one.holds ? [`  holds   ${one.title}`] : [`  BROKEN  ${one.title}${place(one.path)}`, `          ${whenSeen(one)}`],
  )

const readableTests = (tested: readonly Tested[]): readonly Tested[] =>
  tested.map((one) => ({ ...one, report: readableReport(one.report) }))

function plainText(tested: readonly Tested[]): string {
  const failed = tested.filter(({ report }) => !report.passed)
  const lines = tested.flatMap(({ scenario, report }) => [
    `${report.passed ? 'ok    ' : 'FAILED'} ${report.name}`,
    ...(report.timeline ? [] : ['  it could not be simulated']),
    ...(report.expectations.length === 0 && report.timeline ? ['  it ran, and nothing is expected of it'] : []),
    ...expectationLines(report, (path) => ` (${readableLine(scenario.file)}:${scenario.lineOf(path)})`),
  ])
  const count = `${tested.length} simulation${tested.length === 1 ? '' : 's'}`
  return [
    ...lines,
    '',
    failed.length === 0 ? `${count}: all as expected` : `${count}: ${failed.length} not as expected`,
    decidedBy(tested.map(controllerOf)),
  ].join('\n')
}

function suiteOf({ scenario, report, controller }: Tested) {
  const className = scenario.file
  const errors = report.issues.filter(isError).map(({ path, message }) => `${path}: ${message}`)
  const ran = {
    className,
    name: 'it can be simulated',
    ...(report.timeline === undefined && { failure: { message: errors[0] ?? '', text: errors.join('\n') } }),
  }
  const cases = report.expectations.map((one) => ({
    className,
    name: one.title,
    ...(!one.holds && { failure: { message: whenSeen(one), text: `${one.path}\n${whenSeen(one)}` } }),
  }))
  return { name: `${report.name} (${controllerOf({ scenario, report, controller })})`, cases: [ran, ...cases] }
}

const annotations = ({ scenario, report }: Tested): readonly string[] => [
  ...report.issues
    .filter(isError)
    .map(({ path, message, line, file = scenario.file }) =>
      githubLine('error', { file, line: line ?? scenario.lineOf(path), title: report.name }, message),
    ),
  ...report.expectations
    .filter(({ holds }) => !holds)
    .map((one) => {
      const place = { file: scenario.file, line: scenario.lineOf(one.path), title: report.name }
      return githubLine('error', place, `${one.title}\n${whenSeen(one)}`)
    }),
]

/** Several versions of the controller: a line for each expectation, and under each version when it was broken. */
export function matrixText(given: readonly Tested[], versions: readonly ControllerVersion[]): string {
  const tested = readableTests(given)
  const lines: string[] = []
  const stories = tested.filter(({ controller }) => controller === versions[0])
  const titles = stories.flatMap(({ report }) => report.expectations.map(({ title }) => title.length + 2))
  const width = Math.max(0, ...titles, ...stories.map(({ report }) => report.name.length))
  lines.push(`${''.padEnd(width)}  ${versions.map((version) => version.padEnd(cellWidth)).join('')}`.trimEnd())
  for (const { scenario, report: first } of stories) {
    const own = versions.map((version) => tested.find((one) => one.scenario === scenario && one.controller === version))
    lines.push(
      row(
        first.name,
        own.map((one) => (one?.report.passed ? 'ok' : one?.report.timeline ? 'FAILED' : 'no run')),
        width,
      ),
    )
    for (const [index, { title }] of first.expectations.entries())
      lines.push(
        row(
          `  ${title}`,
          own.map((one) => cellOf(one?.report.expectations[index])),
          width,
        ),
      )
  }
  return lines.join('\n')
}

const cellWidth = 9

const cellOf = (expectation: ExpectationReport | undefined): string =>
  expectation === undefined ? '' : expectation.holds ? 'holds' : `at ${expectation.atSeconds}s`

const row = (title: string, cells: readonly string[], width: number): string =>
  `${title.padEnd(width)}  ${cells.map((cell) => cell.padEnd(cellWidth)).join('')}`.trimEnd()
