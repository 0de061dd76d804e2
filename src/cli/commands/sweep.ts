import type { Issue } from '../../model/issue'
import { noRuns, type SweepPart } from '../../scenario/sweep/part'
import { reportOf } from '../../scenario/sweep/report'
import { sweepSimulation } from '../../scenario/sweep/sweepSimulation'
import { flag, type Option, output, text } from '../commandLine/command'
import { fileOperands } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import { hasErrors, printIssues, reasonOf } from '../files'
import { printJson, printNote, printText } from '../output'
import { readableLine, readableTexts } from '../readable'
import { readScenarioFiles, type ScenarioOfFile } from '../scenarioFiles'
import { progressOf } from '../sweep/progress'
import { runHere, runInWorkers, type Work } from '../sweep/runBatches'
import { keyOf, readState, writeState } from '../sweep/stateFile'
import { sweepText } from '../sweep/sweepText'
import { defaultWorkers } from '../workers/defaultWorkers'
import { placedIssuesOf } from './test'

interface SweepArguments {
  files: readonly string[]
  runs: number
  seed: number
  workers: number
  state?: string
  isQuiet: boolean
  format: 'text' | 'markdown' | 'json'
}

const mostWorkers = 256

const wholeNumber = (
  name: 'runs' | 'seed' | 'workers',
  [least, most]: readonly [least: number, most: number],
  help: string,
): Option<SweepArguments> => ({
  name,
  value: 'N',
  help,
  set: (given, value) => {
    const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN
    if (!(number >= least && number <= most)) return `--${name} is a number from ${least} to ${most}, not "${value}"`
    given[name] = number
    return undefined
  },
})

/** `rollout-engine sweep`: a Simulation many times, with what chance decides drawn anew in each. */
export const sweepCommand = defineCommand<SweepArguments>({
  name: 'sweep',
  summary: 'runs a Simulation many times, as chance may have it',
  title: 'how often does it go wrong, and how bad does it get?',
  about: [
    'FILE holds a Simulation. Its spec.vary names the fields that chance decides, such as how long pods take to become ready. Run n has seed FIRST + n, and everything about a run follows from its seed: the same output byte for byte with any number of workers, and simulate FILE --seed N is run N again.',
  ],
  operands: { ...fileOperands<SweepArguments>(), shown: 'FILE' },
  options: [
    wholeNumber('runs', [1, 1_000_000], 'How many runs (default 200).'),
    wholeNumber('seed', [0, 2 ** 31], 'The seed of the first run (default 1).'),
    wholeNumber('workers', [1, mostWorkers], 'How many threads run them (default: one for each processor but one).'),
    text(
      'resume',
      'FILE',
      'Note in this file how far it is; where the file is there, go on from it. More runs of the same sweep begin where it ended.',
      (given, file) => {
        given.state = file
      },
      'files',
    ),
    flag('quiet', 'Say nothing about the progress.', (given) => {
      given.isQuiet = true
    }),
    output(['text', 'markdown', 'json'], 'Default text; markdown is for pull requests.', (given, format) => {
      given.format = format
    }),
  ],
  notes: ['How far it is goes to standard error: a bar on a terminal, a line for every tenth elsewhere.'],
  examples: ['sweep slow-pods.yaml --runs 1000', 'sweep slow.yaml --runs 10000 --workers 8 --resume runs.json'],
  exitCodes: [
    [exitCodes.done, 'every expectation holds in every run'],
    [exitCodes.badManifests, 'the files have errors, or hold no Simulation'],
    [exitCodes.usage, 'the command line is wrong'],
    [exitCodes.notWritten, 'the state could not be written, or a worker died'],
    [exitCodes.broken, 'an expectation does not hold in some run'],
  ],
  initial: () => ({ files: [], runs: 200, seed: 1, workers: defaultWorkers(), isQuiet: false, format: 'text' }),
  check: ({ files }) => (files.length === 1 ? undefined : 'name one file with a Simulation'),
  run: runSweep,
})

function runSweep(given: SweepArguments): number | Promise<number> {
  const scenario = readOne(given)
  if (!scenario) return exitCodes.badManifests
  const key = keyOf(scenario, given.seed)
  const read = given.state === undefined ? undefined : readState(given.state, key)
  if (read && 'problem' in read) {
    printNote(`rollout-engine: cannot go on from ${readableLine(given.state ?? '')}: ${readableLine(read.problem)}`)
    return exitCodes.usage
  }
  const before = read?.state.part ?? noRuns
  if (before.runs > given.runs) {
    printNote(`rollout-engine: ${before.runs} runs are done: say --runs ${before.runs} or more`)
    return exitCodes.usage
  }
  const progress = progressOf(given.runs, given.isQuiet)
  let problem: string | undefined
  const work: Work = {
    swept: { simulation: scenario.simulation, files: scenario.files },
    firstSeed: given.seed,
    runs: given.runs,
    before,
    noted: (part) => {
      if (given.state !== undefined) problem = writeState(given.state, key, { part })
      // Said once it is noted: what was said is not lost.
      progress.done(part.runs)
      return problem === undefined
    },
  }
  const ended = (part: SweepPart): number => {
    progress.end()
    if (problem === undefined) return printed(part, scenario, given)
    printNote(`rollout-engine: cannot write ${readableLine(given.state ?? '')}: ${readableLine(problem)}`)
    return exitCodes.notWritten
  }
  if (given.workers === 1) return ended(runHere(work))
  return runInWorkers(work, given.workers).then(ended, (error: unknown) => {
    progress.end()
    printNote(`rollout-engine: a worker died: ${readableLine(reasonOf(error))}`)
    return exitCodes.notWritten
  })
}

/** The one Simulation of the file, if it can run. */
function readOne({ files, seed }: SweepArguments): ScenarioOfFile | undefined {
  const read = readScenarioFiles(files)
  if (!read) return undefined
  const [scenario, ...others] = read.scenarios
  const issues: readonly Issue[] =
    scenario && others.length === 0 ? [...read.issues, ...issuesOf(scenario, seed)] : read.issues
  printIssues(issues, (file) => read.texts.get(file))
  if (hasErrors(issues)) return undefined
  if (scenario && others.length === 0) return scenario
  const found = scenario ? `${others.length + 1} Simulations: put each into a file` : 'no Simulation'
  printNote(`rollout-engine: the file holds ${found}`)
  return undefined
}

function issuesOf(scenario: ScenarioOfFile, firstSeed: number): readonly Issue[] {
  const { simulation, files } = scenario
  const { issues } = sweepSimulation(simulation, { files, firstSeed, runs: 1 })
  const report = { name: simulation.metadata.name, passed: true, expectations: [], issues }
  return placedIssuesOf({ scenario, report })
}

function printed(part: SweepPart, { file, simulation }: ScenarioOfFile, { seed, format }: SweepArguments): number {
  const report = reportOf(part, seed)
  const { name } = simulation.metadata
  if (format === 'json') printJson({ name, ...report })
  else printText(sweepText(readableLine(name), readableLine(file), readableTexts(report), format))
  return part.expectations.some(({ broken }) => broken > 0) ? exitCodes.broken : exitCodes.done
}
