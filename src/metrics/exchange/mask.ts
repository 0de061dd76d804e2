import { quote } from '../go/quote'
import type { ProviderOutcome } from './context'

/** Shorter texts are no secrets, and masking every `t` would make messages unreadable. */
const shortestCredential = 4

const mask = '*****'

/**
 * Takes credentials out of everything that people will read: error, message and metadata. Upstream never prints them itself, but
 * a server may echo a token in its error text. The value stays as it is, as upstream's redaction leaves it (behaviour 4.3).
 */
export function masked(outcome: ProviderOutcome, credentials: readonly string[]): ProviderOutcome {
  // Go's messages quote what they repeat.
  const shown = new Set(credentials.flatMap((text) => [text, quote(text).slice(1, -1)]))
  const hidden = [...shown].filter((text) => text.length >= shortestCredential)
  if (hidden.length === 0) return outcome
  const longestFirst = hidden.sort((a, b) => b.length - a.length)
  const clean = (text: string): string =>
    longestFirst.reduce((left, secret) => left.replaceAll(secret, () => mask), text)
  const cleanAll = (texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, clean(text)]))
  const { error, measurement } = outcome
  return {
    ...outcome,
    ...(error === undefined ? {} : { error: clean(error) }),
    ...(outcome.metadata ? { metadata: cleanAll(outcome.metadata) } : {}),
    ...(measurement
      ? {
          measurement: {
            ...measurement,
            ...(measurement.message === undefined ? {} : { message: clean(measurement.message) }),
            ...(measurement.metadata ? { metadata: cleanAll(measurement.metadata) } : {}),
          },
        }
      : {}),
  }
}
