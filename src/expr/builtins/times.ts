import { parseDuration } from '../../go/duration'
import type { Instant } from '../../go/time/instant'
import { type Layout, layoutOf } from '../../go/time/layout'
import { parseInstant } from '../../go/time/parse'
import { loadZone, type Zone } from '../../go/time/zone'
import { assertString, type Builtin, type Machine } from '../evaluate/machine'
import { fail } from '../failure'
import { duration, isPointer, isStruct, location, time, type Value } from '../values/value'

/** The layouts that `date(text)` tries. */
const layouts: readonly Layout[] = [
  '2006-01-02',
  '15:04:05',
  '2006-01-02 15:04:05',
  '2006-01-02T15:04:05Z07:00',
  '02 Jan 06 15:04 MST',
  'Monday, 02-Jan-06 15:04:05 MST',
  'Mon, 02 Jan 2006 15:04:05 MST',
].map(layoutOf)

const zoneOf = (value: Value): Zone | undefined =>
  isPointer(value) && isStruct(value.target) ? value.target.zone : undefined

function loaded(name: string): Zone {
  const reading = loadZone(name)
  return 'zone' in reading ? reading.zone : fail(reading.error)
}

function now(inputs: readonly Value[], machine: Machine): Value {
  const { now: instant } = machine
  machine.spend(10)
  if (!instant) return fail('now() is not known here: pass the instant in the options')
  if (inputs.length === 0) return time(instant)
  const zone = zoneOf(inputs[0]!)
  if (inputs.length === 1 && zone) return time({ ...instant, zone })
  return fail(`invalid number of arguments (expected 0, got ${inputs.length})`)
}

/** `date([zone,] text [, layout [, zoneName]])`. */
function date(all: readonly Value[], machine: Machine): Value {
  const zone = zoneOf(all[0] ?? null)
  const inputs = zone ? all.slice(1) : all
  if (inputs.length === 0) return fail('runtime error: index out of range [0] with length 0')
  const text = assertString(inputs[0]!)
  machine.spend(60 + text.length / 4)
  if (inputs.length === 1) return time(anyLayout(text, zone, machine))
  const layout = assertString(inputs[1]!)
  machine.spend(layout.length * 3)
  const place = inputs.length === 3 ? loaded(assertString(inputs[2]!)) : zone
  if (inputs.length > 3) return time(anyLayout(text, zone, machine))
  const reading = parseInstant(layoutOf(layout), text, place)
  return 'instant' in reading ? time(reading.instant) : fail(reading.error())
}

function anyLayout(text: string, zone: Zone | undefined, machine: Machine): Instant {
  for (const layout of layouts) {
    machine.spend(35)
    const reading = parseInstant(layout, text, zone)
    if ('instant' in reading) return reading.instant
  }
  return fail(`invalid date ${text}`)
}

export const timeBuiltins: Readonly<Record<string, Builtin>> = {
  now,
  date,
  duration: (inputs, machine) => {
    const text = assertString(inputs[0] ?? null)
    machine.spend(10 + text.length)
    const reading = parseDuration(text)
    return 'nanoseconds' in reading ? duration(reading.nanoseconds) : fail(reading.error)
  },
  timezone: (inputs, machine) => {
    machine.spend(80)
    return location(loaded(assertString(inputs[0] ?? null)))
  },
}
