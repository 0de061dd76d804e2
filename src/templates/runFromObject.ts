import { goPrint } from '../go/goPrint'
import { typedArgument } from '../kube/types/throughTypes'
import type { Argument } from '../model/analysis'
import { isJsonObject, type JsonObject } from '../model/json'
import { mergeArguments } from './mergeArguments'

export interface RunFromObjectOptions {
  /** Given by the person; merged with the object's own where it declares some. */
  readonly args: readonly Argument[]
  readonly name: string
  readonly generateName: string
  readonly namespace: string
}

type Outcome<T> = T | { readonly error: string }

/**
 * An AnalysisRun out of a template or run of any file, for people who start one by hand: everything in it stays, but
 * for kind, name, resourceVersion and the arguments (upstream: `NewAnalysisRunFromUnstructured`).
 *
 * Errors, with upstream's text: `.spec.args accessor error: ...` where the arguments are no list, `json: cannot
 * unmarshal ...` where one is none, `args.<name> was not resolved`.
 */
export function runFromObject(
  object: JsonObject,
  options: RunFromObjectOptions,
): Outcome<{ readonly object: JsonObject }> {
  const declared = declaredArgs(object)
  if ('error' in declared) return declared
  const merged = declared.args ? mergeArguments(options.args, declared.args) : { args: options.args }
  if ('error' in merged) return merged
  const metadata = metadataOf(object, options)
  if ('error' in metadata) return metadata
  const { args } = merged
  const spec = isJsonObject(object.spec) ? object.spec : {}
  const nextSpec =
    args.length > 0 ? { spec: { ...spec, args: args.map(typedArgument) as unknown as JsonObject[] } } : {}
  return { object: { ...object, ...nextSpec, kind: 'AnalysisRun', metadata: metadata.metadata } }
}

function declaredArgs({ spec }: JsonObject): Outcome<{ readonly args?: readonly Argument[] }> {
  if (spec === undefined || spec === null) return {}
  if (!isJsonObject(spec)) return { error: accessorError('.spec.args', spec, 'map[string]interface{}') }
  if (!Object.hasOwn(spec, 'args')) return {}
  const { args } = spec
  if (!Array.isArray(args)) return { error: accessorError('.spec.args', args, '[]interface{}') }
  for (const arg of args) {
    const problem = argumentProblem(arg)
    if (problem !== undefined) return { error: `json: cannot unmarshal ${problem}` }
  }
  return { args: args.map((arg) => typedArgument((arg ?? {}) as Argument)) }
}

function accessorError(path: string, given: unknown, expected: string): string {
  const { value, type } = goPrint(given)
  return `${path} accessor error: ${value} is of the type ${type}, expected ${expected}`
}

function argumentProblem(arg: unknown): string | undefined {
  if (arg === null) return undefined
  if (!isJsonObject(arg)) return `${jsonKind(arg)} into Go value of type v1alpha1.Argument`
  for (const field of ['name', 'value']) {
    const value = arg[field]
    if (value === undefined || value === null || typeof value === 'string') continue
    return `${jsonKind(value)} into Go struct field Argument.${field} of type string`
  }
  const { valueFrom } = arg
  if (valueFrom === undefined || valueFrom === null || isJsonObject(valueFrom)) return undefined
  return `${jsonKind(valueFrom)} into Go struct field Argument.valueFrom of type v1alpha1.ValueFrom`
}

const jsonKind = (value: unknown): string =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value

function metadataOf(object: JsonObject, options: RunFromObjectOptions): Outcome<{ readonly metadata: JsonObject }> {
  const given = object.metadata
  if (given !== undefined && !isJsonObject(given)) {
    return { error: 'value cannot be set because .metadata is not a map[string]interface{}' }
  }
  const { resourceVersion, ...metadata } = given ?? {}
  if (given && Object.hasOwn(given, 'resourceVersion') && typeof resourceVersion !== 'string') {
    return { error: accessorError('.metadata.resourceVersion', resourceVersion, 'string') }
  }
  const { name, generateName, namespace } = options
  return { metadata: { ...metadata, name, generateName, namespace } }
}
