import { parseTime } from '../model/time'
import { outcomes } from '../simulate/outcome'
import { pluginPhases } from '../simulate/plugins'
import type { EventTime, WorldDeed } from '../simulate/worldEvent'
import { hintFor, secondsOf } from './commandLine/common'
import { commandEvent, commandWords } from './eventWords'
import { readMeasureOption } from './measureOption'
import { readResourceQuestion } from './resourceOptions'
import type { SimulateDraft } from './simulateArguments'

// Each takes one value of an option of `simulate` over, or says what to write instead.

export function setExpected(draft: SimulateDraft, value: string): string | undefined {
  const expected = outcomes.filter((outcome) => value.split(',').includes(outcome))
  if (expected.length < value.split(',').length) return `--expect is one of ${outcomes.join(', ')}, not "${value}"`
  draft.expected = expected
  return undefined
}

/** `NAME=PHASE[@TIME]`: names hold slashes, no equals sign. Repeated, the plugin goes on. */
export function addPlugin(draft: SimulateDraft, value: string): string | undefined {
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

export function setStart(draft: SimulateDraft, value: string): string | undefined {
  if (value !== 'now' && parseTime(value) === undefined)
    return `--start-at is now, or a time such as 2030-01-31T12:00:00Z, not "${value}"`
  draft.startAt = value
  return undefined
}

export function addResource(draft: SimulateDraft, flag: string, value: string): string | undefined {
  const question = readResourceQuestion(value, flag === '--diff', secondsOf)
  if (!question) {
    const example = flag === '--diff' ? 'virtualservice/web@10s..2m' : 'virtualservice/web@2m'
    return `${flag} wants an object and a time such as ${example}, not "${value}"`
  }
  draft.resources = [...draft.resources, question]
  return undefined
}

export type SecondsOption = 'untilSeconds' | 'routerLagSeconds'

export function setSeconds(
  draft: SimulateDraft,
  option: SecondsOption,
  flag: string,
  value: string,
): string | undefined {
  const seconds = secondsOf(value)
  if (seconds === undefined) return `${flag} wants a time such as 90s, 5m or 2d, not "${value}"`
  draft[option] = seconds
  return undefined
}

export function setRefusal(draft: SimulateDraft, value: string): string | undefined {
  const [from, until] = value.split('-').map(secondsOf)
  if (from === undefined || until === undefined || from >= until) {
    return `--router-refuses wants FROM-TO such as 40s-2m, not "${value}"`
  }
  draft.routerRefuses = { fromSeconds: from, untilSeconds: until }
  return undefined
}

/** Repeated, the metric goes on. */
export function addMeasurements(draft: SimulateDraft, value: string): string | undefined {
  const read = readMeasureOption(value)
  if ('problem' in read) return read.problem
  const before = Object.hasOwn(draft.series, read.metric) ? (draft.series[read.metric] ?? []) : []
  draft.series = { ...draft.series, [read.metric]: [...before, ...read.points] }
  return undefined
}

/** `[container=]image@time`: the image may hold `@sha256:…` itself, so the last `@` counts. */
export function addUpdate(draft: SimulateDraft, value: string): string | undefined {
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

export function addTimed(draft: SimulateDraft, value: string): string | undefined {
  const equals = value.indexOf('=')
  const seconds = equals < 0 ? undefined : secondsOf(value.slice(0, equals))
  if (seconds === undefined) return `--at wants TIME=COMMAND such as 5m=promote, not "${value}"`
  const command = value.slice(equals + 1)
  return addEvent(draft, commandEvent(command), { atSeconds: seconds }, command)
}

export function addEvent(
  draft: SimulateDraft,
  event: WorldDeed | undefined,
  when: EventTime,
  text: string,
): string | undefined {
  if (!event) return `unknown command "${text}"${hintFor(text, commandWords)}`
  draft.events = [...draft.events, { ...when, ...event }]
  return undefined
}
