export const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Standard base64 with padding of a byte string. */
export function encodeBase64(bytes: string): string {
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const second = left > 1 ? bytes.charCodeAt(i + 1) : 0
    const word = (bytes.charCodeAt(i) << 16) | (second << 8) | (left > 2 ? bytes.charCodeAt(i + 2) : 0)
    parts.push(base64Alphabet[word >> 18]!, base64Alphabet[(word >> 12) & 63]!)
    parts.push(left > 1 ? base64Alphabet[(word >> 6) & 63]! : '=', left > 2 ? base64Alphabet[word & 63]! : '=')
  }
  return parts.join('')
}

export type Decoded = { readonly bytes: string } | { readonly badByteAt: number }

interface Quantum {
  readonly digits: readonly number[]
  readonly end: number
}

/** What base64.StdEncoding.DecodeString gives: line breaks are skipped, padding is required. */
export function decodeBase64(text: string): Decoded {
  const out: string[] = []
  for (let at = 0; at < text.length; ) {
    const quantum = readQuantum(text, at)
    if ('badByteAt' in quantum) return quantum
    const { digits, end } = quantum
    if (digits.length === 0) break
    const word = digits.reduce((sum, digit, i) => sum | (digit << (18 - 6 * i)), 0)
    const bytes = [(word >> 16) & 255, (word >> 8) & 255, word & 255].slice(0, digits.length - 1)
    out.push(String.fromCharCode(...bytes))
    at = end
  }
  return { bytes: out.join('') }
}

const isBreak = (byte: string | undefined): boolean => byte === '\n' || byte === '\r'

function readQuantum(text: string, start: number): Quantum | { readonly badByteAt: number } {
  const digits: number[] = []
  let at = start
  while (digits.length < 4) {
    if (at === text.length) return digits.length === 0 ? { digits, end: at } : { badByteAt: at - digits.length }
    const byte = text[at++]!
    if (isBreak(byte)) continue
    const digit = base64Alphabet.indexOf(byte)
    if (digit >= 0) {
      digits.push(digit)
      continue
    }
    if (byte !== '=' || digits.length < 2) return { badByteAt: at - 1 }
    return readPadding(text, at, digits)
  }
  return { digits, end: at }
}

/** After the first `=`: a second one where two digits came, then nothing but line breaks. */
function readPadding(text: string, start: number, digits: readonly number[]): Quantum | { readonly badByteAt: number } {
  let at = start
  if (digits.length === 2) {
    while (isBreak(text[at])) at++
    if (at === text.length) return { badByteAt: text.length }
    if (text[at] !== '=') return { badByteAt: at - 1 }
    at++
  }
  while (isBreak(text[at])) at++
  return at < text.length ? { badByteAt: at } : { digits, end: at }
}
