import { goQuote } from '../../src/go/goQuote'
import { fc } from '../properties/fc'

// Random secrets, and every form in which a message may show one.

const awkward = fc.constantFrom(
  ...'\n\r\t "\'\\é%+/&=?#@:;,.<>{}[]()*$^~`|\u0000\u001b\u007f\u0085\u200b\u2028😀ßİ'.match(/./gsu)!,
)
export const secretArbitrary = fc
  .tuple(
    fc.array(
      fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...'abcdefXYZ0123456789') }, { weight: 1, arbitrary: awkward }),
      {
        minLength: 8,
        maxLength: 40,
      },
    ),
    fc.constantFrom('', '\n', ' ', '\r\n'),
  )
  .map(([characters, end]) => characters.join('') + end)

/** Written down by other means than the engine's. */
export function formsOf(secret: string): readonly string[] {
  const trimmed = secret.trim()
  const once = [secret, trimmed, ...trimmed.split(/[\r\n]+/).map((line) => line.trim())]
  const encoded = once.flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    new URLSearchParams({ t: text }).toString().slice(2),
    JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
    encodeURIComponent(encodeURIComponent(text)),
    Buffer.from(text).toString('base64').replace(/=+$/, '').slice(0, -1),
    Buffer.from(text).toString('base64url').slice(0, -1),
    text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`),
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&#34;')
      .replaceAll("'", '&#39;'),
    goQuote(text).slice(1, -1),
    text.toLowerCase(),
    text.toUpperCase(),
  ])
  return [...new Set(encoded)].filter((text) => text.trim().length >= 6)
}

export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => [key, ...textsOf(member)])
}
