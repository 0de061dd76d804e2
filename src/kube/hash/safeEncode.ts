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
