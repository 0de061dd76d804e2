const alphabet = 'bcdfghjklmnpqrstvwxz2456789'

/**
 * Kubernetes' spelling of hashes: an alphabet without vowels, so that no word comes out. Each byte picks one of 27
 * letters; made for ASCII. `safeEncode('0123456789') === '456789bcdf'`
 */
export function safeEncode(text: string): string {
  let encoded = ''
  for (let i = 0; i < text.length; i++) encoded += alphabet[text.charCodeAt(i) % alphabet.length]
  return encoded
}

const singles = [...'0123456789'].map(safeEncode)
const pairs = Array.from({ length: 100 }, (_, number) => safeEncode(String(number).padStart(2, '0')))

/** The same for the decimal digits of a hash of 32 bits, two at a time. */
export function encodedHash(hash: number): string {
  let rest = hash >>> 0
  let encoded = ''
  while (rest >= 10) {
    encoded = pairs[rest % 100] + encoded
    rest = (rest / 100) >>> 0
  }
  return rest > 0 || encoded === '' ? singles[rest] + encoded : encoded
}
