import type { Measurement } from '../../model/analysis'
import { isCompletedPhase } from '../../model/analysisPhases'
import type { StringMap } from '../../model/meta'
import { sameJson } from '../../model/sameJson'
import { type Masker, secretMasker } from '../../secrets/hideSecrets'
import type { ProviderOutcome } from './context'
import { shortened } from './shortened'

/** What must not be shown. */
export interface Hidden {
  /**
   * Credentials that the exchange itself found: hidden in errors, messages and metadata, because a server may echo
   * them.
   */
  readonly credentials: readonly string[]
  /** Secrets of the host: hidden everywhere, including values. */
  readonly secrets: readonly string[]
}

/**
 * An outcome for people: without secrets and with limited length. Upstream keeps values unchanged (behaviour 4.3); so
 * does this if the host names no secrets.
 */
export function presentable(outcome: ProviderOutcome, { credentials, secrets }: Hidden): ProviderOutcome {
  const withoutSecrets = secretMasker(secrets, true)
  const withoutCredentials = secretMasker(credentials)
  const plain: Masker = (text) => withoutCredentials(withoutSecrets(text))
  const message: Masker = (text) => shortened(plain(shortened(text, 'work')))
  const value: Masker = (text) => shortened(withoutSecrets(shortened(text, 'work')))
  const metadata = (texts: StringMap, clean: Masker): StringMap =>
    Object.fromEntries(Object.entries(texts).map(([key, text]) => [withoutSecrets(key), clean(text)]))
  const { error, measurement } = outcome
  return {
    ...outcome,
    ...(error === undefined ? {} : { error: message(error) }),
    ...(outcome.metadata ? { metadata: metadata(outcome.metadata, message) } : {}),
    ...(measurement ? { measurement: unlessSame(measurement, cleaned(measurement)) } : {}),
  }

  function cleaned({ message: said, value: measured, metadata: noted, ...others }: Measurement): Measurement {
    return {
      ...others,
      ...(said === undefined ? {} : { message: message(said) }),
      ...(measured === undefined ? {} : { value: value(measured) }),
      // An unfinished measurement is resumed with its metadata, so that is not shortened.
      ...(noted ? { metadata: metadata(noted, isCompletedPhase(others.phase) ? message : plain) } : {}),
    }
  }
}

/** The same measurement if nothing was hidden, so that "nothing changed" stays an identity test. */
const unlessSame = (before: Measurement, after: Measurement): Measurement => (sameJson(before, after) ? before : after)
