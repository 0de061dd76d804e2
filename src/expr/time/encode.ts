import { formatInstant, rfc3339Nano } from '../../go/time/format'
import { fieldsOf, type Instant, zeroNanoseconds } from '../../go/time/instant'
import { fail } from '../failure'

/** RFC 3339, which knows neither years beyond 9999 nor offsets of a day; `method` is named in the message. */
export function strictText(instant: Instant, method: string): string {
  const { year, offset } = fieldsOf(instant)
  if (year < 0 || year > 9999) return fail(`Time.${method}: year outside of range [0,9999]`)
  if (Math.abs(offset.seconds) >= 86_400) return fail(`Time.${method}: timezone hour outside of range [0,23]`)
  return formatInstant(instant, rfc3339Nano)
}

const byte = (value: bigint, at: number): string => String.fromCharCode(Number((value >> BigInt(8 * at)) & 0xffn))
const bigEndian = (value: bigint, size: number): string =>
  Array.from({ length: size }, (_, i) => byte(value, size - 1 - i)).join('')

/**
 * Time.MarshalBinary: a version, seconds since year 1, nanoseconds, minutes of the offset (-1 is UTC) and its odd
 * seconds.
 */
export function binaryOf(instant: Instant): string {
  const since = instant.nanoseconds - zeroNanoseconds
  const nanoseconds = ((since % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n
  const offset = fieldsOf(instant).offset.seconds
  const isUtc = instant.zone.name === 'UTC'
  const minutes = isUtc ? -1 : Math.trunc(offset / 60)
  if (!isUtc && minutes === -1) return fail('Time.MarshalBinary: unexpected zone offset')
  const odd = isUtc ? 0 : offset % 60
  const clock = bigEndian((since - nanoseconds) / 1_000_000_000n, 8) + bigEndian(nanoseconds, 4)
  return `${odd === 0 ? '\x01' : '\x02'}${clock}${bigEndian(BigInt(minutes), 2)}${odd === 0 ? '' : bigEndian(BigInt(odd), 1)}`
}
