import type { IncomingMessage } from 'node:http'
import { request as open } from 'node:https'
import type { FetchOptions, FetchReply } from '../adapters/send'

/**
 * A `fetch` that leaves certificates unverified, for requests with `insecure: true`. The platform's `fetch` cannot do
 * that. Pass it as `insecureFetch` to `sendWithFetch`, `fetchMetrics` and the others.
 *
 * It sends `https:` only, follows no redirect, and decompresses nothing. It rejects with Node's error if the request
 * cannot be sent.
 *
 * @example
 * import { sendWithFetch } from 'rollout-engine/adapters'
 * import { insecureFetch } from 'rollout-engine/node'
 * const url = 'https://127.0.0.1:1/rate'
 * const answer = await sendWithFetch({ method: 'GET', url, tls: { insecure: true } }, { insecureFetch })
 * answer.kind // => 'failed'
 */
export function insecureFetch(url: string, options: FetchOptions = {}): Promise<FetchReply> {
  const { method = 'GET', headers, body, signal } = options
  return new Promise((resolve, reject) => {
    const sent = open(url, {
      method,
      headers: headers as Readonly<Record<string, string>> | undefined,
      rejectUnauthorized: false,
      signal: signal as AbortSignal | undefined,
      agent: false,
    })
    sent.on('error', reject)
    sent.on('response', (response) => resolve(replyOf(response)))
    sent.end(body)
  })
}

function replyOf(response: IncomingMessage): FetchReply {
  const { statusCode = 0, statusMessage = '', headers } = response
  return {
    status: statusCode,
    statusText: statusMessage,
    headers: {
      forEach: (visit) => {
        for (const [name, value] of Object.entries(headers)) visit([value].flat().join(', '), name)
      },
    },
    body: {
      getReader: () => {
        const chunks: AsyncIterator<Uint8Array> = response[Symbol.asyncIterator]()
        return {
          read: async () => {
            const { done = false, value } = await chunks.next()
            return done ? { done } : { done, value }
          },
          cancel: async () => void response.destroy(),
        }
      },
    },
  }
}
