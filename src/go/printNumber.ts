/** How Go prints float64 values. JavaScript and Go share the shortest digits; they differ in form only. */

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN'
  if (value === Number.POSITIVE_INFINITY) return '+Inf'
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : undefined
}

/** Sign, shortest decimal digits and the decimal point's place: value = 0.digits * 10^point. */
function shortest(value: number): { readonly sign: string; readonly digits: string; readonly point: number } {
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential().split('e')
  const digits = mantissa.replace('.', '')
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  return { sign, digits, point: value === 0 ? 1 : Number(exponent) + 1 }
}

/** strconv.FormatFloat(value, 'f', -1, 64): never an exponent. */
export function formatPlain(value: number): string {
  const odd = special(value)
  if (odd !== undefined) return odd
  const { sign, digits, point } = shortest(value)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (digits.length <= point) return sign + digits + '0'.repeat(point - digits.length)
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** `%v`: an exponent of at least two digits below 1e-4 and from 1e6 on, whatever the digits. */
export function formatGeneral(value: number): string {
  const odd = special(value)
  if (odd !== undefined) return odd
  const { sign, digits, point } = shortest(value)
  const exponent = point - 1
  if (value === 0 || (exponent >= -4 && exponent < 6)) return formatPlain(value)
  const rest = digits.length > 1 ? `.${digits.slice(1)}` : ''
  return `${sign}${digits[0]}${rest}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/** encoding/json's numbers; only -0 differs from JavaScript. Not for NaN and infinities, which JSON cannot say. */
export const formatJsonNumber = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))

/** `%.<places>f`: the exact value, a tie to the even digit (JavaScript's toFixed rounds ties up). */
export function formatFixed(value: number, places: number): string {
  const odd = special(value)
  if (odd !== undefined) return odd
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const { mantissa, exponent } = parts(Math.abs(value))
  let scaled = mantissa * 10n ** BigInt(places)
  if (exponent >= 0) scaled <<= BigInt(exponent)
  else {
    const shift = BigInt(-exponent)
    const quotient = scaled >> shift
    const rest = scaled - (quotient << shift)
    const half = 1n << (shift - 1n)
    scaled = rest > half || (rest === half && (quotient & 1n) === 1n) ? quotient + 1n : quotient
  }
  const text = scaled.toString().padStart(places + 1, '0')
  return places === 0 ? sign + text : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`
}

/** value = mantissa * 2^exponent, exactly. */
function parts(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const biased = Number(bits >> 52n)
  const fraction = bits & 0xfffffffffffffn
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 }
}
