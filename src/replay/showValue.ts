/** A value in an explanation: numbers as Go prints them, lists of numbers without spaces, anything else in JSON. */
export function showValue(value: unknown): string {
  if (typeof value === 'number') return showNumber(value)
  if (Array.isArray(value) && value.every((item) => typeof item === 'number'))
    return `[${value.map(showNumber).join(',')}]`
  if (typeof value === 'string') return value
  // The condition language has integers that JSON cannot print.
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item)) ?? ''
}

function showNumber(value: number): string {
  if (Math.abs(value) === Number.POSITIVE_INFINITY) return value > 0 ? '+Inf' : '-Inf'
  return String(value)
}
