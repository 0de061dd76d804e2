import { goQuote } from '../../go/goQuote'
import type { StringMap } from '../../model/meta'
import type { ProviderAnswer, ProviderAsk } from './ask'
import type { ProviderContext } from './context'

/** A provider's work, written straight down: it yields questions, gets answers and returns a result. */
export type Steps<Result> = Generator<ProviderAsk, Result, ProviderAnswer>

/** What the steps of one exchange share. It lives only while the steps run and is never part of a state. */
export interface Setting {
  readonly context: ProviderContext
  /** When the exchange began, in seconds since 1970. */
  readonly startSeconds: number
  /** The time of the latest answer, in seconds since 1970. */
  nowSeconds: number
  /** Texts that must not show up in messages and metadata. */
  readonly credentials: string[]
}

export type Failed = { readonly error: string }

/** If a host gives an answer of a wrong kind, the result is an error, not an exception. */
export const mismatch = (ask: ProviderAsk, answer: ProviderAnswer): Failed => ({
  error: `the host answered "${answer.kind}" to a question of kind "${ask.kind}"`,
})

export function* askEnvironment(names: readonly string[]): Steps<{ readonly values: StringMap } | Failed> {
  const ask: ProviderAsk = { kind: 'environment', names }
  const answer = yield ask
  return answer.kind === 'environment' ? { values: answer.values } : failure(ask, answer)
}

export function* askSecret(
  setting: Setting,
  name: string,
  namespace = controllerNamespace(setting),
): Steps<{ readonly data: StringMap } | Failed> {
  const ask: ProviderAsk = { kind: 'secret', namespace, name }
  const answer = yield ask
  if (answer.kind === 'secret') return { data: answer.data }
  if (answer.kind === 'refused' && answer.message === undefined && answer.reason === 'NotFound') {
    return { error: `secrets ${goQuote(name)} not found` }
  }
  return failure(ask, answer)
}

/** The error of an answer that is not a success. */
export function failure(ask: ProviderAsk, answer: ProviderAnswer): Failed {
  if (answer.kind === 'failed') return { error: answer.message }
  if (answer.kind === 'refused') return { error: answer.message ?? answer.reason }
  return mismatch(ask, answer)
}

export const controllerNamespace = (setting: Setting): string => setting.context.controllerNamespace ?? 'argo-rollouts'

/** Remembers texts that are to be masked wherever they would be shown. */
export function hide(setting: Setting, ...texts: readonly string[]): void {
  for (const text of texts) if (text !== '') setting.credentials.push(text)
}
