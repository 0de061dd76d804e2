const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The UTF-8 text that Base64 represents; undefined if it is no Base64, or no text. */
export function textOfBase64(written: string): string | undefined {
  const compact = written.replace(/\s/g, '')
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined
  const bits: number[] = []
  for (const character of compact.replace(/=+$/, '')) bits.push(alphabet.indexOf(character))
  let escaped = ''
  for (let at = 0; at + 1 < bits.length; at++) {
    if (at % 4 === 3) continue
    const shift = 2 * ((at % 4) + 1)
    const byte = (((bits[at] as number) << shift) | ((bits[at + 1] as number) >> (6 - shift))) & 0xff
    escaped += `%${byte.toString(16).padStart(2, '0')}`
  }
  try {
    return decodeURIComponent(escaped)
  } catch {
    return undefined
  }
}
