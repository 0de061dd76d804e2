/** Integers of 64 bits are bigints, floats are numbers; here are Go's conversions and parsers for both. */

export const wrap64 = (value: bigint): bigint => BigInt.asIntN(64, value)
const smallestInt = -(2n ** 63n)
const largestInt = 2n ** 63n - 1n

/** int(x) of a float: towards zero. Out of range and NaN give the smallest integer, as the processor does. */
export function truncate(value: number): bigint {
  if (!(value > -9.3e18 && value < 9.3e18)) return smallestInt
  const whole = BigInt(Math.trunc(value))
  return whole > largestInt || whole < smallestInt ? smallestInt : whole
}

export type Parsed<T> = { readonly value: T } | { readonly problem: 'invalid syntax' | 'value out of range' }
const badSyntax = { problem: 'invalid syntax' } as const
const outOfRange = { problem: 'value out of range' } as const

const prefixed = /^[+-]?0[xX][0-9a-fA-F]+$|^[+-]?0[bB][01]+$|^[+-]?0[oO][0-7]+$/

/** strconv.ParseInt(text, 10, 64), or with base 0 for prefixed literals. */
export function parseInteger(text: string, base: 10 | 0 = 10): Parsed<bigint> {
  if (text.length > 100_000) return outOfRange
  if (base === 10 && text.length >= 20 && overflowsEarly(text)) return outOfRange
  if (base === 10 ? !/^[+-]?[0-9]+$/.test(text) : !prefixed.test(text)) return badSyntax
  const negative = text[0] === '-'
  const digits = text.replace(/^[+-]/, '').toLowerCase()
  if (digits.replace(/^(0[xbo])?0*/, '').length > 64) return outOfRange
  const size = BigInt(digits)
  const value = negative ? -size : size
  return value > largestInt || value < smallestInt ? outOfRange : { value }
}

/** strconv.ParseUint(text, 10, 64). */
export function parseUnsigned(text: string): Parsed<bigint> {
  if (!/^[0-9]+$/.test(text)) return badSyntax
  if (text.replace(/^0+/, '').length > 20) return outOfRange
  const value = BigInt(text)
  return value >= 2n ** 64n ? outOfRange : { value }
}

/** Go reads from the left: digits that are too many for 64 bits end it, whatever stands behind them. */
function overflowsEarly(text: string): boolean {
  const [, digits = ''] = /^[+-]?0*([0-9]*)/.exec(text)!
  return digits.length > 20 || (digits.length === 20 && digits > '18446744073709551615')
}

const decimal = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/
const hexadecimal = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)$/
const infinite = /^([+-]?)inf(inity)?$/i

/** strconv.ParseFloat(text, 64): decimal, hexadecimal, infinities, NaN, and underscores between digits. */
export function parseFloating(text: string): Parsed<number> {
  if (text.length > 100_000) return badSyntax
  const infinity = infinite.exec(text)
  if (infinity) return { value: infinity[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY }
  if (/^nan$/i.test(text)) return { value: Number.NaN }
  if (text.includes('_') && !underscoresSeparateDigits(text)) return badSyntax
  const plain = text.replaceAll('_', '')
  const parts = hexadecimal.exec(plain)
  if (parts && (parts[2] !== '' || parts[3] !== '')) return hexFloat(parts[1]!, parts[2]!, parts[3]!, parts[4]!)
  if (!decimal.test(plain)) return badSyntax
  const value = Number(plain)
  return Number.isFinite(value) ? { value } : outOfRange
}

function underscoresSeparateDigits(text: string): boolean {
  const body = text.replace(/^[+-]/, '')
  const isHex = /^0[xX]/.test(body)
  const digits = isHex ? body.slice(2) : body
  const isDigit = (char: string | undefined): boolean =>
    char !== undefined && (isHex ? /[0-9a-fA-F]/ : /[0-9]/).test(char)
  for (let i = 0; i < digits.length; i++) {
    if (digits[i] !== '_') continue
    if (!(isDigit(digits[i - 1]) || (i === 0 && isHex)) || !isDigit(digits[i + 1])) return false
  }
  return true
}

function hexFloat(sign: string, whole: string, fraction: string, power: string): Parsed<number> {
  let mantissa = BigInt(`0x0${whole}${fraction}`)
  if (mantissa === 0n) return { value: sign === '-' ? -0 : 0 }
  const clamped = Math.max(-1e6, Math.min(1e6, Number(power)))
  let exponent = clamped - 4 * fraction.length
  const bits = mantissa.toString(2).length
  // The lowest bit that a float of this size can hold; below it the value is rounded, half to even.
  const lowest = Math.max(exponent + bits - 53, -1074)
  const drop = lowest - exponent
  if (drop > bits + 1) return { value: sign === '-' ? -0 : 0 }
  if (drop > 0) {
    const unit = 1n << BigInt(drop)
    const rest = mantissa % unit
    mantissa /= unit
    if (rest * 2n > unit || (rest * 2n === unit && mantissa % 2n === 1n)) mantissa += 1n
    exponent = lowest
  }
  // Twice, so that neither factor leaves the range of floats on the way.
  const half = Math.trunc(exponent / 2)
  const value = Number(mantissa) * 2 ** half * 2 ** (exponent - half)
  if (!Number.isFinite(value)) return outOfRange
  return { value: sign === '-' ? -value : value }
}

/** math.Round: half away from zero. */
export function roundHalfAway(value: number): number {
  const whole = Math.trunc(value)
  return Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole
}
