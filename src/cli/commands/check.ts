import { knownInvariants } from '../../check/catalog'
import { type CheckReport, failureText, tryStrategy } from '../../check/check'
import { coverageText, junitText } from '../../check/checkText'
import type { Invariant } from '../../check/invariant'
import { mostRuns } from '../../check/options'
import { type Counterexample, replayScenario } from '../../check/replay'
import { type ControllerVersion, controllerVersions, newestRelease } from '../../model/controllerVersion'
import type { KubeObject } from '../../model/meta'
import { scenarioOf } from '../../scenario/counterexample'
import { checkBothText, sentenceChanges } from '../checkBoth'
import { flag, output, text } from '../commandLine/command'
import { fileOperands, hintFor, rolloutOption } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { setControllers } from '../controllersOption'
import { decidedBy } from '../decidedBy'
import { runEveryWay } from '../everyWay'
import { exitCodes } from '../exitCodes'
import { hasErrors, printIssues } from '../files'
import { readManifests } from '../manifestFiles'
import { printJson, printNote, printText } from '../output'
import { readableLine } from '../readable'
import { saveCounterexamples } from '../saveCounterexamples'
import { readScenarioFiles } from '../scenarioFiles'

interface CheckArguments {
  files: readonly string[]
  runs: number
  seed: number
  exhaustive: boolean
  depth: number
  except: readonly string[]
  rollout?: string
  controllers: readonly ControllerVersion[]
  replay?: string
  save?: string
  format: 'text' | 'json' | 'junit'
}

/** `rollout-engine check`: random runs of a strategy against what must never happen. */
export const checkCommand = defineCommand<CheckArguments>({
  name: 'check',
  summary: 'what breaks a strategy: random runs with faults, and the smallest one that hurts',
  title: 'what breaks this strategy?',
  about: [
    'FILE holds the Rollout and what it refers to. The first version is installed; then updates, commands, faults and verdicts come at random moments, and after each decision the sentences below are judged. Of each sentence that does not hold the smallest run is printed.',
  ],
  operands: fileOperands(),
  options: [
    wholeNumber('runs', 1, mostRuns, 'Random runs (default 200).', (given, runs) => {
      given.runs = runs
    }),
    wholeNumber('seed', 0, 2 ** 31 - 1, 'The same seed tries the same runs (default 1).', (given, seed) => {
      given.seed = seed
    }),
    flag(
      'exhaustive',
      'Go every way of a small strategy instead of random ones: "never" is a proof within the bounds that are printed.',
      (given) => {
        given.exhaustive = true
      },
    ),
    wholeNumber('depth', 1, 12, 'Actions one after the other with --exhaustive (default 3).', (given, depth) => {
      given.depth = depth
    }),
    {
      name: 'except',
      value: 'ID,...',
      help: 'Sentences that are left out: S5,L3.',
      completion: knownInvariants.map(({ id }) => id),
      set: (given, value) => {
        given.except = value.split(',')
        const known = knownInvariants.map(({ id }) => id)
        const unknown = given.except.find((id) => !known.includes(id))
        return unknown === undefined
          ? undefined
          : `--except: no sentence is called ${unknown}${hintFor(unknown, known)}`
      },
    },
    text(
      'save',
      'FOLDER',
      'Write each counterexample as a Simulation file into this folder: "test FOLDER" runs them all again.',
      (given, folder) => {
        given.save = folder
      },
      'files',
    ),
    text(
      'replay',
      'SIMULATION',
      'Tell the run of one such file again, turn by turn. It names its manifests itself.',
      (given, file) => {
        given.replay = file
      },
      'files',
    ),
    {
      name: 'controller',
      value: 'VERSION[,VERSION]',
      help: `The controller that the cluster runs (default ${newestRelease}). Two run the same seeds: what only one of them breaks is printed first.`,
      completion: controllerVersions,
      set: setControllers,
    },
    rolloutOption((given, name) => {
      given.rollout = name
    }),
    output(['text', 'json', 'junit'], 'Default text.', (given, format) => {
      given.format = format
    }),
  ],
  notes: [['The sentences:', ...knownInvariants.map(({ id, sentence }) => `${id} ${sentence}`)].join('\n')],
  examples: ['check rollout.yaml', 'check rollout.yaml --runs 2000 --except L3', 'check rollout.yaml --save found/'],
  exitCodes: [
    [exitCodes.done, 'every sentence holds in every run'],
    [exitCodes.badManifests, 'the files have errors, or an undisturbed update does not get to Healthy'],
    [exitCodes.usage, 'the command line is wrong'],
    [exitCodes.notWritten, 'a file of --save could not be written'],
    [exitCodes.broken, 'a sentence does not hold'],
  ],
  initial: () => ({
    files: [],
    runs: 200,
    seed: 1,
    exhaustive: false,
    depth: 3,
    except: [],
    controllers: [],
    format: 'text',
  }),
  check: ({ files, replay, controllers, save, format, exhaustive }) => {
    if (files.length === 0 && replay === undefined) return 'name a file with the Rollout'
    if (exhaustive && (save !== undefined || format === 'junit'))
      return '--exhaustive prints text or JSON, and saves nothing'
    const alone =
      replay !== undefined ? '--replay' : exhaustive ? '--exhaustive' : save !== undefined ? '--save' : undefined
    const wantsOne = alone ?? (format === 'junit' ? '--output junit' : undefined)
    return controllers.length > 1 && wantsOne !== undefined ? `${wantsOne} wants one controller` : undefined
  },
  run: runCheck,
})

function wholeNumber(
  name: string,
  least: number,
  most: number,
  help: string,
  set: (given: CheckArguments, value: number) => void,
) {
  return {
    name,
    value: 'N',
    help,
    set: (given: CheckArguments, value: string): string | undefined => {
      const number = Number(value)
      if (!/^\d+$/.test(value) || number < least || number > most)
        return `--${name} is a whole number from ${least} to ${most}, not "${value}"`
      set(given, number)
      return undefined
    },
  }
}

function runCheck(given: CheckArguments): number {
  const invariants = knownInvariants.filter(({ id }) => !given.except.includes(id))
  if (given.replay !== undefined) return runReplay(given, given.replay, invariants)
  const read = readManifests(given.files)
  if (!read) return exitCodes.badManifests
  printIssues(read.issues, (file) => read.texts.get(file))
  if (hasErrors(read.issues)) return exitCodes.badManifests
  const manifests = read.objects as readonly KubeObject[]
  const { runs, seed, rollout: name, controllers, save } = given
  const [controller, other] = controllers
  if (given.exhaustive) return runEveryWay(given, manifests, invariants)
  const tried = (version: ControllerVersion | undefined): CheckReport =>
    tryStrategy(manifests, { runs, seed, name, invariants, options: { controller: version } })
  const report = tried(controller)
  const second = other === undefined || report.issues.length > 0 ? undefined : tried(other)
  const unfit = [report, second].find((one) => one !== undefined && one.issues.length > 0)
  if (unfit) {
    printNote(`rollout-engine: ${readableLine(failureText(unfit))}`)
    return exitCodes.badManifests
  }
  if (controller && other && second) {
    const checked = [
      { controller, report },
      { controller: other, report: second },
    ] as const
    if (given.format === 'json') printJson({ changes: sentenceChanges(...checked), checked })
    else printText(checkBothText(checked, invariants))
    return report.passed && second.passed ? exitCodes.done : exitCodes.broken
  }
  if (
    save !== undefined &&
    !saveCounterexamples(save, report.counterexamples, { files: given.files, manifests, controller, rollout: name })
  )
    return exitCodes.notWritten
  printReport(report, given.format, invariants)
  return report.passed ? exitCodes.done : exitCodes.broken
}

function printReport(report: CheckReport, format: CheckArguments['format'], invariants: readonly Invariant[]): void {
  if (format === 'json') printJson(report)
  else if (format === 'junit') printText(junitText(report, invariants))
  else printText(`${report.passed ? '' : `${failureText(report)}\n\n`}${coverageText(report, invariants)}`)
}

function runReplay(
  { rollout, controllers: [controller], format }: CheckArguments,
  file: string,
  invariants: readonly Invariant[],
): number {
  const read = readScenarioFiles([file])
  if (!read) return exitCodes.badManifests
  printIssues(read.issues, (one) => read.texts.get(one))
  const [saved] = read.scenarios
  if (!saved || hasErrors(read.issues)) return exitCodes.badManifests
  const { manifests, scenario, issues: found } = scenarioOf(saved.simulation, saved.files)
  const version = controller ?? saved.simulation.spec.controller ?? newestRelease
  const { counterexample, issues } = replayScenario(manifests, scenario, {
    name: rollout ?? saved.simulation.spec.rollout,
    invariants,
    options: { controller: version },
  })
  if (hasErrors(found) || issues.length > 0) {
    printIssues([...found.map((issue) => ({ ...issue, file, line: saved.lineOf(issue.path) })), ...issues])
    return exitCodes.badManifests
  }
  printReplay(counterexample, version, format)
  return counterexample ? exitCodes.broken : exitCodes.done
}

function printReplay(
  broken: Counterexample | undefined,
  controller: ControllerVersion,
  format: CheckArguments['format'],
): void {
  if (format === 'json') printJson({ controller, passed: broken === undefined, ...broken })
  else printText(`${broken?.story ?? 'every sentence holds in this run'}\n\n${decidedBy([controller])}`)
}
