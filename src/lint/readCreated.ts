import { goJson } from '../go/json/goJson'
import { limitsOf } from '../input/limits'
import { readYamlText } from '../input/text/yamlText'
import { type DecodeShape, decodeProblem } from '../kube/types/decode'
import { isJsonObject, type JsonObject } from '../model/json'
import { asDecoded } from './asDecoded'
import { createdTypes } from './goTypes'
import { jsonKind, telling } from './readFile'
import { yamlProblem } from './yamlProblem'

export type Created = { readonly object: JsonObject } | { readonly error: string }

/**
 * The object of a file as upstream's `create` reads it: the first document, JSON where it begins with a brace, strict
 * about fields and types of the kinds that it creates, or the text of the first error (behaviour 8, `create`). `isAny`:
 * no kind is looked at closely, as for templates of `create analysisrun`.
 *
 * `readCreated('kind: Rollout').object.kind === 'Rollout'`
 */
export function readCreated(text: string, { isAny = false } = {}): Created {
  const isJson = /^\s*\{/.test(text)
  const read = isJson ? readJson(text) : readYaml(text)
  if ('error' in read) return read
  const wrap = (problem: string): Created => ({
    error: isJson ? problem : `error unmarshaling JSON: while decoding JSON: ${problem}`,
  })
  const { value } = read
  // A file of comments is an object without anything.
  if (value === null || value === undefined) return { object: {} }
  if (!isJsonObject(value)) {
    return wrap(`json: cannot unmarshal ${jsonKind(value)} into Go value of type map[string]interface {}`)
  }
  const { kind } = value
  if (typeof kind !== 'string' || kind === '') {
    return wrap(`Object 'Kind' is missing in '${isJson ? text.trim() : goJson(value)}'`)
  }
  const type = isAny ? undefined : typeOf(value)
  const problem = type && decodeProblem(type, isJson ? value : asDecoded(type, value), { isStrict: true })
  return problem === undefined ? { object: value } : wrap(problem)
}

function typeOf({ apiVersion, kind }: JsonObject): DecodeShape | undefined {
  const isOurs = typeof apiVersion === 'string' && apiVersion.startsWith('argoproj.io/')
  return isOurs && typeof kind === 'string' && Object.hasOwn(createdTypes, kind) ? createdTypes[kind] : undefined
}

type Read = { readonly value: unknown } | { readonly error: string }

function readJson(text: string): Read {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { error: (error as Error).message }
  }
}

function readYaml(text: string): Read {
  const { documents, unfinished } = readYamlText(text, limitsOf({}))
  const [first] = documents
  const broken = first?.findings.find(({ code, severity }) => severity !== 'warning' && telling.has(code)) ?? unfinished
  if (broken) return { error: yamlProblem(broken, text) }
  const twice = first?.findings.find(({ code }) => code === 'duplicate-key')
  if (!twice) return { value: first?.value }
  const line = text.slice(0, twice.offset ?? 0).split('\n').length
  const key = JSON.stringify(twice.path?.at(-1) ?? '')
  return {
    error: `error converting YAML to JSON: yaml: unmarshal errors:\n  line ${line}: key ${key} already set in map`,
  }
}
