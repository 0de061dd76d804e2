import { type FieldError, invalidPrinted, invalidValue } from '../../../model/fieldError'
import { isJsonObject } from '../../../model/json'
import type { KubeObject } from '../../../model/meta'
import type { Rollout } from '../../../model/rollout'
import { objectNamed, type Surroundings } from './references'

const path = 'spec.strategy.canary.trafficRouting.ambassador.mappings'

/** Ambassador Mappings that are not named, or not there (behaviour 2.2). */
export function* missingMappings({ spec }: Rollout, { mappings, namespace }: Surroundings): Generator<FieldError> {
  const ambassador = spec.strategy?.canary?.trafficRouting?.ambassador
  if (!ambassador) return
  const names = ambassador.mappings ?? []
  if (names.length === 0)
    yield { code: 'no-mapping', path, body: invalidPrinted('null', 'must provide at least one mapping') }
  if (!mappings) return
  for (const name of names) {
    if (objectNamed(mappings, name, namespace)) continue
    const detail = `mappings.getambassador.io "${name}" not found`
    yield { code: 'not-found', path, body: invalidValue(name, detail) }
  }
}

export const referencedMappings = ({ spec }: Rollout, { mappings, namespace }: Surroundings): readonly KubeObject[] =>
  (spec.strategy?.canary?.trafficRouting?.ambassador?.mappings ?? []).flatMap(
    (name) => objectNamed(mappings, name, namespace) ?? [],
  )

/** The router sets the weight itself (behaviour 2.3). What is no integer counts as 0. */
export function* mappingErrors({ metadata, spec }: KubeObject): Generator<FieldError> {
  const weight = isJsonObject(spec) ? spec.weight : undefined
  if (!Number.isInteger(weight) || weight === 0) return
  const detail = `Ambassador mapping "${metadata.name}" can not define weight`
  yield { code: 'mapping-has-weight', path: 'spec.weight', body: invalidValue(metadata.name, detail) }
}
