import { request as plainRequest } from 'node:http'
import { type RequestOptions, request as secureRequest } from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'

/** What the API server said no with. */
export class ApiError extends Error {
  constructor(
    readonly code: number,
    /** Kubernetes' word: `AlreadyExists`, `NotFound`, `Conflict`, `Forbidden`. */
    readonly reason: string,
    message: string,
  ) {
    super(message)
  }
}

const contentTypes = { merge: 'application/merge-patch+json', json: 'application/json' } as const

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly timeoutMilliseconds?: number
}

/**
 * Requests with plain JSON in and out: the classes of `@kubernetes/client-node` turn times into Dates and would lose
 * fields that they do not know. The library still finds the server and says who we are.
 */
export interface Api {
  readonly send: (request: ApiRequest) => Promise<unknown>
}

export function apiOf(config: KubeConfig): Api {
  return {
    async send({ method, path, body, timeoutMilliseconds = 15_000 }) {
      const server = config.getCurrentCluster()?.server
      if (!server) throw new Error('the kubeconfig names no cluster: set KUBECONFIG')
      const options: RequestOptions = { method, timeout: timeoutMilliseconds, headers: {} }
      await config.applyToHTTPSOptions(options)
      const text = body === undefined ? undefined : JSON.stringify(body)
      const type = method === 'PATCH' ? contentTypes.merge : contentTypes.json
      const headers = {
        ...options.headers,
        accept: 'application/json',
        // Node sends the length of a DELETE's body only if it is asked to, and without it the server takes the body for
        // the next request.
        ...(text !== undefined && { 'content-type': type, 'content-length': String(Buffer.byteLength(text)) }),
      }
      const { code, answer } = await exchange(new URL(server.replace(/\/$/, '') + path), { ...options, headers }, text)
      if (code >= 200 && code < 300) return answer
      const { reason = 'Unknown', message = `${method} ${path}: ${code}` } = (answer ?? {}) as Partial<ApiError>
      throw new ApiError(code, reason, message)
    },
  }
}

const mostBytes = 64 * 1024 * 1024

function exchange(
  url: URL,
  options: RequestOptions,
  body: string | undefined,
): Promise<{ code: number; answer: unknown }> {
  const open = url.protocol === 'http:' ? plainRequest : secureRequest
  // An agent for TLS does not speak plain HTTP.
  const { agent, ...others } = options
  return new Promise((resolve, reject) => {
    const outgoing = open(url, url.protocol === 'http:' ? others : options, (incoming) => {
      const parts: Buffer[] = []
      const size = { bytes: 0 }
      incoming.on('data', (part: Buffer) => {
        size.bytes += part.length
        if (size.bytes > mostBytes) incoming.destroy(new Error(`${url.pathname}: more than ${mostBytes} bytes`))
        else parts.push(part)
      })
      incoming.on('error', reject)
      incoming.on('end', () => {
        try {
          const text = Buffer.concat(parts).toString('utf8')
          resolve({ code: incoming.statusCode ?? 0, answer: text === '' ? undefined : JSON.parse(text) })
        } catch (error) {
          reject(error)
        }
      })
    })
    outgoing.on('error', reject)
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${url.pathname}: no answer in ${options.timeout} ms`)))
    outgoing.end(body)
  })
}
