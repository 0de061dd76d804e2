/** Letters of the decimal units that shortcuts know, and the first letters of the binary ones. */
const decimalUnits = 'mkMGT'
const binaryUnits = 'KMGT'

/** More digits than anybody asks for are left to the parser. */
const mostDigits = 6

/**
 * Whether the text of a quantity is surely how Kubernetes prints that quantity, such as `250m`, `2`, `512Mi`. Nearly
 * all are, and seeing that costs a fraction of reading and printing one. False says nothing.
 */
export function isCanonical(text: string): boolean {
  let count = 0
  let at = 0
  for (; at <= mostDigits; at++) {
    const digit = text.charCodeAt(at) - 0x30
    // NaN beyond the end.
    if (!(digit >= 0 && digit <= 9)) break
    count = count * 10 + digit
  }
  // No digits, a zero in front, or too many digits.
  if (at === 0 || at > mostDigits || text.charCodeAt(0) === 0x30) return false
  const unit = text.charAt(at)
  if (unit === '' || (at + 1 === text.length && decimalUnits.includes(unit))) return count % 1000 !== 0
  return at + 2 === text.length && text.charAt(at + 1) === 'i' && binaryUnits.includes(unit) && count < 1024
}
