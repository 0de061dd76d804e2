import { type PlaygroundState, type ReadState, readState } from './state'

// A state as the fragment of an address, which browsers send to no server: `z1.` and deflated JSON, or `p1.` and plain
// JSON, in base64url.

/** Longer links are cut by programs that pass them on. */
export const mostFragment = 60_000
/** Bytes of the JSON: a short fragment can unpack to gigabytes. */
const mostBytes = 1_000_000

export async function fragmentOf(state: PlaygroundState): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(state))
  if (typeof CompressionStream === 'undefined') return `p1.${textOf(bytes)}`
  const packed = await piped(bytes, new CompressionStream('deflate-raw'), Number.POSITIVE_INFINITY)
  return `z1.${textOf(packed ?? bytes)}`
}

/** The state of a fragment, with or without `#`; a problem is a sentence. Anything may be in it. */
export async function readFragment(given: string): Promise<ReadState> {
  const fragment = given.replace(/^#/, '')
  if (fragment.length > mostFragment) return { problem: `it has more than ${mostFragment} characters` }
  const [, form, text] = /^([zp])1\.([\w-]*)$/.exec(fragment) ?? []
  if (form === undefined || text === undefined)
    return { problem: 'it is not one that the playground made, or it was cut' }
  try {
    const bytes = bytesOf(text)
    const plain = form === 'p' ? bytes : await piped(bytes, new DecompressionStream('deflate-raw'), mostBytes)
    if (plain === undefined || plain.length > mostBytes)
      return { problem: `it unpacks to more than ${mostBytes} bytes` }
    return readState(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain)))
  } catch {
    return { problem: 'it is damaged: part of it may be missing' }
  }
}

interface ByteStream {
  readonly readable: ReadableStream<Uint8Array>
  readonly writable: WritableStream<Uint8Array>
}

/** What comes out of a stream; undefined if it is more than so many bytes, of which no more are read. */
async function piped(bytes: Uint8Array, stream: unknown, most: number): Promise<Uint8Array | undefined> {
  const { readable, writable } = stream as ByteStream
  const writer = writable.getWriter()
  // Errors of the input come out of the reader as well.
  writer.write(bytes).catch(() => {})
  writer.close().catch(() => {})
  const reader = readable.getReader()
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return joined(parts, length)
    length += value.length
    if (length > most) {
      reader.cancel().catch(() => {})
      return undefined
    }
    parts.push(value)
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function textOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
