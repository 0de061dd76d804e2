import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { resources } from '../../../examples/kubernetes-controller/resources'
import type { KubeObject } from '../../../src/model/meta'
import { notFound, type ObjectServer, objectServer, type Refusal, refusal, type Written } from './objectServer'

// A small API server for tests: lists in pages, watches with bookmarks and 410, versions and conflicts, the status
// subresource, evictions, discovery for kubectl. It shares no code with the controller but the table of kinds.

/** What goes wrong with a request. `cuts`: nobody looks at it. `loses`: it is carried out, and only its answer is lost. */
export type Fault =
  | { readonly code: number; readonly reason: string }
  | { readonly cuts: true }
  | { readonly loses: true }
  | { readonly lagMilliseconds: number }
  | undefined

export interface TestApiServer {
  readonly url: string
  readonly objects: ObjectServer
  /** `POST argoproj.io/v1alpha1/analysisruns`, in order; writes that were carried out only. */
  readonly writes: readonly string[]
  /** Ends every watch that is open. */
  readonly closeWatches: () => void
  readonly close: () => Promise<void>
}

interface Target {
  readonly place: string
  readonly namespace: string
  readonly name: string
  readonly part: string
}

/** `/apis/apps/v1/namespaces/shop/replicasets/web/status` */
function targetOf(path: string): Target | undefined {
  const words = path
    .split('/')
    .filter((word) => word !== '')
    .map(decodeURIComponent)
  const isCore = words[0] === 'api'
  if (!isCore && words[0] !== 'apis') return undefined
  const version = isCore ? words.slice(1, 2) : words.slice(1, 3)
  const rest = words.slice(isCore ? 2 : 3)
  const [namespace, others] = rest[0] === 'namespaces' && rest.length > 2 ? [rest[1] ?? '', rest.slice(2)] : ['', rest]
  const [plural, name = '', part = ''] = others
  return plural === undefined ? undefined : { place: [...version, plural].join('/'), namespace, name, part }
}

export async function startApiServer(
  faultOf: (method: string, target: Target) => Fault = () => undefined,
  /** So late are those told who watch: their caches lag behind. */
  watchLagMilliseconds = 0,
): Promise<TestApiServer> {
  const objects = objectServer()
  const writes: string[] = []
  const watches = new Set<ServerResponse>()

  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing).catch((error: unknown) =>
      send(outgoing, 500, statusOf({ code: 500, reason: 'InternalError', message: String(error) })),
    )
  })

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://server')
    const body = await bodyOf(incoming)
    const method = incoming.method ?? 'GET'
    const found = discovery(url.pathname)
    if (found) return send(outgoing, 200, found)
    const target = targetOf(url.pathname)
    const known = target && kindOf(target.place)
    if (!target || !known)
      return send(
        outgoing,
        404,
        statusOf({ code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' }),
      )
    const fault = faultOf(method, target)
    if (fault && 'cuts' in fault) return void outgoing.destroy()
    if (fault && 'lagMilliseconds' in fault) await pause(fault.lagMilliseconds)
    if (fault && 'code' in fault) return send(outgoing, fault.code, statusOf({ ...fault, message: fault.reason }))
    if (method === 'GET' && target.name === '') {
      return url.searchParams.get('watch')
        ? watch(outgoing, target, url.searchParams)
        : list(outgoing, target, known, url.searchParams)
    }
    const written = carryOut(objects, method, target, body as KubeObject)
    if ('refusal' in written) return send(outgoing, written.refusal.code, statusOf(written.refusal))
    if (method !== 'GET') writes.push(`${method} ${target.place}${target.part && `/${target.part}`}`)
    if (fault && 'loses' in fault) return void outgoing.destroy()
    send(outgoing, method === 'POST' ? 201 : 200, written.object)
  }

  function list(
    outgoing: ServerResponse,
    { place, namespace }: Target,
    { apiVersion, kind }: Known,
    query: URLSearchParams,
  ): void {
    const all = objects.list(place, namespace).filter(({ metadata }) => isNamed(metadata.name, query))
    const from = Number(query.get('continue') ?? 0)
    const until = from + Number(query.get('limit') ?? all.length)
    const metadata = {
      resourceVersion: String(objects.version()),
      ...(until < all.length && { continue: String(until) }),
    }
    send(outgoing, 200, { apiVersion, kind: `${kind}List`, metadata, items: all.slice(from, until) })
  }

  function watch(outgoing: ServerResponse, { place, namespace }: Target, query: URLSearchParams): void {
    outgoing.writeHead(200, { 'content-type': 'application/json', 'transfer-encoding': 'chunked' })
    const past = objects.since(Number(query.get('resourceVersion') ?? 0))
    const tell = (type: string, object: unknown): void => void outgoing.write(`${JSON.stringify({ type, object })}\n`)
    if (!past) {
      tell('ERROR', statusOf({ code: 410, reason: 'Expired', message: 'too old resource version' }))
      return void outgoing.end()
    }
    const isSeen = (event: { place: string; object: KubeObject }): boolean =>
      event.place === place && (namespace === '' || event.object.metadata.namespace === namespace)
    for (const event of past.filter(isSeen)) tell(event.type, event.object)
    const tellLater = (type: string, object: unknown): void => {
      if (watchLagMilliseconds === 0) tell(type, object)
      else setTimeout(() => outgoing.writable && tell(type, object), watchLagMilliseconds)
    }
    const end = objects.watch((event) => isSeen(event) && tellLater(event.type, event.object))
    const { apiVersion, kind } = kindOf(place)!
    const bookmarks = setInterval(() => {
      tellLater('BOOKMARK', { apiVersion, kind, metadata: { resourceVersion: String(objects.version()) } })
    }, 500)
    watches.add(outgoing)
    outgoing.on('close', () => {
      clearInterval(bookmarks)
      watches.delete(outgoing)
      end()
    })
    outgoing.flushHeaders()
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const closeWatches = (): void => {
    for (const one of [...watches]) one.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    writes,
    closeWatches,
    close: () => {
      closeWatches()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

interface Known {
  readonly apiVersion: string
  readonly kind: string
  readonly isOfCluster: boolean
}

const others = {
  Event: { apiVersion: 'v1', plural: 'events' },
  Lease: { apiVersion: 'coordination.k8s.io/v1', plural: 'leases' },
  Secret: { apiVersion: 'v1', plural: 'secrets' },
  Namespace: { apiVersion: 'v1', plural: 'namespaces', isOfCluster: true },
}

const served: readonly (readonly [
  string,
  { apiVersion: string; plural: string; isOptional?: boolean; isOfCluster?: boolean },
])[] = Object.entries({ ...resources, ...others })

/** Kinds that a cluster need not have are not there. */
const kinds: ReadonlyMap<string, Known> = new Map(
  served
    .filter(([, { isOptional }]) => !isOptional)
    .map(([kind, { apiVersion, plural, isOfCluster = false }]) => [
      `${apiVersion}/${plural}`,
      { apiVersion, kind, isOfCluster },
    ]),
)

const kindOf = (place: string): Known | undefined => kinds.get(place)

function carryOut(
  objects: ObjectServer,
  method: string,
  { place, namespace, name, part }: Target,
  body: KubeObject,
): Written {
  if (part === 'eviction') return objects.remove(place, namespace, name)
  const side = part === 'status' ? 'status' : 'object'
  switch (method) {
    case 'GET': {
      const object = objects.get(place, namespace, name)
      return object ? { object } : notFound(place, name)
    }
    case 'POST':
      return objects.create(place, namespace, body)
    case 'PUT':
      return objects.put(place, namespace, name, body, side)
    case 'PATCH':
      return objects.patch(place, namespace, name, body, side)
    case 'DELETE':
      return objects.remove(place, namespace, name)
    default:
      return refusal(405, 'MethodNotAllowed', `${method} is not allowed`)
  }
}

/** kubectl asks for one object by name through a list. */
function isNamed(name: string, query: URLSearchParams): boolean {
  const wanted = /^metadata\.name=(.*)$/.exec(query.get('fieldSelector') ?? '')?.[1]
  return wanted === undefined || wanted === name
}

function discovery(path: string): object | undefined {
  const versions = [...new Set([...kinds.values()].map(({ apiVersion }) => apiVersion))]
  if (path === '/version') return { major: '1', minor: '30', gitVersion: 'v1.30.0' }
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] }
  if (path === '/apis') {
    const groups = versions
      .filter((version) => version.includes('/'))
      .map((groupVersion) => {
        const [name = '', version = ''] = groupVersion.split('/')
        const preferred = { groupVersion, version }
        return { name, versions: [preferred], preferredVersion: preferred }
      })
    return { kind: 'APIGroupList', apiVersion: 'v1', groups }
  }
  const groupVersion = /^\/(?:api|apis)\/(v1|[^/]+\/[^/]+)$/.exec(path)?.[1]
  if (groupVersion === undefined || !versions.includes(groupVersion)) return undefined
  const listed = [...kinds].filter(([, { apiVersion }]) => apiVersion === groupVersion)
  const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']
  const named = listed.map(([place, { kind, isOfCluster }]) => ({
    name: place.split('/').at(-1),
    singularName: kind.toLowerCase(),
    namespaced: !isOfCluster,
    kind,
    verbs,
  }))
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: named }
}

const statusOf = ({ code, reason, message }: Refusal): object => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  code,
  reason,
  message,
})

function send(outgoing: ServerResponse, code: number, body: object): void {
  if (outgoing.headersSent) return void outgoing.destroy()
  outgoing.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString('utf8')
  return text === '' ? undefined : JSON.parse(text)
}
