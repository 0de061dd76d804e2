import { mender } from '../kube/types/mend'
import type { FailedAnswer, HttpAnswer, HttpRequest, TimeoutAnswer } from '../metrics/exchange/ask'
import { bodyProblem, reasonOf } from './sendFailure'
import type { StopSignal } from './stopSignal'

/** The options that are passed to `fetch`. */
export interface FetchOptions {
  readonly method?: string
  readonly headers?: unknown
  readonly body?: unknown
  /** Always `manual`: no redirect is followed. */
  readonly redirect?: string
  /** A platform's `AbortSignal`. */
  readonly signal?: unknown
}

/** The part of a platform's `Response` that is used. */
export interface FetchReply {
  readonly status: number
  readonly statusText: string
  readonly headers: { forEach(visit: (value: string, name: string) => void): void }
  readonly body: { getReader(): BodyReader } | null
}
interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>
  cancel?(): Promise<void>
}

/** How requests are sent. */
export interface SendOptions {
  /** Default: the global one. */
  fetch?(url: string, options?: FetchOptions): Promise<FetchReply>
  /**
   * Sends requests with `insecure: true`, whose certificates stay unverified: `insecureFetch` of `rollout-engine/node`
   * under Node. Without it such requests fail.
   */
  insecureFetch?(url: string, options?: FetchOptions): Promise<FetchReply>
  /** Signs a request with AWS Signature Version 4, as described by `request.sigv4`. Without it such requests fail. */
  readonly sign?: (request: HttpRequest) => Promise<HttpRequest>
  /** Cancels the request, with the answer `failed`. */
  readonly signal?: StopSignal
  /**
   * Bytes of a body that are read, after decompression; a longer one results in `bodyError`. Default 10 MB
   * (10,000,000).
   */
  readonly maxBodyBytes?: number
  /** For requests without a timeout of their own (Wavefront's). Default 60. `Infinity`: no timeout. */
  readonly timeoutSeconds?: number
}

/** Default limits of `sendWithFetch`. */
export const sendLimits = { maxBodyBytes: 10_000_000, timeoutSeconds: 60 } as const

/** The answer of `sendWithFetch`: a response, a failure with Go's text, or a timeout. */
export type SendAnswer = HttpAnswer | FailedAnswer | TimeoutAnswer

/**
 * Carries out one HTTP request of a metric provider with `fetch`: sends it unchanged, follows no redirect, and times
 * out after `timeoutSeconds` in total (signing, connecting, the body). Never rejects: a failure is an answer, whose
 * message contains neither headers nor bodies.
 *
 * - A body of more than `maxBodyBytes` is not read to its end: the answer has no body, and `bodyError` has the reason.
 * - `tls.insecure`: `fetch` cannot leave a certificate unverified, so such a request needs `options.insecureFetch`.
 * - `sigv4`: the host signs (`options.sign`).
 * - `fetch` sends header fields of its own (`user-agent`, `accept`, `accept-encoding`, ...), writes the URL in WHATWG's
 *   form, and refuses a GET with a body, the methods CONNECT and TRACE, fields of the connection (`connection`,
 *   `expect`), and ports that browsers must not go to (`bad port`: 1, 25, 6000, 10080, ...).
 *
 * @example
 * const answer = await sendWithFetch({ method: 'GET', url: 'http://127.0.0.1:1/rate', timeoutSeconds: 5 })
 * answer.kind // => 'failed'
 */
export async function sendWithFetch(given: HttpRequest, options: SendOptions = {}): Promise<SendAnswer> {
  const request = wellFormedRequest(given)
  const { sign, signal } = options
  if (request.sigv4 && !sign) return failed('the request must be signed for AWS, and the host has no `sign`')
  const { timeoutSeconds = options.timeoutSeconds ?? sendLimits.timeoutSeconds } = request
  const clock = deadlineOf(timeoutSeconds, signal)
  const limits = { clock, mostBytes: options.maxBodyBytes ?? sendLimits.maxBodyBytes }
  try {
    const signed = request.sigv4 && sign ? await clock.within(sign(request)) : request
    const client = clientOf(signed, options)
    return client ? await send(signed, limits, client) : failed(noInsecureClient)
  } catch (error) {
    return clock.isLate() ? { kind: 'timeout' } : failed(reasonOf(error, request.url))
  } finally {
    clock.stop()
  }
}

const wellFormedRequest = mender<HttpRequest>({
  root: 'Request',
  types: {
    Request:
      'method:string url:string headers?:map[]string body?:string timeoutSeconds?:number tls?:*Tls sigv4?:*Signature idempotent?:bool',
    Tls: 'insecure?:bool',
    Signature: 'service:string region:string profile?:string roleArn?:string',
  },
})

const noInsecureClient =
  'the certificate must stay unverified, and the host has no `insecureFetch`: under Node, pass that of rollout-engine/node'

/** What sends the request; undefined if the host has nothing that can. */
const clientOf = ({ tls, url }: HttpRequest, options: SendOptions): Client | undefined =>
  tls?.insecure === true && url.startsWith('https:') ? options.insecureFetch : (options.fetch ?? fetch)

type Client = NonNullable<SendOptions['fetch']>

const failed = (message: string): FailedAnswer => ({ kind: 'failed', message })

/** What bounds the work. */
interface Bounds {
  readonly clock: Clock
  readonly mostBytes: number
}

interface Clock {
  readonly signal: AbortSignal
  /** Rejects after the timeout, even if the host's work ignores the signal. */
  readonly within: <T>(work: Promise<T>) => Promise<T>
  readonly isLate: () => boolean
  readonly stop: () => void
}

/** Timers do not support longer waits. */
const longestMilliseconds = 2 ** 31 - 1

function deadlineOf(timeoutSeconds: number, outer: StopSignal | undefined): Clock {
  const control = new AbortController()
  const late = { is: false }
  const giveUp = (): void => control.abort()
  const expire = (): void => {
    late.is = true
    control.abort()
  }
  const milliseconds = Math.ceil(timeoutSeconds * 1000)
  const timer = Number.isFinite(milliseconds)
    ? setTimeout(expire, Math.max(0, Math.min(milliseconds, longestMilliseconds)))
    : undefined
  const over = new Promise<never>((_, reject) => {
    control.signal.addEventListener('abort', () => reject(control.signal.reason), { once: true })
  })
  // The first result wins.
  over.catch(() => {})
  if (outer?.aborted) giveUp()
  outer?.addEventListener('abort', giveUp)
  return {
    signal: control.signal,
    within: (work) => Promise.race([work, over]),
    isLate: () => late.is,
    stop: () => {
      clearTimeout(timer)
      outer?.removeEventListener('abort', giveUp)
    },
  }
}

async function send(request: HttpRequest, bounds: Bounds, fetchIt: Client): Promise<HttpAnswer> {
  const { method, url, headers, body } = request
  const { signal, within } = bounds.clock
  const options = { method, headers: wireHeaders(headers), body, redirect: 'manual', signal }
  const response = await within(fetchIt(url, options))
  const { status, statusText } = response
  const fields: Record<string, string> = Object.create(null)
  response.headers.forEach((value, name) => {
    fields[name] = value
  })
  const head = { status, ...(statusText === '' ? {} : { statusText }), headers: fields }
  return { kind: 'http', ...head, ...(await readBody(chunksOf(response.body, bounds.clock), bounds)) }
}

/** Go writes a text's UTF-8 bytes; `fetch` takes one character for each byte. */
const wireHeaders = (headers: HttpRequest['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, bytesAsCharacters(value)]))

const bytesAsCharacters = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')

async function* chunksOf(body: FetchReply['body'], { within }: Clock): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  if (!reader) return
  try {
    while (true) {
      const { done, value } = await within(reader.read())
      if (done) return
      if (value) yield value
    }
  } finally {
    // The rest is not read; the connection can be closed.
    reader.cancel?.().catch(() => {})
  }
}

/** The body that was read, and the reason if it is incomplete. */
async function readBody(
  chunks: AsyncIterable<Uint8Array>,
  { clock, mostBytes }: Bounds,
): Promise<Pick<HttpAnswer, 'body' | 'bodyError'>> {
  const read: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > mostBytes) return { body: '', bodyError: `the body has more than ${mostBytes} bytes` }
      read.push(chunk)
    }
    return { body: textOf(read) }
  } catch (error) {
    return { body: textOf(read), bodyError: clock.isLate() ? 'timeout' : bodyProblem(error) }
  }
}

/** A byte order mark is part of the text, as for Go. */
function textOf(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const texts = chunks.map((chunk) => decoder.decode(chunk, { stream: true }))
  return texts.join('') + decoder.decode()
}
