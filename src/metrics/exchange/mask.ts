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
   * What the exchange itself took for a credential: hidden in errors, messages and metadata, as a server may echo it.
   */
  readonly credentials: readonly string[]
  /** What the host says is secret: hidden everywhere, in values too. */
  readonly secrets: readonly string[]
}

/**
 * An outcome as people may read it: without secrets and no longer than it has to be. Upstream leaves a value as it is
 * (behaviour 4.3); so does this where the host names no secrets.
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
      // What goes on is resumed with its metadata, so nothing of it is cut off.
      ...(noted ? { metadata: metadata(noted, isCompletedPhase(others.phase) ? message : plain) } : {}),
    }
  }
}

/** The very same measurement where nothing had to go, so that "nothing changed" stays an identity test. */
const unlessSame = (before: Measurement, after: Measurement): Measurement => (sameJson(before, after) ? before : after)
