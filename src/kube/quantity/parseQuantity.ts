import { isZeroQuantity, nanoExponent, type Quantity, type QuantityFormat, roundUp } from './quantity'

interface Suffix {
  readonly base: 2 | 10
  readonly exponent: number
  readonly format: QuantityFormat
}

interface Scanned {
  readonly negative: boolean
  /** Digits before the point without leading zeros; '0' if there are none. */
  readonly whole: string
  readonly fraction: string
  readonly suffix: string
  readonly hasDigits: boolean
}

/** Kubernetes holds this many decimal digits in an int64; longer numbers go another way that forgets the given text. */
const int64Digits = 18
const maxInt64 = 2n ** 63n - 1n

const decimal = (exponent: number): Suffix => ({ base: 10, exponent, format: 'DecimalSI' })
const binary = (exponent: number): Suffix => ({ base: 2, exponent, format: 'BinarySI' })

/**
 * A quantity as `resource.ParseQuantity` reads it (Kubernetes 0.34), or undefined if it refuses: rounds up below 1n,
 * caps binary units at 2^63-1, and takes `.`, `1.`, `m` and `1E+3` like the original.
 */
export function parseQuantity(text: string): Quantity | undefined {
  const scanned = scan(text)
  const suffix = scanned && readSuffix(scanned.suffix)
  if (!scanned || !suffix) return undefined
  return readShort(scanned, suffix, text) ?? readLong(scanned, suffix)
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39

function endOfDigits(text: string, from: number): number {
  let end = from
  while (end < text.length && isDigit(text.charCodeAt(end))) end++
  return end
}

function scan(text: string): Scanned | undefined {
  if (text === '') return undefined
  const signed = text[0] === '-' || text[0] === '+'
  const start = signed ? 1 : 0
  let first = start
  while (text[first] === '0') first++
  const wholeEnd = endOfDigits(text, first)
  const hasPoint = text[wholeEnd] === '.'
  const end = hasPoint ? endOfDigits(text, wholeEnd + 1) : wholeEnd
  const fraction = hasPoint ? text.slice(wholeEnd + 1, end) : ''
  const whole = text.slice(first, wholeEnd) || '0'
  return {
    negative: text[0] === '-',
    whole,
    fraction,
    suffix: text.slice(end),
    hasDigits: wholeEnd > start || fraction !== '',
  }
}

function readSuffix(suffix: string): Suffix | undefined {
  switch (suffix) {
    case '':
      return decimal(0)
    case 'n':
      return decimal(-9)
    case 'u':
      return decimal(-6)
    case 'm':
      return decimal(-3)
    case 'k':
      return decimal(3)
    case 'M':
      return decimal(6)
    case 'G':
      return decimal(9)
    case 'T':
      return decimal(12)
    case 'P':
      return decimal(15)
    case 'E':
      return decimal(18)
    case 'Ki':
      return binary(10)
    case 'Mi':
      return binary(20)
    case 'Gi':
      return binary(30)
    case 'Ti':
      return binary(40)
    case 'Pi':
      return binary(50)
    case 'Ei':
      return binary(60)
  }
  const exponent = suffix[0] === 'e' || suffix[0] === 'E' ? readExponent(suffix) : undefined
  return exponent === undefined ? undefined : { base: 10, exponent, format: 'DecimalExponent' }
}

/** Reads an int64 and keeps its low 32 bits, as Kubernetes does: `1e4294967299` is `1e3`. */
function readExponent(suffix: string): number | undefined {
  const start = suffix[1] === '-' || suffix[1] === '+' ? 2 : 1
  if (start === suffix.length || endOfDigits(suffix, start) !== suffix.length) return undefined
  let first = start
  while (suffix[first] === '0') first++
  if (suffix.length - first > 19) return undefined
  const magnitude = BigInt(suffix.slice(first) || '0')
  const value = suffix[1] === '-' ? -magnitude : magnitude
  return value > maxInt64 || value < -maxInt64 - 1n ? undefined : Number(BigInt.asIntN(32, value))
}

/** Numbers that fit an int64, and the question whether their text counts as canonical. Undefined for longer ones. */
function readShort(
  { negative, whole, fraction }: Scanned,
  { base, exponent, format }: Suffix,
  text: string,
): Quantity | undefined {
  if (base === 2) {
    const decimalDigitsOfUnit = Math.trunc((exponent * 3) / 10)
    if (fraction !== '' || whole.length > 14 - decimalDigitsOfUnit) return undefined
    const digits = String(Number(whole) * 2 ** exponent) // below 10^15, so exact
    const canonical = Number(whole) % 8 !== 0
    return { negative, digits, exponent10: 0, format, ...(canonical && { asWritten: text }) }
  }
  // int32 arithmetic, which may overflow silently
  const exponent10 = (exponent - fraction.length) | 0
  if (whole.length + fraction.length > int64Digits || exponent10 < nanoExponent) return undefined
  const digits = whole + fraction
  const canonical = exponent10 % 3 === 0 && digits[0] !== '0' && !digits.endsWith('000')
  return { negative, digits: withoutLeadingZeros(digits), exponent10, format, ...(canonical && { asWritten: text }) }
}

function readLong(
  { negative, whole, fraction, hasDigits }: Scanned,
  { base, exponent, format }: Suffix,
): Quantity | undefined {
  if (!hasDigits) return undefined
  if (base === 10) {
    const digits = withoutLeadingZeros(whole + fraction)
    return roundUp({ negative, digits, exponent10: (exponent - fraction.length) | 0, format }, nanoExponent)
  }
  const product = roundUp(times2(whole, fraction, exponent, negative), nanoExponent)
  const magnitude = integerPart(product)
  if (magnitude > maxInt64 || (magnitude === maxInt64 && hasFraction(product))) {
    return { negative, digits: String(maxInt64), exponent10: 0, format }
  }
  return magnitude === 0n && !isZeroQuantity(product) ? { ...product, format: 'DecimalSI' } : product
}

function withoutLeadingZeros(digits: string): string {
  let first = 0
  while (first < digits.length - 1 && digits[first] === '0') first++
  return first === 0 ? digits : digits.slice(first)
}

/** How many decimals are multiplied in one go; a hostile text of a million decimals then costs linear time. */
const chunkDigits = 600

/** `whole.fraction * 2^power`, exact but for a last digit that only tells that there was more. */
function times2(whole: string, fraction: string, power: number, negative: boolean): Quantity {
  const factor = 1n << BigInt(power)
  const capped = whole.length > 20 ? '9'.repeat(20) : whole
  const kept = Math.min(fraction.length, chunkDigits)
  let carry = 0n
  let more = false
  for (let end = fraction.length; end > kept; ) {
    const start = Math.max(kept, end - chunkDigits)
    const product = BigInt(fraction.slice(start, end)) * factor + carry
    const unit = 10n ** BigInt(end - start)
    carry = product / unit
    more ||= product % unit !== 0n
    end = start
  }
  const digits = String(BigInt(capped + fraction.slice(0, kept)) * factor + carry) + (more ? '1' : '')
  return { negative, digits, exponent10: -kept - (more ? 1 : 0), format: 'BinarySI' }
}

function integerPart({ digits, exponent10 }: Quantity): bigint {
  if (exponent10 >= 0) return BigInt(digits) * 10n ** BigInt(exponent10)
  return BigInt(digits.slice(0, exponent10) || '0')
}

const hasFraction = ({ digits, exponent10 }: Quantity): boolean =>
  exponent10 < 0 && /[1-9]/.test(digits.slice(exponent10))
