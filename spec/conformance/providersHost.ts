import type { HttpRequest, KubernetesAsk, ProviderAnswer, ProviderAsk } from '../../src/metrics/exchange/ask'
import type { ProviderContext, ProviderOperation, ProviderOutcome } from '../../src/metrics/exchange/context'
import { continueExchange, startExchange } from '../../src/metrics/exchange/exchange'
import type { Measurement } from '../../src/model/analysis'
import type { KubeObject } from '../../src/model/meta'
import { formatTime, parseTime } from '../../src/model/time'

/** A recorded call of a provider, and the replies that its questions got. */
export interface RecordedCall {
  readonly op: 'run' | 'resume' | 'terminate' | 'garbageCollect'
  readonly now: string
  readonly limit?: number
  readonly measurement?: Measurement
  readonly objects?: readonly KubeObject[]
  readonly removed?: readonly { readonly kind: string; readonly namespace: string; readonly name: string }[]
  readonly apiErrors?: readonly {
    readonly verb: string
    readonly resource: string
    readonly reason: string
    readonly message: string
  }[]
  // biome-ignore lint/suspicious/noExplicitAny: replies have many shapes
  readonly replies?: readonly any[]
}

/** What is there outside of the provider. Cache and server differ: what a provider creates is not in the cache yet. */
export interface World {
  readonly env: Readonly<Record<string, string>>
  /** The one that exists. */
  readonly kubeconfig?: string
  readonly secrets: readonly {
    readonly namespace: string
    readonly name: string
    readonly data: Record<string, string>
  }[]
  readonly cache: Map<string, KubeObject>
  readonly server: Map<string, KubeObject>
}

/** What the host saw: requests that went out and writes to the cluster. */
export interface Seen {
  readonly requests: unknown[]
  readonly actions: unknown[]
}

const keyOf = (kind: string, namespace: string | undefined, name: string): string =>
  `${kind.toLowerCase().replace(/s$/, '')}/${namespace ?? ''}/${name}`

export function addObjects(world: World, objects: readonly KubeObject[]): void {
  for (const object of objects) {
    const key = keyOf(object.kind ?? '', object.metadata.namespace, object.metadata.name)
    world.cache.set(key, object)
    world.server.set(key, object)
  }
}

function removeObject(world: World, key: string): boolean {
  world.cache.delete(key)
  return world.server.delete(key)
}

/** Drives one call to its end with the recorded replies; time passes only by waits and timeouts. */
export function drive(
  context: ProviderContext,
  world: World,
  call: RecordedCall,
  last: Measurement,
  seen: Seen,
): ProviderOutcome {
  addObjects(world, call.objects ?? [])
  for (const { kind, namespace, name } of call.removed ?? []) removeObject(world, keyOf(kind, namespace, name))
  const start = parseTime(call.now)!
  const clock = { seconds: start }
  const now = (): string => preciseTime(clock.seconds)
  const replies = [...(call.replies ?? [])]
  let exchange = startExchange(context, operationOf(call, last), call.now)
  for (let steps = 0; exchange.kind === 'ask'; steps++) {
    if (steps > 1000) throw new Error('the provider asks without end')
    const answer = answerTo(exchange.ask, { world, call, seen, clock, start, replies })
    // A state is plain JSON: it must survive being stored.
    const state = JSON.parse(JSON.stringify(exchange.state))
    exchange = continueExchange(context, state, answer, now())
  }
  return exchange.outcome
}

function preciseTime(seconds: number): string {
  const fraction = seconds - Math.floor(seconds)
  return fraction === 0 ? formatTime(seconds) : `${formatTime(seconds).slice(0, -1)}${fraction.toFixed(6).slice(1)}Z`
}

function operationOf(call: RecordedCall, last: Measurement): ProviderOperation {
  if (call.op === 'run') return { op: 'run' }
  if (call.op === 'garbageCollect') return { op: 'garbageCollect', limit: call.limit ?? 0 }
  return { op: call.op, measurement: call.measurement ?? last }
}

/** What upstream says where no plugins are configured. */
const noPlugins = 'failed to get config: config not initialized, please initialize before use'

interface Desk {
  readonly world: World
  readonly call: RecordedCall
  readonly seen: Seen
  readonly clock: { seconds: number }
  readonly start: number
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly replies: any[]
}

function answerTo(ask: ProviderAsk, desk: Desk): ProviderAnswer {
  switch (ask.kind) {
    case 'environment':
      return { kind: 'environment', values: pick(desk.world.env, ask.names) }
    case 'secret': {
      const secret = desk.world.secrets.find((one) => one.namespace === ask.namespace && one.name === ask.name)
      return secret ? { kind: 'secret', data: secret.data } : { kind: 'refused', reason: 'NotFound' }
    }
    case 'wait':
      desk.clock.seconds += ask.seconds
      return { kind: 'waited' }
    case 'http':
      return answerHttp(ask.request, desk)
    case 'kubeconfig':
      return ask.path === desk.world.kubeconfig ? { kind: 'done' } : { kind: 'refused', reason: 'NotFound' }
    case 'kubernetes':
      return answerKubernetes(ask, desk)
    case 'aws': {
      desk.seen.requests.push({ operation: ask.operation, input: ask.input })
      const reply = desk.replies.shift() ?? { error: 'no reply is recorded' }
      if (reply.apiError) return { kind: 'refused', reason: reply.apiError.code, message: reply.apiError.message }
      return reply.error !== undefined
        ? { kind: 'failed', message: reply.error }
        : { kind: 'aws', output: reply.output }
    }
    case 'plugin':
      return { kind: 'failed', message: `unable to find plugin (${ask.plugin}): ${noPlugins}` }
  }
}

const pick = (all: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)))

function answerHttp(request: HttpRequest, desk: Desk): ProviderAnswer {
  const after = desk.clock.seconds - desk.start
  desk.seen.requests.push(recordedRequest(request, after, desk.world.env))
  const reply = desk.replies.shift()
  if (!reply) return { kind: 'failed', message: 'no reply is recorded' }
  if (reply.timeout || reply.bodyError === 'timeout') desk.clock.seconds += request.timeoutSeconds ?? 0
  if (reply.timeout) return { kind: 'timeout' }
  if (reply.error !== undefined) return { kind: 'failed', message: reply.error }
  const { status, statusText, headers, body = '', bodyError } = reply
  return { kind: 'http', status, statusText, headers, body, bodyError }
}

/** A request in the form of the recording. The access key is that of the host that signs. */
function recordedRequest(request: HttpRequest, after: number, env: Readonly<Record<string, string>>): unknown {
  const { method, url, headers, body, timeoutSeconds, tls, sigv4, idempotent } = request
  const signature = sigv4 && { service: sigv4.service, region: sigv4.region, accessKey: env.AWS_ACCESS_KEY_ID }
  const afterSeconds = after > 0 ? Math.round(after * 1e6) / 1e6 : undefined
  return { method, url, headers, ...bodyOf(body), timeoutSeconds, afterSeconds, tls, sigv4: signature, idempotent }
}

function bodyOf(body: string | undefined): { readonly json?: unknown; readonly body?: string } {
  if (body === undefined) return {}
  try {
    return { json: JSON.parse(body) }
  } catch {
    return { body }
  }
}

function answerKubernetes(ask: KubernetesAsk, desk: Desk): ProviderAnswer {
  const { world, call, seen } = desk
  const { verb, resource } = ask
  if (ask.verb === 'create') {
    const { apiVersion, kind, ...object } = ask.object
    seen.actions.push({ verb, resource, namespace: ask.namespace, object })
  }
  if (ask.verb === 'delete') {
    const { namespace, name, propagationPolicy } = ask
    seen.actions.push({ verb, resource, namespace, name, propagationPolicy })
  }
  const refusal = call.apiErrors?.find((error) => error.verb === verb && error.resource === resource)
  if (refusal) return { kind: 'refused', reason: refusal.reason, message: refusal.message }
  switch (ask.verb) {
    case 'create': {
      const key = keyOf(resource, ask.namespace, ask.object.metadata.name)
      if (world.server.has(key)) return { kind: 'refused', reason: 'AlreadyExists' }
      world.server.set(key, ask.object)
      return { kind: 'object', object: ask.object }
    }
    case 'get': {
      const store = ask.fresh ? world.server : world.cache
      const object = store.get(keyOf(resource, ask.namespace, ask.name))
      return object ? { kind: 'object', object } : { kind: 'refused', reason: 'NotFound' }
    }
    case 'list':
      return { kind: 'objects', objects: listed(ask, world) }
    case 'delete': {
      const gone = !removeObject(world, keyOf(resource, ask.namespace, ask.name))
      return gone ? { kind: 'refused', reason: 'NotFound' } : { kind: 'done' }
    }
  }
}

function listed(ask: KubernetesAsk & { readonly verb: 'list' }, world: World): KubeObject[] {
  const labels = Object.entries(ask.labels ?? {})
  const ofKind = [...world.cache].filter(([key]) => key.startsWith(`${ask.resource.slice(0, -1)}/`))
  return ofKind
    .map(([, object]) => object)
    .filter((object) => ask.namespace === undefined || object.metadata.namespace === ask.namespace)
    .filter((object) => labels.every(([key, value]) => object.metadata.labels?.[key] === value))
}
