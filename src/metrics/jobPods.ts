import { isJsonObject, type JsonObject } from '../model/json'
import type { KubeObject } from '../model/meta'
import { listIn, objectIn, objectsIn, textIn, textMapIn } from './exchange/read'
import type { Failed } from './exchange/steps'

/** Reasons of a waiting container that no time will cure. */
const terminalReasons = ['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName']

/** What keeps a Job's pods from ever starting, as a message; init containers are looked at first. */
export function blockedPod(pods: readonly KubeObject[]): string | undefined {
  for (const pod of pods) {
    const status = isJsonObject(pod.status) ? pod.status : {}
    for (const container of [
      ...objectsIn(status, 'initContainerStatuses'),
      ...objectsIn(status, 'containerStatuses'),
    ]) {
      const waiting = objectIn(objectIn(container, 'state'), 'waiting')
      const reason = textIn(waiting, 'reason')
      if (!terminalReasons.includes(reason)) continue
      const where = `Pod ${pod.metadata.name}, container ${textIn(container, 'name')}`
      return `${where} has terminal error (${reason}): ${textIn(waiting, 'message')}\n`
    }
  }
  return undefined
}

/** The pods that a Job's selector takes. */
export function selectPods(
  pods: readonly KubeObject[],
  selector: JsonObject,
): { readonly pods: readonly KubeObject[] } | Failed {
  const wanted = Object.entries(textMapIn(selector, 'matchLabels'))
  const requirements = objectsIn(selector, 'matchExpressions')
  for (const requirement of requirements) {
    const problem = requirementProblem(requirement)
    if (problem !== undefined) return { error: problem }
  }
  const fits = (pod: KubeObject): boolean => {
    const labels = pod.metadata.labels ?? {}
    const value = (key: string): string | undefined => (Object.hasOwn(labels, key) ? labels[key] : undefined)
    return (
      wanted.every(([key, text]) => value(key) === text) &&
      requirements.every((requirement) => meets(value(textIn(requirement, 'key')), requirement))
    )
  }
  return { pods: pods.filter(fits) }
}

function requirementProblem(requirement: JsonObject): string | undefined {
  const operator = textIn(requirement, 'operator')
  const count = listIn(requirement, 'values').length
  switch (operator) {
    case 'In':
    case 'NotIn':
      return count > 0 ? undefined : "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty"
    case 'Exists':
    case 'DoesNotExist':
      return count === 0
        ? undefined
        : `values: Invalid value: ${JSON.stringify(requirement.values)}: values set must be empty for exists and does not exist`
    default:
      return `${JSON.stringify(operator)} is not a valid label selector operator`
  }
}

function meets(value: string | undefined, requirement: JsonObject): boolean {
  const listed = value !== undefined && listIn(requirement, 'values').includes(value)
  switch (textIn(requirement, 'operator')) {
    case 'In':
      return listed
    case 'NotIn':
      return !listed
    case 'Exists':
      return value !== undefined
    default:
      return value === undefined
  }
}
