import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { applyMergePatch } from '../../../../src/kube/mergePatch'

// Two things that the API server does and Fabric8's mock server does not: watches over plain HTTP (it has WebSockets only), and merge
// patches that replace lists (it appends). Everything else goes through as it comes.

export interface WatchProxy {
  readonly url: string
  readonly close: () => Promise<void>
}

export async function watchProxy(port: number): Promise<WatchProxy> {
  const open = new Set<Socket>()
  const server = createServer((incoming, outgoing) => {
    const isWatch = /[?&]watch=(true|1)\b/.test(incoming.url ?? '')
    const isMergePatch = incoming.headers['content-type']?.includes('merge-patch') === true
    if (isWatch) watch(port, incoming, outgoing, open)
    else if (isMergePatch) void mergePatch(port, incoming, outgoing).catch(() => outgoing.destroy())
    else passOn(port, incoming, outgoing)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const socket of open) socket.destroy()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function passOn(port: number, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url: path, headers } = incoming
  const asked = request({ port, method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
    answer.pipe(outgoing)
  })
  asked.on('error', () => outgoing.destroy())
  incoming.pipe(asked)
}

/** Reads, merges and writes, on condition of the version that was read. */
async function mergePatch(port: number, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = `http://127.0.0.1:${port}${incoming.url}`
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  const patch = JSON.parse(Buffer.concat(parts).toString('utf8'))
  // The status has no address of its own to read from.
  const known = await fetch(url.replace(/\/status$/, ''))
  const isThere = known.ok
  const object: unknown = isThere ? await known.json() : {}
  const answer = isThere
    ? await fetch(url, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(applyMergePatch(object, patch)),
      })
    : undefined
  outgoing.writeHead(answer?.status ?? known.status, { 'content-type': 'application/json' })
  outgoing.end(answer ? await answer.text() : JSON.stringify(object))
}

const handshake = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': Buffer.from('sixteen bytes...').toString('base64'),
}

/** Each message of the socket is a line of the answer. */
function watch(port: number, incoming: IncomingMessage, outgoing: ServerResponse, open: Set<Socket>): void {
  const asked = request({ port, path: incoming.url, headers: handshake })
  asked.on('error', () => outgoing.destroy())
  asked.on('upgrade', (_answer, socket: Socket, first: Buffer) => {
    open.add(socket)
    outgoing.writeHead(200, { 'content-type': 'application/json' })
    outgoing.flushHeaders()
    const state = { rest: first }
    const take = (part: Buffer): void => {
      const { texts, rest } = messagesIn(Buffer.concat([state.rest, part]))
      state.rest = rest
      for (const text of texts) outgoing.write(`${text}\n`)
    }
    take(Buffer.alloc(0))
    socket.on('data', take)
    socket.on('error', () => outgoing.destroy())
    socket.on('close', () => {
      open.delete(socket)
      outgoing.end()
    })
    outgoing.on('close', () => socket.destroy())
  })
  asked.end()
}

/** Texts of whole frames: a server's are not masked (RFC 6455, 5.2). */
function messagesIn(buffer: Buffer): { readonly texts: readonly string[]; readonly rest: Buffer } {
  const texts: string[] = []
  let at = 0
  while (buffer.length - at >= 2) {
    const short = (buffer[at + 1] ?? 0) & 0x7f
    const head = short === 126 ? 4 : short === 127 ? 10 : 2
    if (buffer.length - at < head) break
    const length =
      short === 126 ? buffer.readUInt16BE(at + 2) : short === 127 ? Number(buffer.readBigUInt64BE(at + 2)) : short
    if (buffer.length - at < head + length) break
    const isText = ((buffer[at] ?? 0) & 0x0f) === 1
    if (isText) texts.push(buffer.toString('utf8', at + head, at + head + length))
    at += head + length
  }
  return { texts, rest: buffer.subarray(at) }
}
