/** How a quantity was written, which decides how it prints: `1500m`, `12Mi`, `12e6`. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent'

/**
 * A Kubernetes quantity: `digits * 10^exponent10`. Exact at any size without big powers of ten, so `1e999999999`
 * costs no more than `1`.
 */
export interface Quantity {
  readonly negative: boolean
  /** No leading zeros; '0' for zero. */
  readonly digits: string
  readonly exponent10: number
  readonly format: QuantityFormat
  /**
   * The text as given, where Kubernetes takes it for canonical and prints it unchanged (`1.500`, `+5`, `007`, `12e6`).
   */
  readonly asWritten?: string
}

export const isZeroQuantity = (quantity: Quantity): boolean => quantity.digits === '0'

/** The finest unit of a quantity: 1n. */
export const nanoExponent = -9
export const milliExponent = -3

/**
 * The quantity with no digits below `10^exponent10`, rounded away from zero: who wants something shall get something.
 * Gives back the same object where nothing is rounded.
 */
export function roundUp(quantity: Quantity, exponent10: number): Quantity {
  const dropped = exponent10 - quantity.exponent10
  if (dropped <= 0 || isZeroQuantity(quantity)) return quantity
  const kept = quantity.digits.length - dropped
  const head = kept > 0 ? quantity.digits.slice(0, kept) : '0'
  const exact = kept > 0 && isAllZeros(quantity.digits, kept)
  const { asWritten: _, ...rounded } = quantity
  return { ...rounded, digits: exact ? head : increment(head), exponent10 }
}

function isAllZeros(digits: string, from: number): boolean {
  for (let i = from; i < digits.length; i++) if (digits[i] !== '0') return false
  return true
}

function increment(digits: string): string {
  let nines = digits.length
  while (nines > 0 && digits[nines - 1] === '9') nines--
  const zeros = '0'.repeat(digits.length - nines)
  return nines === 0 ? `1${zeros}` : digits.slice(0, nines - 1) + String(Number(digits[nines - 1]) + 1) + zeros
}

/** Digits without the zeros at their end, and the exponent that makes up for them. */
export function withoutTrailingZeros(quantity: Quantity): { readonly digits: string; readonly exponent10: number } {
  const { digits } = quantity
  let end = digits.length
  while (end > 1 && digits[end - 1] === '0') end--
  // Kubernetes counts in an int32, which overflows silently
  return { digits: digits.slice(0, end), exponent10: (quantity.exponent10 + digits.length - end) | 0 }
}

/** A text that two quantities share if and only if they are worth the same: `1Gi` and `1024Mi`, `0.5` and `500m`. */
export function quantityWorth(quantity: Quantity): string {
  if (isZeroQuantity(quantity)) return '0'
  const { digits, exponent10 } = withoutTrailingZeros(quantity)
  return `${quantity.negative ? '-' : ''}${digits}e${exponent10}`
}
