import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { tellByMail } from '../examples/12-email/main'

// The e-mail example against a mail server that takes or refuses mails, as RFC 5321 has it.

interface Mail {
  readonly from: string
  readonly to: string
  readonly text: string
}

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((closed) => server.close(closed))
})

/** A server on a free port; it refuses recipients that are not known. */
async function mailServer(isKnown: (recipient: string) => boolean) {
  const mails: Mail[] = []
  const server = createServer((socket) => converse(socket, isKnown, (mail) => mails.push(mail)))
  servers.push(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return { mails, server: { host: '127.0.0.1', port } }
}

function converse(socket: Socket, isKnown: (recipient: string) => boolean, take: (mail: Mail) => void): void {
  let [from, to, heard] = ['', '', '']
  let isData = false
  const say = (line: string): unknown => socket.write(`${line}\r\n`)
  const answer = (line: string): unknown => {
    const [, address = ''] = /<(.*)>/.exec(line) ?? []
    if (/^(?:EHLO|HELO)/i.test(line)) return say('250 mail.shop.example')
    if (/^MAIL FROM/i.test(line)) from = address
    if (/^RCPT TO/i.test(line)) {
      if (!isKnown(address)) return say('550 5.1.1 no such user here')
      to = address
    }
    if (/^DATA/i.test(line)) {
      isData = true
      return say('354 end with .')
    }
    if (/^QUIT/i.test(line)) return socket.end('221 bye\r\n')
    return say('250 ok')
  }
  say('220 mail.shop.example')
  socket.on('data', (bytes) => {
    heard += bytes.toString('utf8')
    while (true) {
      const end = heard.indexOf(isData ? '\r\n.\r\n' : '\r\n')
      if (end < 0) return
      const part = heard.slice(0, end)
      heard = heard.slice(end + (isData ? 5 : 2))
      if (!isData) {
        answer(part)
        continue
      }
      isData = false
      take({ from, to, text: part })
      say('250 taken')
    }
  })
}

test('each subscriber gets one mail, with the subject and the text of the template', async () => {
  const { mails, server } = await mailServer(() => true)
  expect(await tellByMail(server)).toEqual([
    'sent to oncall@shop.example: web is paused',
    'sent to web@shop.example: web is paused',
  ])
  expect(mails.map(({ from, to }) => [from, to])).toEqual([
    ['rollouts@shop.example', 'oncall@shop.example'],
    ['rollouts@shop.example', 'web@shop.example'],
  ])
  for (const { text } of mails) {
    expect(text).toContain('Subject: web is paused')
    expect(text).toContain('Rollout web waits for somebody to promote it.')
  }
})

test('a mail that the server refuses holds up nobody else', async () => {
  const { mails, server } = await mailServer((recipient) => recipient.startsWith('web'))
  const said = await tellByMail(server)
  expect(said[0]).toMatch(/^not sent to oncall@shop\.example: .*550 5\.1\.1 no such user/)
  expect(said[1]).toBe('sent to web@shop.example: web is paused')
  expect(mails.map(({ to }) => to)).toEqual(['web@shop.example'])
})
