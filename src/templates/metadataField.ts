import { goQuote } from '../go/goQuote'
import { goKeys } from '../go/json/goJson'
import { qualifiedNameProblems } from '../kube/qualifiedName'
import { ownValue } from '../model/json'
import type { ObjectMeta, StringMap } from '../model/meta'
import type { FieldReading } from './rolloutField'

/**
 * What Kubernetes' downward API reads out of an object's metadata: `metadata.name`, `.namespace`, `.uid`, `.labels`,
 * `.annotations` and `metadata.labels['key']`, `metadata.annotations['key']` (behaviour 4.2). A missing key is ''.
 */
export function metadataField(metadata: ObjectMeta, path: string): FieldReading {
  const opened = path.indexOf("['")
  if (opened > 0 && path.endsWith("']") && path.length >= opened + 4) {
    return keyedField(metadata, path, path.slice(0, opened), path.slice(opened + 2, -2))
  }
  switch (path) {
    case 'metadata.annotations':
      return { value: printMap(metadata.annotations) }
    case 'metadata.labels':
      return { value: printMap(metadata.labels) }
    case 'metadata.name':
      return { value: metadata.name ?? '' }
    case 'metadata.namespace':
      return { value: metadata.namespace ?? '' }
    case 'metadata.uid':
      return { value: metadata.uid ?? '' }
    default:
      return { error: `unsupported fieldPath: ${path}` }
  }
}

function keyedField(metadata: ObjectMeta, path: string, field: string, key: string): FieldReading {
  if (field !== 'metadata.annotations' && field !== 'metadata.labels') {
    return { error: `fieldPath ${goQuote(path)} does not support subscript` }
  }
  // Annotation keys are judged without regard to case, and then looked up with it.
  const isLabel = field === 'metadata.labels'
  const problems = qualifiedNameProblems(isLabel ? key : key.toLowerCase())
  if (problems.length > 0) return { error: `invalid key subscript in ${path}: ${problems.join(';')}` }
  return { value: ownValue(isLabel ? metadata.labels : metadata.annotations, key) ?? '' }
}

/** `key="value"` line by line, in the order of the keys. */
const printMap = (map: StringMap | undefined): string =>
  goKeys(map ?? {})
    .map((key) => `${key}=${goQuote(map?.[key] ?? '')}`)
    .join('\n')
