import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, createServer, get, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { haproxyBackend, haproxyCommands, nginxSplitClients, trafficShares } from '../../src/routers/index'

// Our commands against Debian's HAProxy, on the loopback interface only.

const isInstalled = (program: string): boolean => spawnSync(program, ['-v']).error === undefined
const hasHaproxy = isInstalled('haproxy')
if (!hasHaproxy) console.log('haproxy is not installed (Debian: apt-get install haproxy): its test is skipped')
const hasNginx = isInstalled('nginx')
if (!hasNginx) console.log('nginx is not installed (Debian: apt-get install nginx-light): its test is skipped')

const requests = 10_000
const atOnce = 20

describe.skipIf(!hasHaproxy)('a real HAProxy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-haproxy-'))
  const socket = join(folder, 'admin.sock')
  const servers: Server[] = []
  const context = { port: 0, child: undefined as ChildProcess | undefined, ports: [] as number[] }
  const sharesAt = (weight: number) => trafficShares({ canary: 'web-canary', stable: 'web', weight })
  const backend = () => ({
    name: 'web',
    servers: [
      { name: 'stable', address: `127.0.0.1:${context.ports[0]}`, service: 'web' },
      { name: 'canary', address: `127.0.0.1:${context.ports[1]}`, service: 'web-canary' },
    ],
  })

  const configuration = (): string =>
    [
      'global',
      `    stats socket ${socket} level admin`,
      'defaults',
      '    mode http',
      '    timeout connect 5s',
      '    timeout client 30s',
      '    timeout server 30s',
      'frontend entry',
      `    bind 127.0.0.1:${context.port}`,
      '    default_backend web',
      ...haproxyBackend(backend(), sharesAt(0)).lines,
      '',
    ].join('\n')

  beforeAll(async () => {
    for (const answer of ['stable', 'canary']) {
      const server = createServer((_, response) => response.end(answer)).listen(0, '127.0.0.1')
      await new Promise((resolve) => server.once('listening', resolve))
      servers.push(server)
      context.ports.push((server.address() as AddressInfo).port)
    }
    context.port = await freePort()
    writeFileSync(join(folder, 'haproxy.cfg'), configuration())
    context.child = spawn('haproxy', ['-f', join(folder, 'haproxy.cfg'), '-db'], { stdio: 'ignore' })
    await until(async () => (await command(socket, 'show info')).includes('Version'))
  })

  afterAll(() => {
    context.child?.kill('SIGKILL')
    for (const server of servers) server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('accepts the backend section', () => {
    const checked = spawnSync('haproxy', ['-c', '-f', join(folder, 'haproxy.cfg')], { encoding: 'utf8' })
    expect(`${checked.status} ${checked.stderr}`).toMatch(/^0 /)
  })

  test(`sends the canary its share of ${requests} requests at 0, 20, 50 and 100 percent, within 2 points`, async () => {
    for (const weight of [0, 20, 50, 100]) {
      for (const line of haproxyCommands(backend(), sharesAt(weight)).lines) {
        expect((await command(socket, line)).trim()).toBe('')
      }
      const canary = await countCanary(context.port)
      expect(
        Math.abs((canary / requests) * 100 - weight),
        `${canary} of ${requests} at ${weight} %`,
      ).toBeLessThanOrEqual(2)
      if (weight === 0 || weight === 100) expect(canary).toBe((weight / 100) * requests)
    }
  }, 120_000)
})

describe.skipIf(!hasNginx)('a real nginx', () => {
  test.for([0, 1, 50, 99, 100])('accepts the split at %i percent', (weight) => {
    const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-nginx-'))
    const shares = trafficShares({ canary: 'web-canary', stable: 'web', weight })
    const { lines } = nginxSplitClients({ variable: 'chosen', key: '$remote_addr$request_id' }, shares)
    const file = join(folder, 'nginx.conf')
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    )
    writeFileSync(file, ['events {}', `pid ${folder}/pid;`, 'http {', ...paths, ...lines, '}', ''].join('\n'))
    const checked = spawnSync('nginx', ['-t', '-c', file, '-e', join(folder, 'log')], { encoding: 'utf8' })
    rmSync(folder, { recursive: true, force: true })
    expect(`${checked.status} ${checked.stderr}`).toMatch(/^0 /)
  })
})

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

/** One command of the runtime API; an empty text where the socket is not there yet. */
const command = (path: string, line: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = ''
    const connection = connect(path, () => connection.end(`${line}\n`))
    connection.on('data', (chunk) => {
      answer += String(chunk)
    })
    connection.on('error', () => resolve(''))
    connection.on('close', () => resolve(answer))
  })

async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if (await isDone()) return
    await pause(20)
  }
  throw new Error('HAProxy did not start')
}

async function countCanary(port: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const answers = { left: requests, canary: 0 }
  const worker = async (): Promise<void> => {
    while (answers.left-- > 0) if ((await body(port, agent)) === 'canary') answers.canary++
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  agent.destroy()
  return answers.canary
}

const body = (port: number, agent: Agent): Promise<string> =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += String(chunk)
      })
      response.on('end', () => resolve(text))
    }).on('error', reject)
  })
