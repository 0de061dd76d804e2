import * as plans from '../../commands/index'
import { availableCommands } from '../../explain/availableCommands'
import type { KubeObject } from '../../model/meta'
import type { Rollout } from '../../model/rollout'
import { templateHolderKey } from '../../simulate/workloads'
import type { WorldEvent } from '../../simulate/worldEvent'
import { type CommandOutput, previewOf, printAnswer } from '../commandAnswer'
import { type Command, flag, type Option, output, text } from '../commandLine/command'
import { fileOperands } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import { observeFiles } from '../observed'
import {
  aboutFiles,
  fileAsked,
  type OutlookDraft,
  outlookOptions,
  type StateDraft,
  stateOptions,
} from '../stateOptions'

/** The definition of one of these commands. */
interface CommandDraft extends StateDraft, OutlookDraft {
  output: CommandOutput
  preview: boolean
  full?: boolean
  delay?: string
  toRevision?: number
}

type Observed = Exclude<ReturnType<typeof observeFiles>, number>

/** A command on a Rollout. */
interface RolloutCommand {
  readonly name: string
  readonly summary: string
  readonly title: string
  readonly options?: readonly Option<CommandDraft>[]
  /** Its name among the available ones. */
  readonly known: (given: CommandDraft) => string
  readonly event: (given: CommandDraft) => WorldEvent
  readonly plan: (rollout: Rollout, given: CommandDraft, observed: Observed) => plans.CommandResult
}

const named = (command: NonNullable<WorldEvent['command']>) => ({
  known: () => command,
  event: (): WorldEvent => ({ command }),
})

const rolloutCommands: readonly RolloutCommand[] = [
  {
    name: 'promote',
    summary: 'go on from a pause, or to the end',
    title: 'what does promote do now?',
    options: [
      flag('full', 'To the end of the update: steps, pauses and analyses are skipped.', (given) => {
        given.full = true
      }),
    ],
    known: ({ full }) => (full ? 'promote --full' : 'promote'),
    event: ({ full }) => ({ command: full ? 'promote --full' : 'promote' }),
    plan: (rollout, { full }) => plans.promote(rollout, { full }),
  },
  {
    ...named('abort'),
    name: 'abort',
    summary: 'go back to the stable revision',
    title: 'what does abort do now?',
    plan: plans.abort,
  },
  {
    ...named('retry'),
    name: 'retry',
    summary: 'begin an aborted update anew',
    title: 'what does retry do now?',
    plan: plans.retry,
  },
  {
    ...named('pause'),
    name: 'pause',
    summary: 'hold an update by hand',
    title: 'what does pause do now?',
    plan: plans.pause,
  },
  {
    ...named('resume'),
    name: 'resume',
    summary: 'take back a pause by hand',
    title: 'what does resume do now?',
    plan: plans.resume,
  },
  {
    ...named('restart'),
    name: 'restart',
    summary: 'make all pods anew',
    title: 'what does restart do now?',
    options: [
      text('in', 'DURATION', 'So much later: 30s, 5m.', (given, delay) => {
        given.delay = delay
      }),
    ],
    plan: (rollout, { delay }, { now }) => plans.restart(rollout, now, delay),
  },
  {
    name: 'undo',
    summary: 'put an earlier revision back',
    title: 'what does undo do now?',
    options: [
      {
        name: 'to-revision',
        value: 'N',
        help: 'Which revision (default: the one before the current).',
        set: (given, value) => {
          if (!/^\d{1,15}$/.test(value)) return `--to-revision wants the number of a revision, not "${value}"`
          given.toRevision = Number(value)
          return undefined
        },
      },
    ],
    known: ({ toRevision }) => (toRevision ? '' : 'undo'),
    event: ({ toRevision }) => ({ command: 'undo', ...(toRevision && { toRevision }) }),
    plan: (rollout, { toRevision }, { observation }) => plans.undo(rollout, observation.replicaSets, toRevision),
  },
]

const answerOptions: readonly Option<{ output: CommandOutput; preview: boolean }>[] = [
  output(['text', 'json', 'kubectl'], 'Default text; kubectl prints the lines that apply it.', (given, output) => {
    given.output = output
  }),
  flag('preview', 'What the next minutes look like with it, in one sentence and second by second.', (given) => {
    given.preview = true
  }),
]

const endings: Command['exitCodes'] = [
  [exitCodes.done, 'this is what it asks of the API server (warnings say what it breaks)'],
  [exitCodes.badManifests, 'the files have errors'],
  [exitCodes.usage, 'the command line is wrong'],
  [exitCodes.refused, 'it is refused, with the reason'],
]

const initial = (): CommandDraft => ({ files: [], output: 'text', preview: false, untilSeconds: 3600 })

const commandOf = ({ name, summary, title, options = [], ...one }: RolloutCommand): Command =>
  defineCommand<CommandDraft>({
    name,
    summary,
    title,
    about: [aboutFiles],
    operands: fileOperands(),
    options: [...options, ...answerOptions, ...outlookOptions, ...stateOptions],
    examples: [`${name} web.yaml --preview`, `${name} web.yaml --output kubectl | sh`],
    exitCodes: endings,
    initial,
    check: ({ files }) => (files.length === 0 ? fileAsked : undefined),
    run: (given) => {
      const observed = observeFiles(given)
      if (typeof observed === 'number') return observed
      const { observation } = observed
      const result = one.plan(observation.rollout, given, observed)
      const known = availableCommands(observation, { previews: false }).find(
        ({ command }) => command === one.known(given),
      )
      const preview = given.preview ? previewOf(observed, [one.event(given)], given) : undefined
      return printAnswer({ result, known, ...(preview && { preview }) }, given.output, observed)
    },
  })

interface ImageDraft extends CommandDraft {
  images: readonly { readonly container: string; readonly image: string }[]
}

/** `set image FILE... CONTAINER=IMAGE...`: words with an equals sign say images. */
const setImageCommand: Command = defineCommand<ImageDraft>({
  name: 'set image',
  summary: 'give containers another image: a new revision',
  title: 'what does set image do now?',
  about: [aboutFiles, 'CONTAINER is a name, or * for all: init containers count as well.'],
  operands: {
    shown: 'FILE... CONTAINER=IMAGE...',
    completion: 'files',
    set: (given, word) => {
      const equals = word.indexOf('=')
      if (equals < 0) given.files = [...given.files, word]
      else given.images = [...given.images, { container: word.slice(0, equals), image: word.slice(equals + 1) }]
      return undefined
    },
  },
  options: [...answerOptions, ...outlookOptions, ...stateOptions],
  examples: ['set image web.yaml web=repo/web:2 --preview'],
  exitCodes: endings,
  initial: () => ({ ...initial(), images: [] }),
  check: ({ files, images }) => {
    if (files.length === 0) return fileAsked
    if (images.length === 0) return 'say which image: CONTAINER=IMAGE such as web=repo/web:2'
    return images.some(({ image }) => image === '') ? 'an image is missing behind the =' : undefined
  },
  run: (given) => {
    const observed = observeFiles(given)
    if (typeof observed === 'number') return observed
    const result = withImages(observed, given.images)
    const preview = given.preview && !plans.isRefused(result) ? previewOf(observed, given.images, given) : undefined
    return printAnswer({ result, known: undefined, ...(preview && { preview }) }, given.output, observed)
  },
})

/** One after the other, each on the result of the former. */
function withImages({ objects, key }: Observed, images: ImageDraft['images']): plans.CommandResult {
  let holder = objects[templateHolderKey(objects, key)] ?? (objects[key] as KubeObject)
  const requests: plans.CommandRequest[] = []
  let message = ''
  for (const { container, image } of images) {
    const result = plans.setImage(holder, container, image)
    if (plans.isRefused(result)) return result
    const [request] = result.requests
    if (request?.verb === 'update') holder = request.object
    requests.push(...result.requests)
    message = result.message
  }
  return { requests, message }
}

/** Every command on a Rollout, in the order of the help. */
export const commandsOfRollouts: readonly Command[] = [...rolloutCommands.map(commandOf), setImageCommand]
