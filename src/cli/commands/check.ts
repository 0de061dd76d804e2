import { knownInvariants } from '../../check/catalog'
import { mostRuns } from '../../check/limits'
import { controllerVersions, newestRelease } from '../../model/controllerVersion'
import type { CheckArguments } from '../check/checkArguments'
import { runCheck } from '../check/runCheck'
import { flag, output, text } from '../commandLine/command'
import { fileOperands, hintFor, rolloutOption } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { setControllers } from '../controllersOption'
import { exitCodes } from '../exitCodes'
import { defaultWorkers } from '../workers/defaultWorkers'

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
    wholeNumber(
      'workers',
      1,
      256,
      'Threads that try parts of 200 runs (default: one for each processor but one). What is printed does not depend on it.',
      (given, workers) => {
        given.workers = workers
      },
    ),
    text(
      'resume',
      'FILE',
      'Note in this file which parts of 200 runs are done; where the file is there, go on from it.',
      (given, file) => {
        given.resume = file
      },
      'files',
    ),
    text(
      'corpus',
      'FILE',
      'Begin with the runs in this file, and write those that reached something new into it: the next check is a step further.',
      (given, file) => {
        given.corpus = file
      },
      'files',
    ),
    flag('quiet', 'Say nothing about the progress of more than 200 runs.', (given) => {
      given.isQuiet = true
    }),
    output(['text', 'json', 'junit', 'markdown'], 'Default text; markdown is for pull requests.', (given, format) => {
      given.format = format
    }),
  ],
  notes: [['The sentences:', ...knownInvariants.map(({ id, sentence }) => `${id} ${sentence}`)].join('\n')],
  examples: [
    'check rollout.yaml',
    'check rollout.yaml --runs 2000 --workers 4 --except L3',
    'check rollout.yaml --save found/',
  ],
  exitCodes: [
    [exitCodes.done, 'every sentence holds in every run'],
    [exitCodes.badManifests, 'the files have errors, or an undisturbed update does not get to Healthy'],
    [exitCodes.usage, 'the command line is wrong'],
    [exitCodes.notWritten, 'a file of --save, --resume or --corpus could not be written, or a worker died'],
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
    workers: defaultWorkers(),
    isQuiet: false,
    format: 'text',
  }),
  check: ({ files, replay, controllers, save, resume, corpus, format, exhaustive }) => {
    if (files.length === 0 && replay === undefined) return 'name a file with the Rollout'
    const isText = format === 'text' || format === 'json'
    if (corpus !== undefined && resume !== undefined) return '--corpus and --resume do not go together'
    if (exhaustive && (save ?? resume ?? corpus ?? (isText ? undefined : format)) !== undefined)
      return '--exhaustive prints text or JSON, and saves nothing'
    const alone =
      replay !== undefined
        ? '--replay'
        : exhaustive
          ? '--exhaustive'
          : save !== undefined
            ? '--save'
            : resume !== undefined
              ? '--resume'
              : corpus !== undefined
                ? '--corpus'
                : undefined
    const wantsOne = alone ?? (isText ? undefined : `--output ${format}`)
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
