/** Integers of 64 bits are bigints, floats are numbers; here are Go's conversions, parsers and printers for both. */

export const wrap64 = (value: bigint): bigint => BigInt.asIntN(64, value)
const smallestInt = -(2n ** 63n)
const largestInt = 2n ** 63n - 1n

/** int(x) of a float: towards zero. Out of range and NaN give the smallest integer, as the processor does. */
export function truncate(value: number): bigint {
  if (!(value > -9.3e18 && value < 9.3e18)) return smallestInt
  const whole = BigInt(Math.trunc(value))
  return whole > largestInt || whole < smallestInt ? smallestInt : whole
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN'
  if (value === Number.POSITIVE_INFINITY) return '+Inf'
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : undefined
}

/** `%v`: an exponent of at least two digits below 1e-4 and from a million on. The digits are JavaScript's: the shortest ones. */
export function formatFloat(value: number): string {
  const odd = special(value)
  if (odd !== undefined) return odd
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  if (value === 0) return `${sign}0`
  const [mantissa = '0', power = '0'] = Math.abs(value).toExponential().split('e')
  const exponent = Number(power)
  const digits = mantissa.replace('.', '')
  if (exponent < -4 || exponent >= 6) {
    return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, '0')
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`
}

export type Parsed<T> = { readonly value: T } | { readonly problem: 'invalid syntax' | 'value out of range' }
const badSyntax = { problem: 'invalid syntax' } as const
const outOfRange = { problem: 'value out of range' } as const

const prefixed = /^[+-]?0[xX][0-9a-fA-F]+$|^[+-]?0[bB][01]+$|^[+-]?0[oO][0-7]+$/

/** strconv.ParseInt(text, 10, 64), or with base 0 for prefixed literals. */
export function parseInteger(text: string, base: 10 | 0 = 10): Parsed<bigint> {
  if (text.length > 100_000) return outOfRange
  if (base === 10 ? !/^[+-]?[0-9]+$/.test(text) : !prefixed.test(text)) return badSyntax
  const negative = text[0] === '-'
  const digits = text.replace(/^[+-]/, '').toLowerCase()
  if (digits.replace(/^(0[xbo])?0*/, '').length > 64) return outOfRange
  const size = BigInt(digits)
  const value = negative ? -size : size
  return value > largestInt || value < smallestInt ? outOfRange : { value }
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

/**
 * math.Pow. Go multiplies by repeated squaring of a mantissa in [0.5, 1), which can differ from JavaScript in the last bit;
 * and 1 to any power, as well as -1 to an infinite one, is 1.
 */
export function power(base: number, exponent: number): number {
  if (exponent === 0 || base === 1) return 1
  if (exponent === 1) return base
  if (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent)) return 1
  if (!Number.isFinite(base) || !Number.isFinite(exponent) || base === 0) return base ** exponent
  if (exponent === 0.5) return Math.sqrt(base)
  if (exponent === -0.5) return 1 / Math.sqrt(base)
  return finitePower(base, exponent)
}

function finitePower(base: number, exponent: number): number {
  const size = Math.abs(exponent)
  let whole = Math.trunc(size)
  let rest = size - whole
  if (rest !== 0 && base < 0) return Number.NaN
  if (whole >= 2 ** 63) return base ** exponent
  let result = 1
  let resultExponent = 0
  if (rest !== 0) {
    if (rest > 0.5) {
      rest -= 1
      whole += 1
    }
    result = Math.exp(rest * Math.log(base))
  }
  let [mantissa, mantissaExponent] = splitFloat(base)
  for (let bits = BigInt(whole); bits !== 0n; bits >>= 1n) {
    if (mantissaExponent < -4096 || mantissaExponent > 4096) {
      resultExponent += mantissaExponent
      break
    }
    if (bits & 1n) {
      result *= mantissa
      resultExponent += mantissaExponent
    }
    mantissa *= mantissa
    mantissaExponent *= 2
    if (mantissa < 0.5) {
      mantissa += mantissa
      mantissaExponent -= 1
    }
  }
  if (exponent < 0) {
    result = 1 / result
    resultExponent = -resultExponent
  }
  return scaleFloat(result, resultExponent)
}

/** Mantissa in [0.5, 1) and exponent of two. */
function splitFloat(value: number): [number, number] {
  const exponent = Math.floor(Math.log2(Math.abs(value))) + 1
  let mantissa = scaleFloat(value, -exponent)
  let shift = exponent
  if (Math.abs(mantissa) >= 1) {
    mantissa /= 2
    shift += 1
  } else if (Math.abs(mantissa) < 0.5) {
    mantissa *= 2
    shift -= 1
  }
  return [mantissa, shift]
}

/** value * 2^exponent with one rounding, also where 2^exponent alone is no float. */
function scaleFloat(value: number, exponent: number): number {
  let scaled = value
  let left = exponent
  while (left > 1000 && Number.isFinite(scaled)) {
    scaled *= 2 ** 1000
    left -= 1000
  }
  while (left < -1000 && scaled !== 0) {
    // Leave the last step large enough: only one rounding into the subnormal range.
    if (Math.abs(scaled) < 2 ** -100) break
    scaled *= 2 ** -900
    left += 900
  }
  return left < -1074 ? scaled * 2 ** -1000 * 2 ** (left + 1000) : scaled * 2 ** left
}
