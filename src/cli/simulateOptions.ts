import type { ControllerVersion } from '../model/controllerVersion'
import { newestRelease } from '../model/controllerVersion'
import type { Series } from '../model/series'
import { parseTime } from '../model/time'
import { type Outcome, outcomes } from '../simulate/outcome'
import { type PluginModel, pluginPhases } from '../simulate/plugins'
import type { RouterModel } from '../simulate/router'
import type { EventTime, WorldDeed, WorldEvent } from '../simulate/worldEvent'
import { type AppliedFile, readApplied } from './appliedFiles'
import { choice, flag, listed, type Option, text } from './commandLine/command'
import { controllerOption, hintFor, rolloutOption, secondsOf } from './commandLine/common'
import { commandEvent, commandWords, plainCommands } from './eventWords'
import { readMeasureOption } from './measureOption'
import { type ResourceQuestion, readResourceQuestion } from './resourceOptions'
import { readSeriesOption, type SeriesFile } from './seriesFiles'

export interface SimulateArguments {
  readonly files: readonly string[]
  readonly events: readonly WorldEvent[]
  /** Files that are applied while the Rollout runs. */
  readonly applied: readonly AppliedFile[]
  readonly untilSeconds: number
  readonly readyAfterSeconds: number
  readonly neverReadyImages: readonly string[]
  readonly seriesFiles: readonly SeriesFile[]
  readonly series: Series
  readonly routerLagSeconds: number
  readonly routerVerifies: boolean
  readonly routerLies: boolean
  readonly routerRefuses?: RouterModel['refuses']
  readonly plugins: PluginModel
  readonly rollout?: string
  /** Which version of the controller is imitated. */
  readonly controller: ControllerVersion
  /** Ends of which one is expected; empty: any. */
  readonly expected: readonly Outcome[]
  /** RFC 3339, or `now`. */
  readonly startAt?: string
  /** What is not in the files does not exist. */
  readonly strict: boolean
  readonly wholeSeconds: boolean
  /** Print every turn of a controller below the table. */
  readonly trace: boolean
  /** Print phases, pauses, updates and pods below the table. */
  readonly summary: boolean
  /** Print the controller's events below the table. */
  readonly showEvents: boolean
  readonly format: 'table' | 'json'
  /** Objects of the router to print, each at a second or between two. */
  readonly resources: readonly ResourceQuestion[]
}

/** The same while the words are read. */
export type SimulateDraft = { -readonly [K in keyof SimulateArguments]: SimulateArguments[K] }

/** What `simulate` runs with where the command line says nothing. */
export const simulateDefaults = (): SimulateDraft => ({
  files: [],
  events: [],
  applied: [],
  expected: [],
  untilSeconds: 3600,
  readyAfterSeconds: 0,
  neverReadyImages: [],
  seriesFiles: [],
  series: {},
  controller: newestRelease,
  routerLagSeconds: 0,
  routerVerifies: false,
  routerLies: false,
  strict: false,
  wholeSeconds: false,
  plugins: {},
  trace: false,
  summary: false,
  showEvents: false,
  format: 'table',
  resources: [],
})

const seconds = (name: string, option: SecondsOption, help: string): Option<SimulateDraft> => ({
  name,
  value: 'TIME',
  help,
  set: (draft, value) => setSeconds(draft, option, `--${name}`, value),
})

/** What may stand behind `simulate`; a problem is one sentence that says what to write instead. */
export const simulateOptions: readonly Option<SimulateDraft>[] = [
  {
    name: 'update',
    value: 'IMAGE@TIME',
    help: 'Set the image at a time: web=repo/app:2@10s, or repo/app:2@10s for the only container.',
    set: addUpdate,
  },
  text(
    'apply',
    'FILE@TIME',
    'Apply a changed manifest, or a folder of them, at a time: new.yaml@30s. Without @TIME as soon as the Rollout is Healthy; at once if the Rollout was read from a cluster. Said again, one after the other.',
    (draft, value) => {
      draft.applied = [...draft.applied, readApplied(value)]
    },
    'files',
  ),
  {
    name: 'at',
    value: 'TIME=COMMAND',
    help: 'At a time: promote, promote-full, abort, retry, undo, undo:REVISION, pause, resume, restart, scale:N, scale-workload:N or delete.',
    set: addTimed,
  },
  {
    name: 'when-paused',
    value: 'COMMAND',
    help: 'The same, one second after the Rollout paused; several are used one after the other.',
    completion: Object.keys(plainCommands),
    set: (draft, value) => addEvent(draft, commandEvent(value), { whenPaused: true }, value),
  },
  seconds('until', 'untilSeconds', 'How far to look (default 1h).'),
  {
    name: 'expect',
    value: 'END,...',
    help: `How it has to end: ${listed(outcomes)}.`,
    completion: outcomes,
    set: setExpected,
  },
  {
    name: 'start-at',
    value: 'WHEN',
    help: 'When the simulation begins: 2030-01-31T12:00:00Z, or now. Default: the newest time in the files, so that what was read from a cluster goes on with its timers as they are.',
    set: setStart,
  },
  seconds('ready-after', 'readyAfterSeconds', 'How long pods take to become ready (default 0s).'),
  text(
    'never-ready',
    'IMAGE',
    'Pods with a container, or init container, of this image never become ready.',
    (draft, value) => {
      draft.neverReadyImages = [...draft.neverReadyImages, value]
    },
  ),
  {
    name: 'measure',
    value: 'METRIC=ITEM,...',
    help: "What the measurements of a metric come to, one after the other; the last one repeats. An item is Successful, Failed, Inconclusive or Error, or a value that the metric's conditions judge: 0.97, [0.2], text, error:MESSAGE. Metrics of which nothing is said are Successful.",
    set: addMeasurements,
  },
  text(
    'series',
    '[METRIC=]FILE',
    'The same from a file: .csv with a column a metric (and perhaps time), .json {"METRIC": [ITEM, ...]}, or of one metric what a server answered; everything that analyze takes.',
    (draft, value) => {
      draft.seriesFiles = [...draft.seriesFiles, readSeriesOption(value)]
    },
    'files',
  ),
  seconds(
    'router-lag',
    'routerLagSeconds',
    'Traffic follows each new weight so much later, also where the next is told meanwhile.',
  ),
  flag('router-verifies', 'The router can say whether a weight is in effect.', (draft) => {
    draft.routerVerifies = true
  }),
  flag('router-lies', '... and always says yes.', (draft) => {
    draft.routerLies = true
  }),
  {
    name: 'router-refuses',
    value: 'FROM-TO',
    help: 'The router refuses every call from one time until before the other: 40s-2m.',
    set: setRefusal,
  },
  {
    name: 'plugin',
    value: 'NAME=PHASE@TIME',
    help: 'What a plugin answers from a time on: a step plugin Successful (as all of which nothing is said), Failed, Error or Running; a router plugin verified or unverified.',
    set: addPlugin,
  },
  controllerOption((draft: SimulateDraft, version) => {
    draft.controller = version
  }),
  flag(
    'strict',
    'What is not in the files does not exist: what the controller says with exactly these objects.',
    (draft) => {
      draft.strict = true
    },
  ),
  flag(
    'whole-seconds',
    "The controllers' clock shows whole seconds only: what they compare strictly ends a second later.",
    (draft) => {
      draft.wholeSeconds = true
    },
  ),
  {
    name: 'show',
    value: 'KIND/NAME@TIME',
    help: 'Print an object of the traffic router as it stands then: virtualservice/web@2m.',
    set: (draft, value) => addResource(draft, '--show', value),
  },
  {
    name: 'diff',
    value: 'KIND/NAME@FROM..TO',
    help: 'Print what differs of it between two times: ingress/web@10s..2m.',
    set: (draft, value) => addResource(draft, '--diff', value),
  },
  flag('events', "Print the controller's events below the table.", (draft) => {
    draft.showEvents = true
  }),
  flag(
    'summary',
    'Print below the table how long each phase and pause took, how updates ended and how many requests they got, the most pods and the fewest that were available.',
    (draft) => {
      draft.summary = true
    },
  ),
  flag(
    'trace',
    'Print every turn of a controller below the table: router calls, changes and states in order, also those that last no second.',
    (draft) => {
      draft.trace = true
    },
  ),
  rolloutOption((draft: SimulateDraft, name) => {
    draft.rollout = name
  }),
  choice(
    'format',
    ['table', 'json'],
    'Default table; json prints {"frames": [...], "events": [...], "issues": [...], "assumed": [...], "outcome": "healthy"}; "trace": [...] with --trace.',
    (draft, format) => {
      draft.format = format
    },
  ),
]

function setExpected(draft: SimulateDraft, value: string): string | undefined {
  const expected = outcomes.filter((outcome) => value.split(',').includes(outcome))
  if (expected.length < value.split(',').length) return `--expect is one of ${outcomes.join(', ')}, not "${value}"`
  draft.expected = expected
  return undefined
}

/** `NAME=PHASE[@TIME]`: names hold slashes, no equals sign. Said again, the plugin goes on. */
function addPlugin(draft: SimulateDraft, value: string): string | undefined {
  const [, name = '', word, time] = /^([^=]+)=(\w+)(?:@(.+))?$/.exec(value) ?? []
  const phase = pluginPhases.find((one) => one === word)
  const atSeconds = time === undefined ? 0 : secondsOf(time)
  if (!phase || atSeconds === undefined)
    return `--plugin wants NAME=PHASE@TIME such as team/step=Failed@5m, PHASE one of ${pluginPhases.join(', ')}, not "${value}"`
  const before = Object.hasOwn(draft.plugins, name) ? (draft.plugins[name] ?? []) : []
  const points = [...before, { phase, atSeconds }].sort((left, right) => (left.atSeconds ?? 0) - (right.atSeconds ?? 0))
  draft.plugins = { ...draft.plugins, [name]: points }
  return undefined
}

function setStart(draft: SimulateDraft, value: string): string | undefined {
  if (value !== 'now' && parseTime(value) === undefined)
    return `--start-at is now, or a time such as 2030-01-31T12:00:00Z, not "${value}"`
  draft.startAt = value
  return undefined
}

function addResource(draft: SimulateDraft, flag: string, value: string): string | undefined {
  const question = readResourceQuestion(value, flag === '--diff', secondsOf)
  if (!question) {
    const example = flag === '--diff' ? 'virtualservice/web@10s..2m' : 'virtualservice/web@2m'
    return `${flag} wants an object and a time such as ${example}, not "${value}"`
  }
  draft.resources = [...draft.resources, question]
  return undefined
}

type SecondsOption = 'untilSeconds' | 'readyAfterSeconds' | 'routerLagSeconds'

function setSeconds(draft: SimulateDraft, option: SecondsOption, flag: string, value: string): string | undefined {
  const seconds = secondsOf(value)
  if (seconds === undefined) return `${flag} wants a time such as 90s, 5m or 2d, not "${value}"`
  draft[option] = seconds
  return undefined
}

function setRefusal(draft: SimulateDraft, value: string): string | undefined {
  const [from, until] = value.split('-').map(secondsOf)
  if (from === undefined || until === undefined || from >= until) {
    return `--router-refuses wants FROM-TO such as 40s-2m, not "${value}"`
  }
  draft.routerRefuses = { fromSeconds: from, untilSeconds: until }
  return undefined
}

/** Said again, the metric goes on. */
function addMeasurements(draft: SimulateDraft, value: string): string | undefined {
  const read = readMeasureOption(value)
  if ('problem' in read) return read.problem
  const before = Object.hasOwn(draft.series, read.metric) ? (draft.series[read.metric] ?? []) : []
  draft.series = { ...draft.series, [read.metric]: [...before, ...read.points] }
  return undefined
}

/** `[container=]image@time`: the image may hold `@sha256:…` itself, so the last `@` counts. */
function addUpdate(draft: SimulateDraft, value: string): string | undefined {
  const at = value.lastIndexOf('@')
  const seconds = at < 0 ? undefined : secondsOf(value.slice(at + 1))
  if (seconds === undefined) return `--update wants IMAGE@TIME such as web=repo/app:2@10s, not "${value}"`
  // `image=` in front is a keyword, as it is after --at.
  const named = value.slice(0, at).replace(/^image=/, '')
  const equals = named.indexOf('=')
  const image = named.slice(equals + 1)
  if (image === '') return `--update wants an image before the @, not "${value}"`
  draft.events = [
    ...draft.events,
    { atSeconds: seconds, image, ...(equals > 0 && { container: named.slice(0, equals) }) },
  ]
  return undefined
}

function addTimed(draft: SimulateDraft, value: string): string | undefined {
  const equals = value.indexOf('=')
  const seconds = equals < 0 ? undefined : secondsOf(value.slice(0, equals))
  if (seconds === undefined) return `--at wants TIME=COMMAND such as 5m=promote, not "${value}"`
  const command = value.slice(equals + 1)
  return addEvent(draft, commandEvent(command), { atSeconds: seconds }, command)
}

function addEvent(
  draft: SimulateDraft,
  event: WorldDeed | undefined,
  when: EventTime,
  text: string,
): string | undefined {
  if (!event) return `unknown command "${text}"${hintFor(text, commandWords)}`
  draft.events = [...draft.events, { ...when, ...event }]
  return undefined
}
