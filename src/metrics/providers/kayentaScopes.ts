import { readDuration } from '../../go/durationSeconds'
import { goQuote } from '../../go/goQuote'
import type { JsonObject } from '../../model/json'
import { formatTime, parseTime } from '../../model/time'
import { flagIn, numberIn, objectIn, objectsIn, textIn } from '../exchange/read'
import type { Failed, Setting } from '../exchange/steps'

interface ScopeDetail {
  readonly scope: string
  readonly location: string
  readonly step: number
  readonly start?: string
  readonly end?: string
}

interface Scope {
  readonly controlScope: ScopeDetail
  readonly experimentScope: ScopeDetail
}

/** The scopes of a canary analysis by name, with start and end filled in. */
export function scopesOf(
  setting: Setting,
  config: JsonObject,
): { readonly scopes: Readonly<Record<string, Scope>> } | Failed {
  const scopes: (readonly [string, Scope])[] = []
  for (const given of objectsIn(config, 'scopes')) {
    const scope = scopeOf(setting, given, flagIn(config, 'lookback'))
    if ('error' in scope) return scope
    scopes.push([textIn(given, 'name'), scope])
  }
  return { scopes: Object.fromEntries(scopes) }
}

function scopeOf(setting: Setting, given: JsonObject, lookback: boolean): Scope | Failed {
  const [control, experiment] = [objectIn(given, 'controlScope'), objectIn(given, 'experimentScope')]
  for (const bound of ['start', 'end']) {
    if ((textIn(control, bound) === '') !== (textIn(experiment, bound) === '')) {
      return { error: `controlScope.${bound} and experimentScope.${bound} must both be set or be empty` }
    }
  }
  const start = textIn(control, 'start') === '' ? startOf(setting, lookback) : { text: '' }
  if ('error' in start) return start
  const end = formatTime(setting.startSeconds)
  return { controlScope: detailOf(control, start.text, end), experimentScope: detailOf(experiment, start.text, end) }
}

/** From the start of the run, or one interval back. */
function startOf(setting: Setting, lookback: boolean): { readonly text: string } | Failed {
  if (lookback) {
    const started = parseTime(setting.context.run.status?.startedAt)
    // Upstream panics here; an engine must not.
    if (started === undefined) return { error: 'lookback needs a run that has a start time' }
    return { text: formatTime(started) }
  }
  const interval = setting.context.metric.interval ?? ''
  const reading = readDuration(interval)
  if ('error' in reading) return { error: `Invalid duration ${goQuote(interval)}: ${reading.error}` }
  return { text: formatTime(setting.startSeconds - reading.duration.seconds) }
}

function detailOf(given: JsonObject, defaultStart: string, defaultEnd: string): ScopeDetail {
  const start = textIn(given, 'start') || defaultStart
  const end = textIn(given, 'end') || defaultEnd
  return {
    scope: textIn(given, 'scope'),
    location: textIn(given, 'region'),
    step: numberIn(given, 'step') ?? 0,
    ...(start === '' ? {} : { start }),
    ...(end === '' ? {} : { end }),
  }
}
