import { parseQuantity } from './parseQuantity'
import { isZeroQuantity, type Quantity, withoutTrailingZeros } from './quantity'

const decimalUnits: Readonly<Record<number, string>> = {
  [-9]: 'n',
  [-6]: 'u',
  [-3]: 'm',
  3: 'k',
  6: 'M',
  9: 'G',
  12: 'T',
  15: 'P',
  18: 'E',
}
/** Decimal digits of which a double keeps every one. */
const exactDigits = 15
const binaryUnits = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

/** The text that Kubernetes prints: the largest unit that needs no fraction. */
export function printQuantity(quantity: Quantity): string {
  if (isZeroQuantity(quantity)) return '0'
  if (quantity.asWritten !== undefined) return quantity.asWritten
  const sign = quantity.negative ? '-' : ''
  return sign + ((quantity.format === 'BinarySI' && printBinary(quantity)) || printDecimal(quantity))
}

/** Undefined if binary units would lose something or would be of no use (below 1024). */
function printBinary(quantity: Quantity): string | undefined {
  const { digits, exponent10 } = withoutTrailingZeros(quantity)
  if (exponent10 < 0) return undefined
  if (digits.length + exponent10 <= exactDigits) return printSmallBinary(Number(digits) * 10 ** exponent10)
  let magnitude = BigInt(digits) * 10n ** BigInt(exponent10)
  if (magnitude < 1024n) return undefined
  let unit = 0
  for (; magnitude % 1024n === 0n; unit++) magnitude /= 1024n
  return `${magnitude}${binaryUnits[unit] ?? ''}`
}

/** The same for what a double holds exactly, which nearly all quantities are. */
function printSmallBinary(magnitude: number): string | undefined {
  if (magnitude < 1024) return undefined
  let [rest, unit] = [magnitude, 0]
  for (; rest % 1024 === 0; unit++) rest /= 1024
  return `${rest}${binaryUnits[unit] ?? ''}`
}

function printDecimal(quantity: Quantity): string {
  const { digits, exponent10 } = withoutTrailingZeros(quantity)
  const zeros = ((exponent10 % 3) + 3) % 3
  const exponent = (exponent10 - zeros) | 0
  const number = digits + '0'.repeat(zeros)
  if (quantity.format === 'DecimalExponent') return exponent === 0 ? number : `${number}e${exponent}`
  // quirk: beyond 10^18 Kubernetes has no unit and prints none, so 1000E reads "1"
  return number + (decimalUnits[exponent] ?? '')
}

/**
 * A quantity's text in Kubernetes' canonical form (`1024Mi` -> `1Gi`, `0.5` -> `500m`), or undefined for what
 * Kubernetes refuses. A text that looks canonical stays as it is, also `1.500`, `+5` and `007`.
 */
export function canonicalQuantity(text: string): string | undefined {
  const quantity = parseQuantity(text)
  return quantity && printQuantity(quantity)
}
