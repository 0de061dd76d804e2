import type { GoUrl } from '../../go/url/url'
import type { SigV4 } from '../exchange/ask'
import type { Headers } from './headers'

/** A request before it goes through the transports. */
export interface Outgoing {
  readonly method: string
  readonly url: GoUrl
  readonly headers: Headers
  readonly body?: string
  /** The body can be sent a second time (redirects 307 and 308). */
  readonly replayable: boolean
  readonly idempotent?: true
  readonly sigv4?: SigV4
  /** A redirect has led away from the first request's domain, whatever the case of its letters. */
  readonly isAstray?: true
}

/** A reply as it came through the transports. */
export interface Incoming {
  readonly status: number
  /** `404 Not Found`. */
  readonly statusLine: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Go's words for a body that broke off. */
  readonly bodyError?: string
}
