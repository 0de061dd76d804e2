import { createConnection } from 'node:net'

// As much of a Redis client as this example needs: words out, replies in, many under way at the same time.

export type Reply = string | number | null | readonly Reply[] | Error

export interface RedisClient {
  /** Rejects with what Redis refuses, and where the connection is gone. */
  readonly send: (...words: readonly (string | number)[]) => Promise<Reply>
  /** What is published on the channel. This connection is of no other use from then on. */
  readonly subscribe: (channel: string, told: (message: string) => void) => Promise<unknown>
  readonly close: () => void
}

interface Waiting {
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: Error) => void
}

export function redisClient(socket: string): RedisClient {
  const connection = createConnection(socket)
  const waiting: Waiting[] = []
  const state = { rest: Buffer.alloc(0), gone: undefined as Error | undefined }
  const listeners = new Map<string, (message: string) => void>()
  const give = (reply: Reply): void => {
    const [kind, channel, message] = Array.isArray(reply) ? reply : []
    if (kind === 'message') listeners.get(String(channel))?.(String(message))
    else if (reply instanceof Error) waiting.shift()?.reject(reply)
    else waiting.shift()?.resolve(reply)
  }
  connection.on('data', (part: Buffer) => {
    state.rest = Buffer.concat([state.rest, part])
    let at = 0
    for (let read = readReply(state.rest, at); read; read = readReply(state.rest, at)) {
      at = read.next
      give(read.reply)
    }
    state.rest = state.rest.subarray(at)
  })
  const lose = (error?: Error): void => {
    state.gone ??= error ?? new Error('the connection to Redis is gone')
    for (const { reject } of waiting.splice(0)) reject(state.gone)
  }
  connection.on('error', lose)
  connection.on('close', () => lose())
  const send: RedisClient['send'] = (...words) =>
    new Promise((resolve, reject) => {
      if (state.gone) return reject(state.gone)
      waiting.push({ resolve, reject })
      const texts = words.map(String)
      connection.write(
        `*${texts.length}\r\n${texts.map((text) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`).join('')}`,
      )
    })
  return {
    send,
    subscribe(channel, told) {
      listeners.set(channel, told)
      return send('SUBSCRIBE', channel)
    },
    close: () => void connection.destroy(),
  }
}

interface Read {
  readonly reply: Reply
  readonly next: number
}

/** One reply of the protocol (RESP 2); undefined where its end has not come yet. */
function readReply(buffer: Buffer, at: number): Read | undefined {
  const end = buffer.indexOf('\r\n', at)
  if (end < 0) return undefined
  const head = buffer.toString('utf8', at + 1, end)
  const next = end + 2
  switch (String.fromCharCode(buffer[at] ?? 0)) {
    case ':':
      return { reply: Number(head), next }
    case '-':
      return { reply: new Error(head), next }
    case '$': {
      const length = Number(head)
      if (length < 0) return { reply: null, next }
      if (buffer.length < next + length + 2) return undefined
      return { reply: buffer.toString('utf8', next, next + length), next: next + length + 2 }
    }
    case '*':
      return readList(buffer, next, Number(head))
    default:
      return { reply: head, next }
  }
}

function readList(buffer: Buffer, from: number, length: number): Read | undefined {
  const reply: Reply[] = []
  let next = from
  for (let at = 0; at < length; at++) {
    const read = readReply(buffer, next)
    if (!read) return undefined
    reply.push(read.reply)
    next = read.next
  }
  return { reply, next }
}
