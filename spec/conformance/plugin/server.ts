import { applyRequest, type CommandRequest, type Reply } from '../../../src/commands/index'
import type { KubeObject } from '../../../src/model/meta'

// The API server of the recordings: objects in memory, and what it refuses.

interface Refusal {
  readonly verb: string
  readonly resource: string
  readonly subresource?: string
  readonly name?: string
  readonly reason: string
  readonly times?: number
}

export interface ServerOptions {
  readonly noStatusSubresource?: boolean
  readonly generateSuffix?: string
  readonly refuse?: readonly Refusal[]
}

/** What was asked, in the form of the recordings. */
export interface Asked {
  readonly verb: string
  readonly key: string
  readonly subresource?: string
  readonly patchType?: string
  readonly patch?: unknown
  readonly object?: unknown
  readonly error?: string
}

export interface Answered extends Reply {
  readonly object?: KubeObject
}

export interface Server {
  readonly objects: () => Readonly<Record<string, KubeObject>>
  readonly asked: readonly Asked[]
  readonly get: (resource: string, namespace: string, name: string) => Answered
  readonly list: (resource: string, namespace: string) => Reply & { readonly items: readonly KubeObject[] }
  readonly send: (request: CommandRequest) => Answered
}

const groups: Readonly<Record<string, string>> = {
  deployments: 'deployments.apps',
  replicasets: 'replicasets.apps',
  podtemplates: 'podtemplates',
}
const groupOf = (resource: string): string => groups[resource] ?? `${resource}.argoproj.io`
const kinds: Readonly<Record<string, string>> = { rollouts: 'Rollout.argoproj.io', deployments: 'Deployment.apps' }

function refusalText({ resource, reason }: Refusal, name: string): string {
  const quoted = name === '' ? '' : ` "${name}"`
  switch (reason) {
    case 'Forbidden':
      return `${groupOf(resource)}${quoted} is forbidden: not allowed`
    case 'Conflict':
      return `Operation cannot be fulfilled on ${groupOf(resource)}${quoted}: the object has been modified`
    case 'Timeout':
      return 'Timeout: request timed out'
    case 'Invalid':
      return `${kinds[resource] ?? resource}${quoted} is invalid`
    default:
      return reason
  }
}

export function serverWith(start: Readonly<Record<string, KubeObject>>, options: ServerOptions): Server {
  let objects = start
  const asked: Asked[] = []
  const used = new Map<Refusal, number>()
  const refusal = (verb: string, resource: string, name: string, subresource = ''): Answered | undefined => {
    const found = options.refuse?.find(
      (one) =>
        one.verb === verb &&
        one.resource === resource &&
        (one.subresource ?? '') === subresource &&
        (one.name ?? name) === name &&
        (used.get(one) ?? 0) < (one.times ?? Number.POSITIVE_INFINITY),
    )
    if (!found) return undefined
    used.set(found, (used.get(found) ?? 0) + 1)
    return { reason: found.reason, message: refusalText(found, name) }
  }
  const notFound = (resource: string, name: string): Answered => ({
    reason: 'NotFound',
    message: `${groupOf(resource)} "${name}" not found`,
  })
  const answer = (request: CommandRequest, key: string, name: string): Answered => {
    const { resource } = request.target
    const subresource = request.verb === 'patch' && 'subresource' in request ? request.subresource : undefined
    const refused = refusal(request.verb, resource, name, subresource)
    if (refused) return refused
    const before = objects[key]
    if (request.verb === 'create') {
      if (before) return { reason: 'AlreadyExists', message: `${groupOf(resource)} "${name}" already exists` }
    } else if (!before || (subresource && options.noStatusSubresource)) return notFound(resource, name)
    const applied = applyRequest(before ?? ({} as KubeObject), request)
    if ('refused' in applied) return { reason: applied.refused, message: applied.refused }
    objects = { ...objects, [key]: applied.object }
    return { object: { ...applied.object, metadata: { ...applied.object.metadata, name } } }
  }
  return {
    objects: () => objects,
    asked,
    get: (resource, namespace, name) =>
      refusal('get', resource, name) ??
      (objects[`${resource}/${namespace}/${name}`]
        ? { object: objects[`${resource}/${namespace}/${name}`] as KubeObject }
        : notFound(resource, name)),
    list: (resource, namespace) => ({
      ...refusal('list', resource, ''),
      items: Object.keys(objects)
        .filter((key) => key.startsWith(`${resource}/${namespace}/`))
        .sort()
        .map((key) => objects[key] as KubeObject),
    }),
    send: (request) => {
      const { resource, namespace } = request.target
      const generated = (): string => `${generateNameOf(request)}${options.generateSuffix ?? ''}`
      const name = request.target.name || generated()
      const key = `${resource}/${namespace}/${name}`
      const answered = answer(request, key, name)
      asked.push(recorded(request, key, answered.reason))
      return answered
    },
  }
}

const generateNameOf = (request: CommandRequest): string =>
  request.verb === 'create'
    ? ((request.object.metadata as { readonly generateName?: string } | undefined)?.generateName ?? '')
    : ''

function recorded(request: CommandRequest, key: string, error: string | undefined): Asked {
  const { verb } = request
  const failed = error === undefined ? {} : { error }
  if (verb !== 'patch') return { verb, key, object: request.object, ...failed }
  const { patchType, patch } = request
  const subresource = 'subresource' in request && request.subresource ? { subresource: request.subresource } : {}
  return { verb, key, ...subresource, patchType, patch, ...failed }
}
