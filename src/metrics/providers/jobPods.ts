import { toBytes } from '../../go/bytes'
import { goQuote } from '../../go/goQuote'
import { qualifiedNameProblems } from '../../kube/qualifiedName'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json'
import type { KubeObject } from '../../model/meta'
import { listIn, objectIn, objectsIn, textIn, textMapIn, textsIn } from '../exchange/read'
import type { Failed } from '../exchange/steps'

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
  const problem = selectorProblem(wanted, requirements)
  if (problem !== undefined) return { error: problem }
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

/** What Kubernetes says of a selector that it refuses; the first label or requirement counts. */
function selectorProblem(
  wanted: readonly (readonly [string, string])[],
  requirements: readonly JsonObject[],
): string | undefined {
  const problems = [
    ...wanted.map(([key, text]) => together([...keyProblems(key), ...valueProblems(key, [text])])),
    ...requirements.map(requirementProblem),
  ]
  return problems.find((problem) => problem !== undefined)
}

/** One alone stands as it is, several in brackets. */
const together = (problems: readonly string[]): string | undefined =>
  problems.length > 1 ? `[${problems.join(', ')}]` : problems[0]

function requirementProblem(requirement: JsonObject): string | undefined {
  const [key, operator] = [textIn(requirement, 'key'), textIn(requirement, 'operator')]
  if (!operators.includes(operator)) return `${goQuote(operator)} is not a valid label selector operator`
  return together([
    ...keyProblems(key),
    ...countProblems(operator, requirement.values, listIn(requirement, 'values').length),
    ...valueProblems(key, textsIn(requirement, 'values')),
  ])
}

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist']

function countProblems(operator: string, values: JsonValue | undefined, count: number): readonly string[] {
  const takesValues = operator === 'In' || operator === 'NotIn'
  if (takesValues === count > 0) return []
  return takesValues
    ? ["values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty"]
    : [`values: Invalid value: ${JSON.stringify(values)}: values set must be empty for exists and does not exist`]
}

function keyProblems(key: string): readonly string[] {
  const problems = qualifiedNameProblems(key)
  return problems.length > 0 ? [`key: Invalid value: ${goQuote(key)}: ${problems.join('; ')}`] : []
}

const valueFormat = '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?'
const isValue = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/
const valueRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end " +
  `with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${valueFormat}')`
const maxValueLength = 63

function valueProblems(key: string, values: readonly string[]): readonly string[] {
  return values.flatMap((value, at) => {
    const problems = [
      ...(toBytes(value).length > maxValueLength ? [`must be no more than ${maxValueLength} characters`] : []),
      ...(isValue.test(value) ? [] : [valueRule]),
    ]
    return problems.length > 0
      ? [`values[${at}][${key}]: Invalid value: ${goQuote(value)}: ${problems.join('; ')}`]
      : []
  })
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
