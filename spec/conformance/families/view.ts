import { isJsonObject } from '../../../src/model/json'
import type { KubeObject } from '../../../src/model/meta'
import {
  describeExperiment,
  describeRollout,
  listExperiments,
  listRollouts,
  renderExperiment,
  renderExperimentList,
  renderRollout,
  renderRolloutList,
} from '../../../src/view/index'
import { firstDifferences } from '../compare'
import type { ConformanceCase, Unit } from '../types'

// `kubectl argo rollouts get|list`: words are read here, the answer is the engine's. Texts that the command's own argument
// reader writes are not ours: there it counts that the words are refused.

interface Answer {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
  readonly model?: unknown
}

interface Given {
  readonly now: string
  readonly args: readonly string[]
  readonly objects: Readonly<Record<string, KubeObject>>
  readonly server?: { readonly refuse?: readonly { readonly verb: string; readonly resource: string }[] }
}

const booleans = new Set(['--no-color', '--all-namespaces', '-A', '--timestamps'])
const valued = new Set(['-n', '--namespace', '--timeout-seconds', '--name'])
const flagsOf: Readonly<Record<string, readonly string[]>> = {
  'get rollout': ['--no-color', '--timeout-seconds'],
  'get experiment': ['--no-color'],
  'list rollout': ['--all-namespaces', '-A', '--timestamps', '--name'],
  'list experiment': ['--all-namespaces', '-A'],
}
const kinds: Readonly<Record<string, 'rollout' | 'experiment'>> = {
  ro: 'rollout',
  rollout: 'rollout',
  rollouts: 'rollout',
  exp: 'experiment',
  experiment: 'experiment',
  experiments: 'experiment',
}

interface Words {
  readonly command: string
  readonly names: readonly string[]
  readonly flags: ReadonlyMap<string, string>
}

/** Undefined where the words are refused. */
function readWords(args: readonly string[]): Words | undefined {
  const plain: string[] = []
  const flags = new Map<string, string>()
  for (let at = 0; at < args.length; at++) {
    const [word = '', value] = (args[at] ?? '').split('=')
    if (!word.startsWith('-')) plain.push(word)
    else if (booleans.has(word)) flags.set(word, value ?? 'true')
    else if (valued.has(word)) flags.set(word, value ?? args[++at] ?? '')
    else return undefined
  }
  const [verb = '', kind = '', ...names] = plain
  const command = `${verb} ${kinds[kind]}`
  const known = flagsOf[command]
  if (!known || [...flags.keys()].some((flag) => ![...known, '-n', '--namespace'].includes(flag))) return undefined
  if (!/^-?\d*$/.test(flags.get('--timeout-seconds') ?? '') || (verb === 'get' && names.length !== 1)) return undefined
  return { command, names, flags }
}

const failed = (error: string): Answer => ({ stdout: '', stderr: `Error: ${error}\n`, exitCode: 1 })
const printed = (stdout: string, model?: unknown): Answer => ({ stdout, stderr: '', exitCode: 0, model })
const listed = (stdout: string): Answer =>
  stdout === '' ? { stdout, stderr: 'No resources found.\n', exitCode: 0 } : printed(stdout)

function answerTo({ now, objects, server }: Given, { command, names, flags }: Words): Answer {
  const isSet = (flag: string): boolean => flags.get(flag) === 'true'
  const all = isSet('-A') || isSet('--all-namespaces')
  const namespace = flags.get('-n') ?? flags.get('--namespace') ?? 'default'
  const objectsOf = <T>(resource: string, everywhere = false): readonly T[] =>
    Object.entries(objects)
      .filter(([key]) => key.startsWith(everywhere ? `${resource}/` : `${resource}/${namespace}/`))
      .map(([, object]) => object as unknown as T)
  const refused = server?.refuse?.find(
    ({ verb, resource }) => verb === 'list' && command === `list ${resource.slice(0, -1)}`,
  )
  if (refused) return failed(`${refused.resource}.argoproj.io is forbidden: not allowed`)
  const below = { replicaSets: objectsOf<never>('replicasets'), pods: objectsOf<never>('pods') }
  const options = { now, colour: !isSet('--no-color') }
  const [name = ''] = names
  const experiments = objectsOf<never>('experiments', all)
  switch (command) {
    case 'list experiment':
      return listed(renderExperimentList(listExperiments(experiments, now), { namespaces: all }))
    case 'list rollout': {
      const wanted = flags.get('--name')
      const rows = listRollouts(objectsOf<never>('rollouts', all)).filter((row) => !wanted || row.name === wanted)
      const timestamp = isSet('--timestamps') ? { timestamp: now } : {}
      return listed(renderRolloutList(rows, { namespaces: all, ...timestamp }))
    }
    case 'get experiment': {
      const experiment = objects[`experiments/${namespace}/${name}`] as never
      if (!experiment) return failed(`experiment.argoproj.io "${name}" not found`)
      const view = describeExperiment({ experiment, ...below, analysisRuns: objectsOf('analysisruns') })
      return printed(renderExperiment(view, options), view)
    }
    default: {
      const rollout = objects[`rollouts/${namespace}/${name}`] as never
      if (!rollout) return failed(`rollout.argoproj.io "${name}" not found`)
      const view = describeRollout({
        rollout,
        ...below,
        experiments,
        analysisRuns: objectsOf('analysisruns'),
        workloads: objectsOf('deployments'),
      })
      const missing = view.issues.find(({ code }) => code === 'workload-not-found')
      return missing ? failed(missing.message) : printed(renderRollout(view, options), view)
    }
  }
}

/** Upstream prints no field that is empty, false or 0. Resource versions are the server's, issues are ours. */
function sparse(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(sparse)
  if (!isJsonObject(value)) return value === '' || value === 0 || value === false ? undefined : value
  const fields = Object.entries(value)
    .filter(([key]) => key !== 'issues' && key !== 'resourceVersion')
    .map(([key, field]) => [key, sparse(field)] as const)
    .filter(([, field]) => field !== undefined)
  return fields.length === 0 ? undefined : Object.fromEntries(fields)
}

const refusedByReader = new Set(['unknown-flag', 'bad-flag-value', 'usage'])

export function judge({ given, expect, tags }: ConformanceCase): readonly Unit[] {
  const words = readWords(given.args)
  const name = given.args.join(' ')
  if (tags.some((tag) => refusedByReader.has(tag)))
    return [{ name, differences: firstDifferences(expect.exitCode, words ? 0 : 1), inputs: given }]
  const got: Answer = words ? answerTo(given, words) : { ...failed('words are refused') }
  const { stdout, stderr, exitCode, model } = expect
  const differences = [
    ...firstDifferences(
      { stdout, stderr, exitCode },
      { stdout: got.stdout, stderr: got.stderr, exitCode: got.exitCode },
    ),
    ...(model ? firstDifferences(sparse(model), sparse(got.model), 'model') : []),
  ]
  return [{ name, differences, inputs: given }]
}
