import { invalid, missing } from '../fieldError'
import { qualifiedName } from '../names'
import {
  all,
  type Fields,
  field,
  fieldsAt,
  formatted,
  isSet,
  oneOf,
  own,
  type Rule,
  report,
  required,
  type Spot,
  textAt,
  untilBroken,
} from '../rule'
import { quantityAt, quantityText } from './amounts'
import { fileMode, unreservedPath } from './paths'

// What a pod may tell its containers about itself: in variables of the environment and in files.

/** All labels of fields that Pods have; each use allows some of them. */
const podFields: readonly string[] = (
  'metadata.annotations metadata.labels metadata.name metadata.namespace metadata.uid spec.nodeName spec.restartPolicy ' +
  'spec.serviceAccountName spec.schedulerName status.phase status.hostIP status.hostIPs status.podIP status.podIPs'
).split(' ')

/** In the order in which complaints list them. */
export const fieldsForEnv: readonly string[] = (
  'metadata.name metadata.namespace metadata.uid spec.nodeName spec.serviceAccountName status.hostIP status.hostIPs ' +
  'status.podIP status.podIPs'
).split(' ')

const fieldsForFiles: readonly string[] = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
]

/** `metadata.labels['app']` is `metadata.labels` with the subscript `app`. */
function subscripted(path: string): { readonly path: string; readonly subscript: string } | undefined {
  const at = path.indexOf("['")
  if (!path.endsWith("']") || at <= 0 || at + 2 > path.length - 2) return undefined
  return { path: path.slice(0, at), subscript: path.slice(at + 2, -2) }
}

export const fieldRef = (allowed: readonly string[]): Rule =>
  untilBroken(field('apiVersion', required()), field('fieldPath', required()), (spot) => fieldPathRule(spot, allowed))

function fieldPathRule(spot: Spot, allowed: readonly string[]): void {
  const version = textAt(own(spot.value, 'apiVersion'))
  const given = textAt(own(spot.value, 'fieldPath'))
  const unusable = conversionProblem(version, given)
  if (unusable !== undefined) {
    report(spot, invalid(`${spot.path}.fieldPath`, given, `error converting fieldPath: ${unusable}`))
    return
  }
  const indexed = subscripted(given)
  if (!indexed) {
    const path = given === 'spec.host' ? 'spec.nodeName' : given
    field('fieldPath', oneOfTexts(allowed))({ ...spot, value: { fieldPath: path } })
    return
  }
  // annotations are looked up in lower case, labels as they are
  const key = indexed.path === 'metadata.annotations' ? indexed.subscript.toLowerCase() : indexed.subscript
  formatted(qualifiedName)({ ...spot, value: key })
}

/** Free texts are quoted as Go does it, unlike those of enumerations. */
const oneOfTexts =
  (allowed: readonly string[]): Rule =>
  (spot) =>
    oneOf(...allowed)(spot)

function conversionProblem(version: string, path: string): string | undefined {
  if (version !== 'v1') return `unsupported pod version: ${version}`
  const indexed = subscripted(path)
  if (indexed) {
    const known = indexed.path === 'metadata.annotations' || indexed.path === 'metadata.labels'
    return known ? undefined : `field label does not support subscript: ${path}`
  }
  return podFields.includes(path) || path === 'spec.host' ? undefined : `field label not supported: ${path}`
}

const containerResources: readonly string[] = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
]

const isHugePagesField = (resource: string): boolean => /^(requests|limits)\.hugepages-/.test(resource)

const sizes = '1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei'

/** Resource after its `limits.` or `requests.` -> divisors that make sense, and the words for all others. */
const divisors: Readonly<Record<string, { readonly allowed: string; readonly detail: string }>> = {
  cpu: { allowed: '1m, 1', detail: "only divisor's values 1m and 1 are supported with the cpu resource" },
  memory: { allowed: sizes, detail: `only divisor's values ${sizes} are supported with the memory resource` },
  'ephemeral-storage': {
    allowed: sizes,
    detail: `only divisor's values ${sizes} are supported with the local ephemeral storage resource`,
  },
  hugepages: { allowed: sizes, detail: `only divisor's values ${sizes} are supported with the hugepages resource` },
}

/** A file has to name the container that it speaks of; a variable speaks of its own. */
export function resourceFieldRef(place: 'env' | 'file'): Rule {
  return (spot) => {
    const resource = textAt(own(spot.value, 'resource'))
    if (place === 'file' && textAt(own(spot.value, 'containerName')) === '') {
      report(spot, missing(`${spot.path}.containerName`))
    } else {
      field(
        'resource',
        untilBroken(required(), (at) => isHugePagesField(resource) || oneOfTexts(containerResources)(at)),
      )(spot)
    }
    divisorRule(spot, resource)
  }
}

function divisorRule(spot: Spot, resource: string): void {
  const divisor = quantityAt(own(spot.value, 'divisor'))
  if (!divisor || divisor.digits === '0') return
  const kind = isHugePagesField(resource) ? 'hugepages' : resource.replace(/^(requests|limits)\./, '')
  const known = containerResources.includes(resource) || kind === 'hugepages' ? divisors[kind] : undefined
  if (!known || known.allowed.split(', ').includes(quantityText(divisor))) return
  report(spot, invalid(`${spot.path}.divisor`, resource, known.detail))
}

const sourceOfFile: Rule = (spot) => {
  const file: Fields = fieldsAt(spot.value)
  if (isSet(file.fieldRef)) {
    field('fieldRef', fieldRef(fieldsForFiles))(spot)
    if (isSet(file.resourceFieldRef)) {
      report(spot, invalid(spot.path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'))
    }
  } else if (isSet(file.resourceFieldRef)) field('resourceFieldRef', resourceFieldRef('file'))(spot)
  else report(spot, missing(spot.path, 'one of fieldRef and resourceFieldRef is required'))
}

/** One file of a downward API volume. Complaints stand at the volume, without the file's number. */
export const downwardFile = all(field('path', required(), unreservedPath), sourceOfFile, field('mode', fileMode))
