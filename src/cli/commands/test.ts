import { type ControllerVersion, controllerVersions, readControllerVersion } from '../../model/controllerVersion'
import type { Issue } from '../../model/issue'
import { runSimulation } from '../../scenario/runSimulation'
import { listed, output } from '../commandLine/command'
import { fileOperands } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import { hasErrors, printIssues, withoutRepeats } from '../files'
import { printJson, printNote, printText } from '../output'
import { readScenarioFiles, type ScenarioOfFile } from '../scenarioFiles'
import { matrixText, type Tested, type TestFormat, testData, testText } from '../testText'

interface TestArguments {
  files: readonly string[]
  controllers: readonly ControllerVersion[]
  format: TestFormat
}

/** `rollout-engine test`: Simulations as tests. */
export const testCommand = defineCommand<TestArguments>({
  name: 'test',
  summary: 'runs Simulation files and judges what they expect',
  title: 'does it do what I expect of it?',
  about: [
    'FILE holds Simulations (apiVersion: rollout-engine/v1, kind: Simulation); of a folder, all files with Simulations in it and below. Files that a Simulation names are looked for beside it.',
    'Each one runs, and each of its expectations is judged by every decision of the controller.',
  ],
  operands: fileOperands(),
  options: [
    {
      name: 'controller',
      value: 'VERSION,...',
      help: `Which controller runs all of them, whatever they say: ${listed(controllerVersions)}. Several, or all, give a table: what each version makes of each story.`,
      completion: controllerVersions,
      set: setControllers,
    },
    output(
      ['text', 'junit', 'github', 'json'],
      'Default text; junit prints JUnit XML, github annotations of GitHub Actions.',
      (given, format) => {
        given.format = format
      },
    ),
  ],
  examples: ['test bad-canary.yaml', 'test scenarios/ --output junit', 'test scenarios/ --controller v1.8,v1.10'],
  exitCodes: [
    [exitCodes.done, 'every expectation holds'],
    [exitCodes.badManifests, 'the files have errors, or hold no Simulation'],
    [exitCodes.usage, 'the command line is wrong'],
    [exitCodes.broken, 'an expectation does not hold'],
  ],
  initial: () => ({ files: [], controllers: [], format: 'text' }),
  check: ({ files }) => (files.length === 0 ? 'name a file with Simulations, or a folder' : undefined),
  run: runTests,
})

function setControllers(given: TestArguments, value: string): string | undefined {
  const versions = value === 'all' ? controllerVersions : value.split(',').map(readControllerVersion)
  const known = versions.filter((version) => version !== undefined)
  if (known.length < versions.length)
    return `--controller wants all, or some of ${controllerVersions.join(', ')}, not "${value}"`
  given.controllers = known
  return undefined
}

function runTests({ files, controllers, format }: TestArguments): number {
  const read = readScenarioFiles(files)
  if (!read) return exitCodes.badManifests
  const textOf = (file: string): string | undefined => read.texts.get(file)
  printIssues(read.issues, textOf)
  if (read.scenarios.length === 0 && !hasErrors(read.issues))
    printNote('rollout-engine: there is no Simulation in these files')
  if (read.scenarios.length === 0 || hasErrors(read.issues)) return exitCodes.badManifests
  const versions = controllers.length > 0 ? controllers : [undefined]
  const tested = read.scenarios.flatMap((scenario) => versions.map((version) => testedOf(scenario, version)))
  printIssues(withoutRepeats(tested.flatMap(placedIssuesOf)), textOf)
  if (format === 'json') printJson(tested.map(testData))
  else {
    const isMatrix = controllers.length > 1 && format === 'text'
    const text = isMatrix ? matrixText(tested, controllers) : testText(tested, format)
    if (text !== '') printText(text)
  }
  if (tested.some(({ report }) => report.timeline === undefined)) return exitCodes.badManifests
  return tested.every(({ report }) => report.passed) ? exitCodes.done : exitCodes.broken
}

function testedOf(scenario: ScenarioOfFile, controller: ControllerVersion | undefined): Tested {
  const { simulation, files } = scenario
  const asked = controller ? { ...simulation, spec: { ...simulation.spec, controller } } : simulation
  const report = runSimulation(asked, { files })
  return { scenario, report, ...(controller && { controller }) }
}

/** Those about the Simulation have its file and line. */
export const placedIssuesOf = ({ scenario, report }: Tested): readonly Issue[] =>
  report.issues.map((issue) =>
    issue.path === 'spec' ||
    /^spec\.(?:manifests|expectations|events\[|vary\[|series|pods|router|plugins|startAt|untilSeconds)/.test(issue.path)
      ? { ...issue, file: scenario.file, line: issue.line ?? scenario.lineOf(issue.path) }
      : { ...issue, file: issue.file ?? scenario.file },
  )
