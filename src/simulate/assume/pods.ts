import { type ClusterObjects, objectKey } from '../../cluster/objects'
import { podTemplateHashLabel } from '../../model/labelKeys'
import type { KubeObject } from '../../model/meta'
import { keyOf, rolloutReferences, workloadReference } from './references'
import { deepField, fieldOf, itemsOf, textMap, textOf } from './walk'

type Labels = Readonly<Record<string, string>>

/** The pod template of a workload: at the top of a PodTemplate, in the spec of others. */
const templateOf = (workload: unknown): unknown =>
  fieldOf(workload, 'template') ?? deepField(workload, 'spec', 'template')

/** Labels of the Rollout's pods: of its own template, or of the workload that it names. */
export function podLabels(rollout: KubeObject, objects: ClusterObjects): Labels {
  const reference = workloadReference(rollout)
  const holder = reference ? objects[keyOf(reference)] : rollout
  return textMap(deepField(templateOf(holder), 'metadata', 'labels'))
}

/** The selector of a Service for the Rollout: the Rollout's selector, limited to labels that its pods have. */
export function servedLabels(rollout: KubeObject, objects: ClusterObjects): Labels {
  const labels = podLabels(rollout, objects)
  const reference = workloadReference(rollout)
  const selector =
    deepField(rollout, 'spec', 'selector') ?? deepField(reference && objects[keyOf(reference)], 'spec', 'selector')
  const wanted = Object.entries(textMap(fieldOf(selector, 'matchLabels')))
  return Object.fromEntries(wanted.filter(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value))
}

/** Labels that match the Rollout's selector and the given Services, for an assumed workload. */
export function fittingLabels(rollout: KubeObject, objects: ClusterObjects): Labels {
  const selector = deepField(rollout, 'spec', 'selector')
  const labels = { ...selectedByServices(rollout, objects), ...selectedBy(selector) }
  return Object.keys(labels).length > 0 ? labels : { app: rollout.metadata.name }
}

function selectedBy(selector: unknown): Labels {
  const listed = itemsOf(fieldOf(selector, 'matchExpressions')).flatMap((term) => {
    const operator = fieldOf(term, 'operator')
    if (operator !== 'In' && operator !== 'Exists') return []
    return [[textOf(fieldOf(term, 'key')), textOf(itemsOf(fieldOf(term, 'values'))[0])] as const]
  })
  return { ...Object.fromEntries(listed), ...textMap(fieldOf(selector, 'matchLabels')) }
}

function selectedByServices(rollout: KubeObject, objects: ClusterObjects): Labels {
  const services = rolloutReferences(rollout).filter(({ kind }) => kind === 'Service')
  const selectors = services.map(({ namespace, name }) =>
    textMap(deepField(objects[objectKey('Service', namespace, name)], 'spec', 'selector')),
  )
  const { [podTemplateHashLabel]: _hash, ...labels } = Object.assign({}, ...selectors) as Record<string, string>
  return labels
}
