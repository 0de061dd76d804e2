import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type HaproxyServer, haproxyBackend, haproxyCommands, type TrafficShare } from 'rollout-engine/routers'
import { freePort, hasEnded, isInstalled, startChild, stopChild, temporaryFolder, untilTrue } from './children'

/** Debian: `apt-get install haproxy`. */
export const isHaproxyInstalled = (): boolean => isInstalled('haproxy', '-v')

/** A HAProxy of one's own in front of pods that come and go. */
export interface Haproxy {
  /** Where requests go in. */
  readonly url: string
  /** Sends requests to these ports only. `group` of a port is what the shares name. */
  readonly route: (
    ports: readonly { readonly port: number; readonly group: string }[],
    shares: readonly TrafficShare[],
  ) => Promise<void>
  /** Weights in percent by port, as HAProxy itself says. */
  readonly weights: () => Promise<ReadonlyMap<number, number>>
  readonly stop: () => Promise<void>
}

const backendName = 'web'
/** Servers that HAProxy knows from the start. Pods take and leave them: nothing is ever reloaded. */
const slotNames = Array.from({ length: 16 }, (_, at) => `slot${at}`)
const nobody = 'nobody'
/** A slot without a pod has weight 0: nothing is sent there. */
const nowhere = '127.0.0.1:1'

const emptySlots: readonly HaproxyServer[] = slotNames.map((name) => ({ name, address: nowhere, service: nobody }))

const configFor = (socket: string, port: number): string =>
  [
    'global',
    `    stats socket ${socket} level admin`,
    '    maxconn 200',
    'defaults',
    '    mode http',
    '    option http-server-close',
    '    option redispatch',
    '    retries 3',
    '    timeout connect 2s',
    '    timeout client 10s',
    '    timeout server 10s',
    'frontend entry',
    `    bind 127.0.0.1:${port}`,
    `    default_backend ${backendName}`,
    ...haproxyBackend({ name: backendName, servers: emptySlots }, [{ service: nobody, weightPercent: 0 }]).lines,
    '',
  ].join('\n')

export async function startHaproxy(): Promise<Haproxy> {
  const { folder, remove } = temporaryFolder()
  const [socket, config] = [join(folder, 'admin.sock'), join(folder, 'haproxy.cfg')]
  const port = await freePort()
  writeFileSync(config, configFor(socket, port))
  const child = startChild('haproxy', ['-f', config, '-db'], { stdio: 'ignore' })
  const stop = async (): Promise<void> => {
    await stopChild(child)
    remove()
  }
  try {
    await untilTrue('HAProxy answers', async () => {
      if (hasEnded(child)) throw new Error('HAProxy ended before it was ready')
      return (await command(socket, 'show info').catch(() => '')).includes('Version')
    })
  } catch (error) {
    await stop()
    throw error
  }
  return { url: `http://127.0.0.1:${port}`, stop, ...routing(socket) }
}

function routing(socket: string): Pick<Haproxy, 'route' | 'weights'> {
  const slots = new Map<string, number>()
  return {
    async route(ports, shares) {
      for (const [slot, taken] of slots) if (!ports.some(({ port }) => port === taken)) slots.delete(slot)
      const taken = new Set(slots.values())
      for (const { port } of ports.filter((one) => !taken.has(one.port))) {
        const slot = slotNames.find((name) => !slots.has(name))
        if (slot === undefined) throw new Error(`there are ${slotNames.length} slots, and more pods`)
        slots.set(slot, port)
        await command(socket, `set server ${backendName}/${slot} addr 127.0.0.1 port ${port}`)
      }
      const groupOf = new Map(ports.map(({ port, group }) => [port, group]))
      const servers = emptySlots.map((server) => ({
        ...server,
        service: groupOf.get(slots.get(server.name) ?? 0) ?? nobody,
      }))
      const { lines, issues } = haproxyCommands({ name: backendName, servers }, shares)
      if (issues[0]) throw new Error(issues[0].message)
      const answer = (await command(socket, lines.join('; '))).trim()
      if (answer !== '') throw new Error(`HAProxy: ${answer}`)
    },
    async weights() {
      // Columns as in HAProxy's management guide, `show servers state`: 4 is the name, 8 the weight that was set.
      const rows = (await command(socket, `show servers state ${backendName}`)).split('\n').map((row) => row.split(' '))
      const set = rows.flatMap(([, , , name = '', , , , weight]) => {
        const port = slots.get(name)
        return port === undefined ? [] : ([[port, Number(weight)]] as const)
      })
      const total = set.reduce((sum, [, weight]) => sum + weight, 0)
      return new Map(set.map(([port, weight]) => [port, total === 0 ? 0 : (100 * weight) / total]))
    },
  }
}

/** Commands of the runtime API, and what HAProxy answers. */
const command = (socket: string, line: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    const connection = connect(socket, () => connection.end(`${line}\n`))
    connection.on('data', (part) => parts.push(part))
    connection.on('error', reject)
    connection.on('close', () => resolve(Buffer.concat(parts).toString('utf8')))
  })
