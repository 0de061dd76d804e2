const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/**
 * `tonumber` of Argo CD's Lua; undefined if the value is not a number. It matters because before v0.10 a hash was in
 * the field of the generation: `6e8` is not a number, `0x3` is 3.
 */
export function luaNumber(value: string | number | undefined): number | undefined {
  if (typeof value !== 'string') return value
  const text = value.replace(/^[ \t\n]+|[ \t\n]+$/g, '')
  if (text.includes('.')) return decimal.test(text) ? Number(text) : undefined
  if (/^0[xX]/.test(text)) return int64(text.slice(2), /^[+-]?[\da-fA-F]+$/, 16)
  return int64(text, /^[+-]?\d+$/, 10)
}

function int64(text: string, pattern: RegExp, radix: number): number | undefined {
  const number = pattern.test(text) ? Number.parseInt(text, radix) : undefined
  return number !== undefined && Math.abs(number) < 2 ** 63 ? number : undefined
}
