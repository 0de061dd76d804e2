import { type ControllerVersion, controllerVersions, newestRelease } from '../../model/controllerVersion'
import { compareRuns } from '../../upgrade/compareRuns'
import { compareText } from '../../upgrade/compareText'
import { output } from '../commandLine/command'
import { fileOperands } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { type ComparedSide, runSide } from '../comparedSide'
import { setControllers } from '../controllersOption'
import { decidedBy } from '../decidedBy'
import { exitCodes } from '../exitCodes'
import { hasErrors, printIssues, withoutRepeats } from '../files'
import { printJson, printText } from '../output'
import { type SimulateDraft, simulateDefaults } from '../simulateArguments'
import { simulateOptions } from '../simulateOptions'

interface CompareDraft extends SimulateDraft {
  controllers: readonly ControllerVersion[]
  output: 'text' | 'markdown' | 'json'
}

/** Options of the story; its result is printed another way here. */
const storyOptions = [
  'update',
  'apply',
  'at',
  'when-paused',
  'until',
  'start-at',
  'ready-after',
  'crash-loop',
  'quota',
  'load',
  'requests-per-pod',
  'sync',
  'never-ready',
  'measure',
  'series',
  'router-lag',
  'router-verifies',
  'router-lies',
  'router-refuses',
  'plugin',
  'strict',
  'whole-seconds',
  'rollout',
]

/** `rollout-engine compare`: two strategies or two controllers, side by side. */
export const compareCommand = defineCommand<CompareDraft>({
  name: 'compare',
  summary: 'two strategies, two manifests or two controllers side by side',
  title: 'which of the two is better, and where do they part?',
  about: [
    'A and B each hold a Rollout and what it refers to, or are Simulation files. With one file, two controllers are compared. The same story is simulated for both: the first moment at which they differ is shown, what may be the reason, and the numbers that people ask for.',
    'Where the options tell no story, the image is updated at 60s and somebody promotes one second after each pause that waits for a person.',
  ],
  operands: { ...fileOperands<CompareDraft>(), shown: 'A [B]' },
  options: [
    {
      name: 'controller',
      value: 'VERSION,VERSION',
      help: `The controllers of the two sides: v1.8,v1.10. One is that of both (default ${newestRelease}).`,
      completion: controllerVersions,
      set: setControllers,
    },
    ...simulateOptions.filter(({ name }) => storyOptions.includes(name)),
    output(['text', 'markdown', 'json'], 'Default text; markdown is for pull requests.', (given, format) => {
      given.output = format
    }),
  ],
  examples: [
    'compare canary.yaml blue-green.yaml --update web:2@10s',
    'compare rollout.yaml --controller v1.8,v1.10',
    'compare canary.yaml --controller v1.8,v1.10 --output markdown',
  ],
  exitCodes: [
    [exitCodes.done, 'both go the same way'],
    [exitCodes.badManifests, 'the files have errors'],
    [exitCodes.usage, 'the command line is wrong'],
    [exitCodes.goesOtherwise, 'something goes otherwise'],
  ],
  initial: () => ({ ...simulateDefaults(), controllers: [], output: 'text' }),
  check: ({ files, controllers }) => {
    if (files.length === 2 || (files.length === 1 && controllers.length === 2)) return undefined
    return files.length === 1
      ? 'name a second file, or two controllers: --controller v1.8,v1.10'
      : 'name one file or two'
  },
  run: runCompare,
})

function runCompare(given: CompareDraft): number {
  const sides = sidesOf(given)
  const left = runSide(sides[0], given)
  const right = left && runSide(sides[1], given)
  if (!left || !right) return exitCodes.badManifests
  printIssues(withoutRepeats([...left.issues, ...right.issues]))
  if (!left.timeline || !right.timeline || hasErrors([...left.issues, ...right.issues])) return exitCodes.badManifests
  const comparison = compareRuns(left.timeline, right.timeline)
  const labels = [sides[0].label, sides[1].label] as const
  if (given.output === 'json') printJson({ left: labels[0], right: labels[1], ...comparison })
  else printText(`${compareText(comparison, labels, given.output)}\n\n${decidedBy(comparison.controllers)}`)
  return comparison.isSame ? exitCodes.done : exitCodes.goesOtherwise
}

function sidesOf({ files, controllers }: CompareDraft): readonly [ComparedSide, ComparedSide] {
  const [left = '', right = left] = files
  const [one, other = one] = controllers
  const label = (file: string, controller: ControllerVersion | undefined): string =>
    left === right ? (controller ?? newestRelease) : one === other ? file : `${file} (${controller})`
  return [
    { file: left, controller: one, label: label(left, one) },
    { file: right, controller: other, label: label(right, other) },
  ]
}
