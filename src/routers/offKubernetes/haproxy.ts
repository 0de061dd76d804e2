import type { Issue } from '../../model/issue'
import { takeBackend, takeShares } from '../wellFormed'
import type { TrafficShare } from './trafficShares'

/** HAProxy's largest weight of a server. */
const largestWeight = 256
const namePattern = /^[A-Za-z0-9_.:-]+$/

/** A server of a backend: the pods of one Service at one address. */
export interface HaproxyServer {
  /** Name in the configuration: letters, digits, `_`, `.`, `:` and `-`. */
  readonly name: string
  /** `host:port`. */
  readonly address: string
  /** Which Service's traffic it takes. */
  readonly service: string
}

/** A backend and its servers, as HAProxy's configuration has them. */
export interface HaproxyBackend {
  readonly name: string
  readonly servers: readonly HaproxyServer[]
}

/** Text for HAProxy, or issues with names. */
export interface HaproxyText {
  readonly lines: readonly string[]
  readonly issues: readonly Issue[]
}

/**
 * A `backend` section of HAProxy's configuration. Servers of a Service share its weight evenly; a weight of 0 takes no
 * new requests. Names that HAProxy would not read are issues, and there are no lines then.
 *
 * @see https://docs.haproxy.org/2.6/configuration.html#5.2-weight
 *
 * @example
 * import { haproxyBackend, trafficShares } from 'rollout-engine/routers'
 * const servers = [
 *   { name: 'stable', address: '127.0.0.1:9001', service: 'web' },
 *   { name: 'canary', address: '127.0.0.1:9002', service: 'web-canary' },
 * ]
 * const shares = trafficShares({ canary: 'web-canary', stable: 'web', weight: 20 })
 * haproxyBackend({ name: 'web', servers }, shares).lines.at(-1) // => '    server canary 127.0.0.1:9002 weight 20'
 */
export function haproxyBackend(backend: HaproxyBackend, shares: readonly TrafficShare[]): HaproxyText {
  return textOf(backend, shares, ({ name, servers }, weights) => [
    `backend ${name}`,
    '    balance roundrobin',
    ...servers.map((server, at) => `    server ${server.name} ${server.address} weight ${weights[at]}`),
  ])
}

/**
 * Commands of HAProxy's runtime API that set the weight of every server of a backend, without a reload.
 *
 * @see https://docs.haproxy.org/2.6/management.html#9.3-set%20server
 *
 * @example
 * import { haproxyCommands, trafficShares } from 'rollout-engine/routers'
 * const servers = [
 *   { name: 'stable', address: '127.0.0.1:9001', service: 'web' },
 *   { name: 'canary', address: '127.0.0.1:9002', service: 'web-canary' },
 * ]
 * const shares = trafficShares({ canary: 'web-canary', stable: 'web', weight: 20 })
 * haproxyCommands({ name: 'web', servers }, shares).lines // => ['set server web/stable weight 80', 'set server web/canary weight 20']
 */
export function haproxyCommands(backend: HaproxyBackend, shares: readonly TrafficShare[]): HaproxyText {
  return textOf(backend, shares, ({ name, servers }, weights) =>
    servers.map((server, at) => `set server ${name}/${server.name} weight ${weights[at]}`),
  )
}

function textOf(
  given: HaproxyBackend,
  givenShares: readonly TrafficShare[],
  print: (backend: HaproxyBackend, weights: readonly number[]) => readonly string[],
): HaproxyText {
  const backend = takeBackend(given).value
  const { shares } = takeShares({ shares: givenShares }).value
  const issues = [...nameIssues(backend), ...shareIssues(backend, shares)]
  return issues.length > 0 ? { lines: [], issues } : { lines: print(backend, serverWeights(backend, shares)), issues }
}

function nameIssues({ name, servers }: HaproxyBackend): readonly Issue[] {
  const names = [
    { path: 'name', text: name },
    ...servers.flatMap((server, at) => [
      { path: `servers[${at}].name`, text: server.name },
      { path: `servers[${at}].address`, text: server.address },
    ]),
  ]
  return names
    .filter(({ text }) => !namePattern.test(text))
    .map(({ path, text }) => ({
      code: 'invalid-name',
      path,
      message: `HAProxy cannot read ${JSON.stringify(text)}: use letters, digits and _.:- only`,
    }))
}

/** Traffic for a Service without servers would silently go to the others. */
const shareIssues = ({ servers }: HaproxyBackend, shares: readonly TrafficShare[]): readonly Issue[] =>
  shares
    .filter(({ service, weightPercent }) => weightPercent > 0 && !servers.some((server) => server.service === service))
    .map(({ service, weightPercent }) => ({
      code: 'no-server',
      path: 'servers',
      message: `${service} gets ${weightPercent} % of the traffic and has no server: add one`,
    }))

/**
 * Weights of the servers, in their order: the share of a Service over its servers, as fine as HAProxy's scale allows.
 */
function serverWeights({ servers }: HaproxyBackend, shares: readonly TrafficShare[]): readonly number[] {
  const percentOf = new Map(shares.map(({ service, weightPercent }) => [service, weightPercent]))
  const countOf = new Map<string, number>()
  for (const { service } of servers) countOf.set(service, (countOf.get(service) ?? 0) + 1)
  const parts = servers.map(({ service }) => (percentOf.get(service) ?? 0) / countOf.get(service)!)
  // Whole percents stay as they are where every Service has one server.
  const isWhole = parts.every(Number.isInteger)
  const scale = isWhole ? 1 : largestWeight / Math.max(...parts)
  return parts.map((part) => Math.round(part * scale))
}
