import {
  abort,
  type CommandPlan,
  type CommandResult,
  create,
  createAnalysisRun,
  createdMessage,
  isRefused,
  nextRequest,
  pause,
  promote,
  type Reply,
  restart,
  retry,
  retryExperiment,
  setImage,
  setImageAttempts,
  templateHolder,
  terminateAnalysisRun,
  terminateExperiment,
  undo,
} from '../../../src/commands/index'
import { readCreated } from '../../../src/lint/readCreated'
import type { KubeObject } from '../../../src/model/meta'
import { describeRollout } from '../../../src/view/index'
import type { Answered, Server } from './server'
import type { Words } from './words'

// `kubectl argo rollouts <command>`: reads objects as upstream does, asks the engine what to do, and does it.

export interface Printed {
  readonly stdout: string
  /** What stands behind `Error: `. */
  readonly error?: string
}

export interface Machine {
  readonly words: Words
  readonly server: Server
  readonly files: Readonly<Record<string, string>>
  readonly now: string
}

type Named = { readonly metadata: { readonly name: string; readonly namespace: string } }

const namedPlans: Readonly<Record<string, (named: Named) => CommandPlan>> = {
  abort,
  pause,
  'retry rollout': retry,
  'retry experiment': retryExperiment,
  'terminate analysisrun': terminateAnalysisRun,
  'terminate experiment': terminateExperiment,
}

export function runPlugin(machine: Machine): Printed {
  const { words } = machine
  const planOf = namedPlans[words.command]
  if (planOf) return eachName(machine, planOf)
  return (others[words.command] ?? (() => ({ stdout: '', error: `unknown command ${words.command}` })))(machine)
}

const others: Readonly<Record<string, (machine: Machine) => Printed>> = {
  promote: (machine) => onRollout(machine, (rollout) => promote(rollout as never, promoteOptions(machine)), ''),
  restart: (machine) => {
    const rollout = named(machine, machine.words.names[0] ?? '')
    return carriedOut(machine.server, restart(rollout, machine.now, last(machine, 'in') ?? ''), '')
  },
  undo: undoCommand,
  'set image': setImageCommand,
  status,
  create: createCommand,
  'create analysisrun': createRunCommand,
}

const last = ({ words }: Machine, option: string): string | undefined => words.options.get(option)?.at(-1)
const isOn = (machine: Machine, option: string, otherwise = false): boolean => {
  const value = last(machine, option)
  return value === undefined ? otherwise : /^(?:1|t|true)$/i.test(value)
}
const namespaceOf = (machine: Machine): string => last(machine, 'namespace') ?? 'default'
const named = (machine: Machine, name: string): Named => ({ metadata: { name, namespace: namespaceOf(machine) } })
const promoteOptions = (machine: Machine) => ({
  full: isOn(machine, 'full'),
  skipCurrentStep: isOn(machine, 'skip-current-step'),
  skipAllSteps: isOn(machine, 'skip-all-steps'),
})

/** Several names one after the other, until one fails. */
function eachName(machine: Machine, planOf: (named: Named) => CommandPlan): Printed {
  let stdout = ''
  for (const name of machine.words.names) {
    const printed = carriedOut(machine.server, planOf(named(machine, name)), '')
    stdout += printed.stdout
    if (printed.error !== undefined) return { ...printed, stdout }
  }
  return { stdout }
}

function carriedOut(server: Server, result: CommandResult, prefix: string): Printed {
  if (isRefused(result)) return { stdout: '', error: result.refused }
  const replies: Reply[] = []
  for (;;) {
    const next = nextRequest(result, replies)
    if ('failed' in next) return { stdout: '', error: prefix + next.failed }
    if ('done' in next) return { stdout: result.message }
    replies.push(server.send(next.request))
  }
}

function onRollout(machine: Machine, planOf: (rollout: KubeObject) => CommandResult, prefix: string): Printed {
  const refused = bothSkips(machine)
  if (refused !== undefined) return { stdout: '', error: refused }
  const got = machine.server.get('rollouts', namespaceOf(machine), machine.words.names[0] ?? '')
  if (!got.object) return { stdout: '', error: got.message ?? '' }
  return carriedOut(machine.server, planOf(got.object), prefix)
}

/** Refused before anything is read. */
function bothSkips(machine: Machine): string | undefined {
  const result = promote({ metadata: { name: '' }, spec: {} } as never, promoteOptions(machine))
  const { skipCurrentStep, skipAllSteps } = promoteOptions(machine)
  return skipCurrentStep && skipAllSteps && isRefused(result) ? result.refused : undefined
}

function undoCommand(machine: Machine): Printed {
  const revision = Number(last(machine, 'to-revision') ?? 0)
  return onRollout(
    machine,
    (rollout) => {
      const { items, message } = machine.server.list('replicasets', namespaceOf(machine))
      if (message !== undefined)
        return { refused: `failed to retrieve replica sets from rollout ${rollout.metadata.name}: ${message}` }
      return undo(rollout as never, items as never, revision)
    },
    `failed restoring revision ${revision}: `,
  )
}

function setImageCommand(machine: Machine): Printed {
  const [name = '', assignment = ''] = machine.words.names
  const [container = '', image = '', ...rest] = assignment.split('=')
  if (!assignment.includes('=') || rest.length > 0) return { stdout: '', error: 'usage' }
  for (let attempt = 0; attempt < setImageAttempts; attempt++) {
    const answered = setImageOnce(machine, name, container, image)
    if (answered.reason !== 'Conflict') return answered.printed
  }
  return { stdout: '', error: `${name} was changed by others ${setImageAttempts} times` }
}

function setImageOnce(
  { server, ...machine }: Machine,
  name: string,
  container: string,
  image: string,
): Answered & { readonly printed: Printed } {
  const failed = (answered: Answered) => ({ ...answered, printed: { stdout: '', error: answered.message ?? '' } })
  const got = server.get('rollouts', namespaceOf({ server, ...machine }), name)
  if (!got.object) return failed(got)
  const holder = templateHolder(got.object as never)
  const held = holder.resource === 'rollouts' ? got : server.get(holder.resource, holder.namespace, holder.name)
  if (!held.object) return failed(held)
  const result = setImage(held.object, container, image)
  if (isRefused(result)) return failed({ message: result.refused })
  const [request] = result.requests
  const answered = request ? server.send(request) : {}
  return answered.reason === undefined ? { printed: { stdout: result.message } } : failed(answered)
}

function status(machine: Machine): Printed {
  const [name = ''] = machine.words.names
  const got = machine.server.get('rollouts', namespaceOf(machine), name)
  if (!got.object) return { stdout: '', error: `rollout.argoproj.io "${name}" not found` }
  const workloads = machine.server.list('deployments', namespaceOf(machine)).items
  const view = describeRollout({ rollout: got.object as never, replicaSets: [], workloads: workloads as never })
  const missing = view.issues.find(({ code }) => code === 'workload-not-found')
  if (missing) return { stdout: '', error: missing.message }
  const isWatched = isOn(machine, 'watch', true)
  const isDone = view.status === 'Healthy' || view.status === 'Degraded'
  const hasMessage = isWatched ? Boolean(view.message) : !isDone
  const stdout = `${view.status}${hasMessage ? ` - ${view.message ?? ''}` : ''}\n`
  if (view.status === 'Degraded')
    return { stdout, error: `The rollout is in a degraded state with message: ${view.message ?? ''}` }
  return isDone || !isWatched ? { stdout } : { stdout, error: 'Rollout status watch exceeded timeout' }
}

function createCommand(machine: Machine): Printed {
  const files = machine.words.options.get('filename') ?? []
  if (files.length === 0) return { stdout: '', error: 'usage' }
  if (files.length > 1 && isOn(machine, 'watch')) return { stdout: '', error: 'Cannot watch multiple resources' }
  let stdout = ''
  for (const file of files) {
    const printed = createFile(machine, file)
    stdout += printed.stdout
    if (printed.error !== undefined) return { ...printed, stdout }
  }
  // Upstream looks at the type of what the API server answered, which is never a Rollout.
  return isOn(machine, 'watch')
    ? { stdout, error: 'Can only watch resources of type Rollout or Experiment' }
    : { stdout }
}

function createFile(machine: Machine, file: string): Printed {
  const text = Object.hasOwn(machine.files, file) ? machine.files[file] : undefined
  if (text === undefined) return { stdout: '', error: `open ${file}: no such file or directory` }
  const read = readCreated(text)
  if ('error' in read) return { stdout: '', error: read.error }
  return created(machine, create(read.object, namespaceOf(machine)))
}

/** The name may be the API server's. */
function created({ server }: Machine, result: CommandResult): Printed {
  if (isRefused(result)) return { stdout: '', error: result.refused }
  const [request] = result.requests
  if (!request) return { stdout: result.message }
  const answered = server.send(request)
  if (answered.reason !== undefined) return { stdout: '', error: answered.message ?? '' }
  const name = answered.object?.metadata.name ?? ''
  return { stdout: createdMessage({ resource: request.target.resource, name }) }
}

function createRunCommand(machine: Machine): Printed {
  const [from = '', file = ''] = [last(machine, 'from'), last(machine, 'from-file')]
  if ((from === '') === (file === '')) return { stdout: '', error: 'one of --from or --from-file must be specified' }
  const args = machine.words.options.get('argument') ?? []
  const options = {
    args,
    name: last(machine, 'name') ?? '',
    generateName: last(machine, 'generate-name') ?? '',
    instanceId: last(machine, 'instance-id') ?? '',
    namespace: namespaceOf(machine),
  }
  const badArgs = createAnalysisRun({ metadata: { name: 'x' } }, { args, namespace: '' })
  if (isRefused(badArgs)) return { stdout: '', error: badArgs.refused }
  const template = templateFrom(machine, from, file)
  if ('error' in template) return { stdout: '', error: template.error }
  return created(machine, createAnalysisRun(template.object, options))
}

function templateFrom(machine: Machine, from: string, file: string): ReturnType<typeof readCreated> {
  if (from !== '') {
    const isGlobal = isOn(machine, 'global')
    const resource = isGlobal ? 'clusteranalysistemplates' : 'analysistemplates'
    const got = machine.server.get(resource, isGlobal ? '' : namespaceOf(machine), from)
    return got.object ? { object: got.object as never } : { error: got.message ?? '' }
  }
  const text = Object.hasOwn(machine.files, file) ? machine.files[file] : undefined
  return text === undefined ? { error: `open ${file}: no such file or directory` } : readCreated(text, { isAny: true })
}
