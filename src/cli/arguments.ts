import { nearest } from '../input/nearest'
import {
  type ControllerVersion,
  controllerVersions,
  newestRelease,
  readControllerVersion,
} from '../model/controllerVersion'
import { parseDurationSeconds } from '../model/duration'
import type { Series } from '../model/series'
import { parseTime } from '../model/time'
import { type Outcome, outcomes } from '../simulate/outcome'
import { type PluginModel, pluginPhases } from '../simulate/plugins'
import type { RouterModel } from '../simulate/router'
import type { WorldEvent } from '../simulate/worldEvent'
import { readMeasureOption } from './measureOption'
import { type ResourceQuestion, readResourceQuestion } from './resourceOptions'

export interface SimulateArguments {
  readonly files: readonly string[]
  readonly events: readonly WorldEvent[]
  readonly untilSeconds: number
  readonly readyAfterSeconds: number
  readonly neverReadyImages: readonly string[]
  readonly seriesFiles: readonly string[]
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
  /** Print the controller's events below the table. */
  readonly showEvents: boolean
  readonly format: 'table' | 'json'
  /** Objects of the router to print, each at a second or between two. */
  readonly resources: readonly ResourceQuestion[]
}

export type Parsed = { readonly problem: string } | { readonly help: true } | { readonly simulate: SimulateArguments }

type Draft = { -readonly [K in keyof SimulateArguments]: SimulateArguments[K] }

/** Reads what stands behind `simulate`; a problem is one sentence that says what to write instead. */
export function parseArguments(words: readonly string[]): Parsed {
  if (words.includes('--help') || words.includes('-h')) return { help: true }
  const draft: Draft = {
    files: [],
    events: [],
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
    showEvents: false,
    format: 'table',
    resources: [],
  }
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (/^-[^-]/.test(word)) return { problem: `unknown option ${word}: options begin with --` }
    const [flag, inline] = splitFlag(word)
    if (flag === undefined) draft.files = [...draft.files, word]
    else if (flag === '--router-verifies') draft.routerVerifies = true
    else if (flag === '--router-lies') draft.routerLies = true
    else if (flag === '--strict') draft.strict = true
    else if (flag === '--whole-seconds') draft.wholeSeconds = true
    else if (flag === '--events') draft.showEvents = true
    else if (flag === '--trace') draft.trace = true
    else {
      const value = inline ?? words[++at]
      if (value === undefined) return { problem: `${flag} needs a value` }
      const problem = setOption(draft, flag, value)
      if (problem !== undefined) return { problem }
    }
  }
  return draft.files.length === 0
    ? { problem: 'name a file with the Rollout, or - for standard input' }
    : { simulate: draft }
}

const optionNames: readonly string[] = [
  '--update',
  '--at',
  '--when-paused',
  '--until',
  '--start-at',
  '--plugin',
  '--trace',
  '--expect',
  '--ready-after',
  '--never-ready',
  '--measure',
  '--series',
  '--router-lag',
  '--router-verifies',
  '--router-lies',
  '--router-refuses',
  '--controller',
  '--strict',
  '--whole-seconds',
  '--events',
  '--rollout',
  '--format',
  '--help',
]

/** What is said of an option that does not exist; with the one that was probably meant. */
export const unknownOption = (flag: string, known: readonly string[]): string =>
  `unknown option ${flag}${hintFor(flag, known)}`

function hintFor(word: string, known: readonly string[]): string {
  const meant = nearest(word, known)
  return meant === undefined ? '' : `: did you mean ${meant}?`
}

function splitFlag(word: string): [flag?: string, value?: string] {
  if (!word.startsWith('--')) return []
  const equals = word.indexOf('=')
  return equals < 0 ? [word] : [word.slice(0, equals), word.slice(equals + 1)]
}

/** Seconds of `90s`, `5m` or `90`; undefined for anything else or less than 0. */
export function secondsOf(text: string): number | undefined {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : parseDurationSeconds(text)
  return seconds === undefined || seconds < 0 ? undefined : seconds
}

function setOption(draft: Draft, flag: string, value: string): string | undefined {
  switch (flag) {
    case '--update':
      return addUpdate(draft, value)
    case '--at':
      return addTimed(draft, value)
    case '--when-paused':
      return addEvent(draft, commandEvent(value), { whenPaused: true }, value)
    case '--expect':
      return setExpected(draft, value)
    case '--plugin':
      return addPlugin(draft, value)
    case '--start-at':
      return setStart(draft, value)
    case '--until':
      return setSeconds(draft, 'untilSeconds', flag, value)
    case '--ready-after':
      return setSeconds(draft, 'readyAfterSeconds', flag, value)
    case '--router-lag':
      return setSeconds(draft, 'routerLagSeconds', flag, value)
    case '--router-refuses':
      return setRefusal(draft, value)
    case '--measure':
      return addMeasurements(draft, value)
    case '--series':
      draft.seriesFiles = [...draft.seriesFiles, value]
      return undefined
    case '--never-ready':
      draft.neverReadyImages = [...draft.neverReadyImages, value]
      return undefined
    case '--show':
    case '--diff':
      return addResource(draft, flag, value)
    case '--rollout':
      draft.rollout = value
      return undefined
    case '--controller':
      return setController(draft, value)
    case '--format':
      if (value !== 'table' && value !== 'json') return `--format is table or json, not "${value}"`
      draft.format = value
      return undefined
    default:
      return unknownOption(flag, optionNames)
  }
}

function setController(draft: Draft, value: string): string | undefined {
  const version = readControllerVersion(value)
  if (!version) return `--controller is one of ${controllerVersions.join(', ')}, not "${value}"`
  draft.controller = version
  return undefined
}

function setExpected(draft: Draft, value: string): string | undefined {
  const expected = outcomes.filter((outcome) => value.split(',').includes(outcome))
  if (expected.length < value.split(',').length) return `--expect is one of ${outcomes.join(', ')}, not "${value}"`
  draft.expected = expected
  return undefined
}

/** `NAME=PHASE[@TIME]`: names hold slashes, no equals sign. Said again, the plugin goes on. */
function addPlugin(draft: Draft, value: string): string | undefined {
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

function setStart(draft: Draft, value: string): string | undefined {
  if (value !== 'now' && parseTime(value) === undefined)
    return `--start-at is now, or a time such as 2030-01-31T12:00:00Z, not "${value}"`
  draft.startAt = value
  return undefined
}

function addResource(draft: Draft, flag: string, value: string): string | undefined {
  const question = readResourceQuestion(value, flag === '--diff', secondsOf)
  if (!question) {
    const example = flag === '--diff' ? 'virtualservice/web@10s..2m' : 'virtualservice/web@2m'
    return `${flag} wants an object and a time such as ${example}, not "${value}"`
  }
  draft.resources = [...draft.resources, question]
  return undefined
}

type SecondsOption = 'untilSeconds' | 'readyAfterSeconds' | 'routerLagSeconds'

function setSeconds(draft: Draft, option: SecondsOption, flag: string, value: string): string | undefined {
  const seconds = secondsOf(value)
  if (seconds === undefined) return `${flag} wants a time such as 90s or 5m, not "${value}"`
  draft[option] = seconds
  return undefined
}

function setRefusal(draft: Draft, value: string): string | undefined {
  const [from, until] = value.split('-').map(secondsOf)
  if (from === undefined || until === undefined || from >= until) {
    return `--router-refuses wants FROM-TO such as 40s-2m, not "${value}"`
  }
  draft.routerRefuses = { fromSeconds: from, untilSeconds: until }
  return undefined
}

/** Said again, the metric goes on. */
function addMeasurements(draft: Draft, value: string): string | undefined {
  const read = readMeasureOption(value)
  if ('problem' in read) return read.problem
  const before = Object.hasOwn(draft.series, read.metric) ? (draft.series[read.metric] ?? []) : []
  draft.series = { ...draft.series, [read.metric]: [...before, ...read.points] }
  return undefined
}

/** `[container=]image@time`: the image may hold `@sha256:…` itself, so the last `@` counts. */
function addUpdate(draft: Draft, value: string): string | undefined {
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

function addTimed(draft: Draft, value: string): string | undefined {
  const equals = value.indexOf('=')
  const seconds = equals < 0 ? undefined : secondsOf(value.slice(0, equals))
  if (seconds === undefined) return `--at wants TIME=COMMAND such as 5m=promote, not "${value}"`
  const command = value.slice(equals + 1)
  return addEvent(draft, commandEvent(command), { atSeconds: seconds }, command)
}

function addEvent(draft: Draft, event: WorldEvent | undefined, when: WorldEvent, text: string): string | undefined {
  if (!event) return `unknown command "${text}"${hintFor(text, commandWords)}`
  draft.events = [...draft.events, { ...when, ...event }]
  return undefined
}

const plainCommands: Readonly<Record<string, WorldEvent>> = {
  promote: { command: 'promote' },
  'promote-full': { command: 'promote --full' },
  abort: { command: 'abort' },
  retry: { command: 'retry' },
  undo: { command: 'undo' },
  pause: { command: 'pause' },
  resume: { command: 'resume' },
  restart: { command: 'restart' },
  delete: { command: 'delete' },
}

const commandWords: readonly string[] = [...Object.keys(plainCommands), 'scale:N', 'image:IMAGE']

function commandEvent(text: string): WorldEvent | undefined {
  if (Object.hasOwn(plainCommands, text)) return plainCommands[text]
  const [, word, number] = /^(undo|scale|scale-workload)[:=](\d{1,9})$/.exec(text) ?? []
  if (word === 'undo') return { command: 'undo', toRevision: Number(number) }
  if (word === 'scale') return { replicas: Number(number) }
  if (word === 'scale-workload') return { workloadReplicas: Number(number) }
  const [, container, image] = /^image[:=](?:([^=]+)=)?([^=]+)$/.exec(text) ?? []
  return image === undefined ? undefined : { image, ...(container && { container }) }
}
