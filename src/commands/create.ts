import type { Argument } from '../model/analysis'
import { givenObject, givenText } from '../model/given'
import { isJsonObject, type JsonObject } from '../model/json'
import { instanceIdLabel } from '../model/labelKeys'
import { runFromObject } from '../templates/runFromObject'
import type { CommandPlan, CommandResult, TargetRef } from './plan'
import { takeRunOptions, takeTarget } from './wellFormed'

interface CreatableKind {
  readonly resource: string
  /** What the command line prints in front of the name. */
  readonly singular: string
}

/** As upstream does, a ClusterAnalysisTemplate is printed as a template and requested in a namespace. */
const creatable: Readonly<Record<string, CreatableKind>> = {
  Rollout: { resource: 'rollouts', singular: 'rollout' },
  Experiment: { resource: 'experiments', singular: 'experiment' },
  AnalysisTemplate: { resource: 'analysistemplates', singular: 'analysistemplate' },
  ClusterAnalysisTemplate: { resource: 'clusteranalysistemplates', singular: 'analysistemplate' },
  AnalysisRun: { resource: 'analysisruns', singular: 'analysisrun' },
}

/**
 * Creates a Rollout, Experiment, AnalysisTemplate, ClusterAnalysisTemplate or AnalysisRun as given; `namespace` is used
 * if the object has none. Other kinds are refused. `target.name` is empty if the API server generates the name from
 * `generateName`: `createdMessage` makes the message with it.
 *
 * Source: behaviour 8, `create`.
 *
 * @example
 * import { create } from 'rollout-engine/commands'
 * create({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } }, 'shop') // => { refused: 'creates of /Service unsupported' }
 */
export function create(given: JsonObject, namespace: string): CommandResult {
  const object = givenObject(given)
  const { apiVersion, kind: kindValue } = object
  const group = groupOf(typeof apiVersion === 'string' ? apiVersion : '')
  const kind = typeof kindValue === 'string' ? kindValue : ''
  const known = Object.hasOwn(creatable, kind) && group === 'argoproj.io' ? creatable[kind] : undefined
  if (!known) return { refused: `creates of ${group}/${kind} unsupported` }
  const metadata = isJsonObject(object.metadata) ? object.metadata : {}
  const own = metadata.namespace
  return createPlan(object, {
    resource: known.resource,
    namespace: typeof own === 'string' ? own : givenText(namespace),
    name: givenText(metadata.name),
  })
}

/** A version without a slash has no group; two slashes are no version at all. */
function groupOf(apiVersion: string): string {
  const parts = apiVersion.split('/')
  return parts.length === 2 ? (parts[0] ?? '') : ''
}

function createPlan(object: Readonly<Record<string, unknown>>, target: TargetRef): CommandPlan {
  return { requests: [{ verb: 'create', target, object }], message: createdMessage(target) }
}

/**
 * What the command line prints of a created object.
 *
 * @example
 * import { createdMessage } from 'rollout-engine/commands'
 * createdMessage({ resource: 'rollouts', name: 'web-x7k2p' }) // => 'rollout.argoproj.io/web-x7k2p created\n'
 */
export function createdMessage(target: Pick<TargetRef, 'resource' | 'name'>): string {
  const { resource, name } = takeTarget(target)
  const kind = Object.values(creatable).find((one) => one.resource === resource)
  return `${kind?.singular ?? resource}.argoproj.io/${name} created\n`
}

/** The options of an AnalysisRun in addition to its template. */
export interface CreateAnalysisRunOptions {
  /** `NAME=VALUE` each. */
  readonly args?: readonly string[]
  readonly name?: string
  /** Default: the template's name and a dash. */
  readonly generateName?: string
  /** Replaces all labels by the controller's instance ID. */
  readonly instanceId?: string
  readonly namespace: string
}

/**
 * Starts an AnalysisRun manually, from a template of any kind. Refused, with upstream's text, if an argument has no
 * value or not the form `NAME=VALUE`, or if there is no name.
 *
 * Source: behaviour 8, `create analysisrun`.
 *
 * @example
 * import { createAnalysisRun } from 'rollout-engine/commands'
 * const template = { kind: 'AnalysisTemplate', metadata: { name: 'rate' }, spec: { args: [{ name: 'app' }], metrics: [] } }
 * createAnalysisRun(template, { namespace: 'shop' }) // => { refused: 'args.app was not resolved' }
 * createAnalysisRun(template, { namespace: 'shop', args: ['app'] }) // => { refused: 'arguments must be in the form NAME=VALUE' }
 */
export function createAnalysisRun(given: JsonObject, wishes: CreateAnalysisRunOptions): CommandResult {
  const template = givenObject(given)
  const options = takeRunOptions(wishes)
  const args = argumentsOf(options.args ?? [])
  if (!args) return { refused: 'arguments must be in the form NAME=VALUE' }
  const { name = '', namespace } = options
  const metadata = isJsonObject(template.metadata) ? template.metadata : {}
  const generateName = name === '' ? options.generateName || `${givenText(metadata.name)}-` : ''
  if (name === '' && generateName === '-') return { refused: 'name is invalid' }
  const made = runFromObject(template, { args, name, generateName, namespace })
  if ('error' in made) return { refused: made.error }
  const object = options.instanceId ? labelled(made.object, { [instanceIdLabel]: options.instanceId }) : made.object
  return createPlan(object, { resource: 'analysisruns', namespace, name })
}

function argumentsOf(words: readonly string[]): readonly Argument[] | undefined {
  const args = words.map((word) => {
    const equals = word.indexOf('=')
    return equals < 0 ? undefined : { name: word.slice(0, equals), value: word.slice(equals + 1) }
  })
  return args.every((arg) => arg !== undefined) ? args : undefined
}

function labelled(object: JsonObject, labels: JsonObject): JsonObject {
  return { ...object, metadata: { ...(object.metadata as JsonObject | undefined), labels } }
}
