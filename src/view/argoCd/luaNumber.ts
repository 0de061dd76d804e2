const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/**
 * What `tonumber` of Argo CD's Lua makes of a value; undefined if it is not a number to it. It matters because before
 * v0.10 a hash stood where the generation is expected: `6e8` is none, `0x3` is 3.
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
