import type { Measurement } from '../model/analysis'
import type { StringMap } from '../model/meta'
import { type Masker, secretMasker } from '../secrets/hideSecrets'

/** Hides the values of secret arguments in the status. */
export interface SecretsToHide {
  readonly fromText: Masker
  readonly fromMeasurement: (measurement: Measurement) => Measurement
  readonly fromMetadata: (metadata: StringMap | undefined) => StringMap | undefined
}

/**
 * The controller hides them only in messages and only in their literal form (behaviour 4.3); here every form that a
 * message may show is hidden. `everywhere`: also in values and metadata, and long parts of the secrets too.
 */
export function secretsToHide(secrets: readonly string[], everywhere: boolean): SecretsToHide {
  if (secrets.length === 0) return { fromText: same, fromMeasurement: same, fromMetadata: same }
  let masker: Masker | undefined
  const fromText: Masker = (text) => {
    masker ??= secretMasker(secrets, everywhere)
    return masker(
      secrets.reduce((left, secret) => (secret === '' ? left : left.replaceAll(secret, () => '*****')), text),
    )
  }
  const fromMetadata = (metadata: StringMap | undefined): StringMap | undefined =>
    metadata && everywhere
      ? Object.fromEntries(Object.entries(metadata).map(([key, text]) => [fromText(key), fromText(text)]))
      : metadata
  const fromMeasurement = ({ message, value, metadata, ...others }: Measurement): Measurement => ({
    ...others,
    ...(message === undefined ? {} : { message: fromText(message) }),
    ...(value === undefined ? {} : { value: everywhere ? fromText(value) : value }),
    ...(metadata === undefined ? {} : { metadata: fromMetadata(metadata) }),
  })
  return { fromText, fromMeasurement, fromMetadata }
}

const same = <T>(value: T): T => value
