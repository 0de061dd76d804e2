import { type CodedFieldError, invalidPrinted, invalidValue } from '../../../kube/fieldErrorBody'
import type { KubeObject } from '../../../model/meta'
import type { Rollout } from '../../../model/rollout'
import { ownWeight, ownWeightProblem } from '../../../trafficResources/mapping'
import { objectNamed, objectsNamed, type Surroundings } from './references'

const path = 'spec.strategy.canary.trafficRouting.ambassador.mappings'

/** Ambassador Mappings that are not named, or missing (behaviour 2.2). */
export function noteMissingMappings(
  found: CodedFieldError[],
  { spec }: Rollout,
  { mappings, namespace }: Surroundings,
): void {
  const ambassador = spec.strategy?.canary?.trafficRouting?.ambassador
  if (!ambassador) return
  const names = ambassador.mappings ?? []
  if (names.length === 0)
    found.push({ code: 'no-mapping', path, body: invalidPrinted('null', 'must provide at least one mapping') })
  if (!mappings) return
  for (const name of names) {
    if (objectNamed(mappings, name, namespace)) continue
    const detail = `mappings.getambassador.io "${name}" not found`
    found.push({ code: 'not-found', path, body: invalidValue(name, detail) })
  }
}

export const referencedMappings = ({ spec }: Rollout, { mappings, namespace }: Surroundings): readonly KubeObject[] =>
  objectsNamed(mappings, spec.strategy?.canary?.trafficRouting?.ambassador?.mappings, namespace)

/** The router sets the weight itself (behaviour 2.3). */
export function* mappingErrors(mapping: KubeObject): Generator<CodedFieldError> {
  const { name } = mapping.metadata
  if (ownWeight(mapping) === 0) return
  yield { code: 'mapping-has-weight', path: 'spec.weight', body: invalidValue(name, ownWeightProblem(name)) }
}
