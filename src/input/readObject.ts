import type { Issue } from '../model/issue'
import { isJsonObject } from '../model/json'
import type { KindTypes, ModelKind } from '../model/kinds'
import { describe, explain, missing } from './explain'
import {
  anyKind,
  groupOf,
  isClusterScoped,
  isModelKind,
  kindReaders,
  type ModelObject,
  modelKindOf,
  modelKinds,
  type Schema,
} from './kinds'
import { type Limits, limitsOf } from './limits'
import { nearest } from './nearest'
import { normalize } from './normalize'
import { type Finding, pathText } from './places'
import { problemsOfData } from './plainData'
import { asServed } from './served'

/** Options of all readers. Limits that are left out have their defaults. */
export interface ReadOptions extends Partial<Limits> {
  /** Fills in `metadata.namespace` where it is absent, except for kinds that have none. Absent: it is left absent. */
  readonly defaultNamespace?: string
}

/** `object` is there exactly if no issue is an error: a model object has the shape that its type says. */
export interface ReadResult<T> {
  readonly object?: T
  readonly issues: readonly Issue[]
}

/**
 * Reads one value that is already an object, from a client library or a recording: any kind, chosen by `apiVersion` and
 * `kind`.
 *
 * All problems come back at once as issues with the field's path; nothing throws. Errors (no object is returned): a
 * wrong type or enum value, a required field that is missing, data that is not JSON, a key `__proto__`, a whole number
 * beyond 2^53, nesting beyond `maxDepth`. Warnings (the object is returned): a field that nobody knows, outside of what
 * is kept whole. Null counts as absent if a field's type has no null. Required is what the custom resource definition
 * requires (behaviour 1.8), in pod templates and Jobs too; rules between fields are validation's.
 *
 * An object without a UID is completed as an API server would: what the definition fills in (`protocol: TCP`, Datadog's
 * `interval: 5m`), and Kubernetes' defaults in the pod template of a Deployment, ReplicaSet or PodTemplate. One with a
 * UID has been completed already.
 *
 * Unknown fields are kept in pod templates and Jobs. Kept whole: plugin settings, and every kind that the model has no
 * type for (Ingress, mesh resources, Secret, ...), of which only the metadata is looked at. An object in which nothing
 * had to change is returned itself (`===`); the argument is never changed.
 *
 * @example
 * import { readObject } from 'rollout-engine/input'
 * const value = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } }
 * readObject(value, { defaultNamespace: 'shop' }).object?.metadata.namespace // => 'shop'
 */
export function readObject(value: unknown, options: ReadOptions = {}): ReadResult<ModelObject> {
  const read = readValue(value, undefined, options, true)
  return resultOf(read)
}

/**
 * The same for a kind that the caller knows, as of items of typed lists, which do not say their kind. An object that
 * says another kind is an error.
 *
 * @example
 * import { readAs } from 'rollout-engine/input'
 * readAs('Service', { metadata: {} }).issues.map((issue) => issue.path) // => ['metadata.name']
 */
export function readAs<K extends ModelKind>(
  kind: K,
  value: unknown,
  options: ReadOptions = {},
): ReadResult<KindTypes[K]> {
  const known = typeof kind === 'string' && isModelKind(kind) ? kind : undefined
  return resultOf(readValue(value, known, options, true)) as ReadResult<KindTypes[K]>
}

/** What was read of one value. Paths are relative to it. */
export interface Read {
  readonly object?: ModelObject
  readonly findings: readonly Finding[]
}

function resultOf(read: Read): ReadResult<ModelObject> {
  const issues = read.findings.map(issueOf)
  return read.object ? { object: read.object, issues } : { issues }
}

export function issueOf(finding: Finding): Issue {
  const { code, message, path, severity } = finding
  const issue = { code, path: pathText(path), message }
  return severity ? { ...issue, severity } : issue
}

/** Numbers of a text were checked as they were written: `checkNumbers` is for values that come without one. */
export function readValue(
  value: unknown,
  expected: ModelKind | undefined,
  options: ReadOptions,
  checkNumbers: boolean,
): Read {
  if (!isJsonObject(value)) return { findings: [notAnObject(value)] }
  if (!expected && value.kind === undefined && value.apiVersion === undefined) {
    return { findings: [notAnObject(value)] }
  }
  const problems = problemsOfData(value, limitsOf(options), checkNumbers)
  if (problems.some((problem) => problem.code === 'not-json' || problem.code.startsWith('too-'))) {
    return { findings: problems }
  }
  const kind = chooseKind(value, expected)
  const named = nameGenerated(value)
  const normal = normalize(kind.schema, named.value)
  const shape = mistakesOf(kind.schema, normal.value)
  const server = asServed(kind.name, normal.value)
  const refused = unsaid(server.findings, shape)
  const findings = [...problems, ...kind.findings, ...named.findings, ...shape, ...refused, ...normal.findings]
  if (findings.some((finding) => finding.severity !== 'warning')) return { findings: withoutRepeats(findings) }
  const { defaultNamespace } = (options ?? {}) as ReadOptions
  return { object: withNamespace(server.value as ModelObject, defaultNamespace), findings }
}

/** What the schemas said already is not repeated, nor what is below it. */
function unsaid(findings: readonly Finding[], said: readonly Finding[]): readonly Finding[] {
  const places = new Set(said.map((finding) => pathText(finding.path)))
  if (places.size === 0) return findings
  if (places.has('')) return []
  return findings.filter(({ path }) => !path.some((_, end) => places.has(pathText(path.slice(0, end + 1)))))
}

/** Zod hands its findings on as arguments of a call, of which a stack holds some 100,000: nobody reads so many. */
export function mistakesOf(schema: Schema, value: unknown): readonly Finding[] {
  try {
    const parsed = schema.safeParse(value)
    return parsed.success ? [] : explain(parsed.error.issues, value)
  } catch (error) {
    if (error instanceof RangeError) return [tooManyMistakes]
    throw error
  }
}

const tooManyMistakes: Finding = {
  code: 'too-many-mistakes',
  path: [],
  message: 'the object has more mistakes than can be told: it is probably not of the kind that it says',
}

/** The kind may be missing for two reasons at once; one issue for each path and code is enough. */
const withoutRepeats = (findings: readonly Finding[]): readonly Finding[] => {
  const seen = new Set<string>()
  return findings.filter((finding) => {
    const key = `${finding.code} ${pathText(finding.path)}`
    return !seen.has(key) && seen.add(key)
  })
}

export const notAnObject = (value: unknown): Finding => ({
  code: 'not-an-object',
  path: [],
  message: `expected a Kubernetes object with apiVersion, kind and metadata, got ${describe(value)}: remove it or make it a comment`,
})

interface ChosenKind {
  /** The model's kind, where it is one. */
  readonly name?: ModelKind
  readonly schema: Schema
  readonly findings: readonly Finding[]
}

function chooseKind(value: Readonly<Record<string, unknown>>, expected: ModelKind | undefined): ChosenKind {
  const kind = value.kind ?? expected
  const apiVersion = value.apiVersion ?? (expected && kindReaders[expected].apiVersion)
  const findings: Finding[] = []
  if (apiVersion === undefined) findings.push(missingApiVersion(kind))
  if (kind === undefined) findings.push(missing(['kind']))
  if (typeof kind !== 'string' || (apiVersion !== undefined && typeof apiVersion !== 'string')) {
    return { schema: expected ? kindReaders[expected].schema : anyKind, findings }
  }
  const known = modelKindOf(apiVersion, kind)
  if (expected && known !== expected) {
    return { schema: kindReaders[expected].schema, findings: [...findings, wrongKind(expected, apiVersion, kind)] }
  }
  const doubt = apiVersion === undefined ? undefined : doubtfulKind(apiVersion, kind, known)
  if (doubt) findings.push(doubt)
  return known ? { name: known, schema: kindReaders[known].schema, findings } : { schema: anyKind, findings }
}

function missingApiVersion(kind: unknown): Finding {
  const finding = missing(['apiVersion'])
  if (typeof kind !== 'string' || !isModelKind(kind)) return finding
  return { ...finding, message: `apiVersion is required: write apiVersion: ${kindReaders[kind].apiVersion}` }
}

const wrongKind = (expected: ModelKind, apiVersion: string | undefined, kind: string): Finding => ({
  code: 'wrong-kind',
  path: ['kind'],
  message: `expected a ${expected} of ${kindReaders[expected].apiVersion}, got a ${kind} of ${apiVersion ?? 'no apiVersion'}`,
})

/** A kind that is read as its apiVersion and kind say, but was probably meant to be another. */
function doubtfulKind(apiVersion: string, kind: string, known: ModelKind | undefined): Finding | undefined {
  if (groupOf(apiVersion) !== 'argoproj.io') return known ? undefined : wrongGroup(apiVersion, kind)
  if (known) {
    const right = kindReaders[known].apiVersion
    if (apiVersion === right) return undefined
    const message = `${apiVersion} is no version of Argo Rollouts: kubectl apply refuses it, and it is read here as ${right}, as upstream's lint reads it`
    return { code: 'unknown-version', path: ['apiVersion'], message, severity: 'warning' }
  }
  const meant = nearest(kind, argoKinds)
  if (!meant) return undefined
  const message = `unknown kind ${kind}, which is kept as it is: did you mean ${meant}?`
  return { code: 'unknown-kind', path: ['kind'], message, severity: 'warning' }
}

const argoKinds = modelKinds.filter((name) => kindReaders[name].groups.includes('argoproj.io'))

const isOfKubernetes = (group: string): boolean => !group.includes('.') || group.endsWith('.k8s.io')

/**
 * One of our kinds in a group that has none of that name. Groups of others may have one: they are kept, with a word.
 */
function wrongGroup(apiVersion: string, kind: string): Finding | undefined {
  if (!(argoKinds as readonly string[]).includes(kind)) return undefined
  const group = groupOf(apiVersion)
  const message = `no matches for kind "${kind}" in version "${apiVersion}": write apiVersion: argoproj.io/v1alpha1`
  const finding: Finding = { code: 'wrong-group', path: ['apiVersion'], message }
  if (isOfKubernetes(group) || nearest(group, ['argoproj.io'])) return finding
  const kept = `a ${kind} of ${group} is none of Argo Rollouts: it is kept as it is; argoproj.io/v1alpha1 would be one`
  return { ...finding, message: kept, severity: 'warning' }
}

/** As the API server makes up a name for `generateName`, a reader has to; the same one every time. */
function nameGenerated(value: Readonly<Record<string, unknown>>): Pick<Read, 'findings'> & { readonly value: unknown } {
  const metadata = value.metadata
  if (!isJsonObject(metadata)) return { value, findings: [] }
  const { name, generateName } = metadata
  if ((name !== undefined && name !== null && name !== '') || typeof generateName !== 'string' || generateName === '') {
    return { value, findings: [] }
  }
  const made = `${generateName}00000`
  const message = `only generateName is given: the object is called ${made} here; give it a name if there are several`
  return {
    value: { ...value, metadata: { ...metadata, name: made } },
    findings: [{ code: 'generated-name', path: ['metadata', 'generateName'], message, severity: 'warning' }],
  }
}

function withNamespace(object: ModelObject, namespace: string | undefined): ModelObject {
  if (!namespace || object.metadata.namespace || (object.kind && isClusterScoped(object.kind))) return object
  return { ...object, metadata: { ...object.metadata, namespace } } as ModelObject
}
