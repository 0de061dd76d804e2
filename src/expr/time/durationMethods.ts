import { formatDuration } from '../../go/duration'
import { wrap64 } from '../../go/numbers'
import { int64Type } from '../types/goType'
import { duration, isDuration, type Sized, type Value } from '../values/value'

export type DurationMethod = (receiver: Sized, inputs: readonly Value[]) => Value

/** Whole units and the rest are converted on their own, as Go does. */
const inUnits = (unit: bigint): DurationMethod => {
  return ({ int }) => Number(int / unit) + Number(int % unit) / Number(unit)
}
const whole =
  (unit: bigint): DurationMethod =>
  ({ int }) => ({ type: int64Type, int: int / unit })

const largest = 2n ** 63n - 1n
const unitOf = (inputs: readonly Value[]): bigint => {
  const [unit = null] = inputs
  return isDuration(unit) ? unit.int : 0n
}

function round(int: bigint, unit: bigint): bigint {
  if (unit <= 0n) return int
  const rest = int % unit
  const size = rest < 0n ? -rest : rest
  const truncated = int - rest
  if (size * 2n < unit) return truncated
  const away = truncated + (int < 0n ? -unit : unit)
  if (away > largest) return largest
  return away < -largest - 1n ? -largest - 1n : away
}

export const durationMethods: Readonly<Record<string, DurationMethod>> = {
  Abs: ({ int }) => duration(int >= 0n ? int : int === -largest - 1n ? largest : -int),
  Hours: inUnits(3_600_000_000_000n),
  Minutes: inUnits(60_000_000_000n),
  Seconds: inUnits(1_000_000_000n),
  Milliseconds: whole(1_000_000n),
  Microseconds: whole(1_000n),
  Nanoseconds: whole(1n),
  Round: ({ int }, inputs) => duration(round(int, unitOf(inputs))),
  Truncate: ({ int }, inputs) => {
    const unit = unitOf(inputs)
    return duration(unit <= 0n ? int : wrap64(int - (int % unit)))
  },
  String: ({ int }) => formatDuration(int),
}
