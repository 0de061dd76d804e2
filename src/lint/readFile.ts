import { goJson } from '../go/json/goJson'
import { limitsOf } from '../input/limits'
import { readYamlText } from '../input/text/yamlText'
import { type DecodeShape, decodeProblem } from '../kube/types/decode'
import { isJsonObject } from '../model/json'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { Service } from '../model/workload'
import { asDecoded } from './asDecoded'
import { ingressType, oldIngressType, rolloutType, serviceType } from './goTypes'
import { yamlProblem } from './yamlProblem'

/** What lint keeps of a file: Rollouts, and what they may refer to. */
export interface LintedFile {
  readonly rollouts: Rollout[]
  readonly services: Service[]
  readonly ingresses: KubeObject[]
  readonly virtualServices: KubeObject[]
}

/** Findings about a text that end upstream's reader as well. */
export const telling: ReadonlySet<string> = new Set(['syntax', 'unknown-alias', 'wrong-key'])

/** The objects of a file as upstream's strict reader takes them, or the text of the first error. */
export function readFile(text: string): LintedFile | { readonly error: string } {
  const file: LintedFile = { rollouts: [], services: [], ingresses: [], virtualServices: [] }
  const { documents, unfinished } = readYamlText(text, limitsOf({}))
  for (const { value, findings } of documents) {
    const broken = findings.find(({ code, severity }) => severity !== 'warning' && telling.has(code))
    if (broken) return { error: yamlProblem(broken, text) }
    const problem = value === null || value === undefined ? undefined : keep(file, value)
    if (problem !== undefined) return { error: `error unmarshaling JSON: while decoding JSON: ${problem}` }
  }
  return unfinished ? { error: yamlProblem(unfinished, text) } : file
}

const groupOf = (apiVersion: string): string => apiVersion.split('/').slice(0, -1).join('/')

/** Takes an object in; why it cannot be read. */
function keep(file: LintedFile, value: unknown): string | undefined {
  if (!isJsonObject(value))
    return `json: cannot unmarshal ${jsonKind(value)} into Go value of type map[string]interface {}`
  const { apiVersion, kind } = value
  if (typeof kind !== 'string' || kind === '') return `Object 'Kind' is missing in '${goJson(value)}'`
  const version = typeof apiVersion === 'string' ? apiVersion : ''
  const taken = takerOf(groupOf(version), kind, version)
  if (!taken) return undefined
  const { type, list } = taken
  const read = type ? asDecoded(type, value) : value
  const problem = type && decodeProblem(type, read, { isStrict: true })
  if (problem === undefined) (file[list] as unknown[]).push(named(read))
  return problem
}

interface Taker {
  readonly list: keyof LintedFile
  /** None: any object will do. */
  readonly type?: DecodeShape
}

function takerOf(group: string, kind: string, apiVersion: string): Taker | undefined {
  if (group === 'argoproj.io' && kind === 'Rollout') return { list: 'rollouts', type: rolloutType }
  if (group === '' && kind === 'Service') return { list: 'services', type: serviceType }
  if (group === 'networking.istio.io' && kind === 'VirtualService') return { list: 'virtualServices' }
  if (kind !== 'Ingress' || (group !== 'networking.k8s.io' && group !== 'extensions')) return undefined
  if (apiVersion.endsWith('/v1')) return { list: 'ingresses', type: ingressType }
  return apiVersion.endsWith('/v1beta1') ? { list: 'ingresses', type: oldIngressType } : undefined
}

/** As Go calls the kind of a JSON value. */
export function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

/** Everything has metadata, a name and a spec to Go, if only empty ones. */
function named(object: unknown): unknown {
  const { metadata, spec, ...rest } = object as { metadata?: object | null; spec?: object | null }
  return {
    ...rest,
    metadata: { ...metadata, name: (metadata as { name?: string } | undefined)?.name ?? '' },
    spec: spec ?? {},
  }
}
