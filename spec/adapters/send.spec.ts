import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendLimits, sendWithFetch } from '../../src/adapters/send'
import type { HttpRequest } from '../../src/metrics/exchange/ask'
import { insecureFetch } from '../../src/node'
import { certificate } from './certificate'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const routes: Readonly<Record<string, Handler>> = {
  '/echo': async (request, response) => {
    const { method, url, headers } = request
    response.setHeader('X-Two', ['a', 'b'])
    response.end(JSON.stringify({ method, url, headers, body: await textOf(request) }))
  },
  '/teapot': (_request, response) => {
    response.writeHead(418, 'Short and stout')
    response.end('\uFEFFno coffee \u2615')
  },
  '/elsewhere': (_request, response) => {
    response.writeHead(302, { location: '/echo' })
    response.end()
  },
  '/gzip': (_request, response) => {
    response.setHeader('content-encoding', 'gzip')
    response.end(gzipSync('{"rate":0.5}'))
  },
  '/bomb': (_request, response) => {
    response.setHeader('content-encoding', 'gzip')
    response.end(gzipSync(Buffer.alloc(3_000_000, 'a')))
  },
  '/endless': (_request, response) => {
    const block = Buffer.alloc(65_536, 'a')
    const more = (): void => {
      while (!response.destroyed && response.write(block));
      response.once('drain', more)
    }
    more()
  },
  '/cut': (_request, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('{"rate":', () => response.destroy())
  },
  '/slow-body': (_request, response) => {
    response.write('{"rate":')
  },
  '/silent': () => {},
  '/reset': (request) => {
    request.socket.destroy()
  },
}

const handle: Handler = (request, response) => routes[request.url!.split('?')[0]!]!(request, response)

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))

describe('sendWithFetch', () => {
  const plain = createServer(handle)
  const secure = createSecureServer(certificate, handle)
  const bases = { http: '', https: '' }
  beforeAll(async () => {
    bases.http = `http://127.0.0.1:${await listen(plain)}`
    bases.https = `https://127.0.0.1:${await listen(secure)}`
  })
  afterAll(() => {
    for (const server of [plain, secure]) {
      server.closeAllConnections()
      server.close()
    }
  })
  const to = (path: string, more: Partial<HttpRequest> = {}) =>
    sendWithFetch({ method: 'GET', url: bases.http + path, timeoutSeconds: 20, ...more })
  const echoed = async (path: string, more: Partial<HttpRequest> = {}) => {
    const answer = await to(path, more)
    return answer.kind === 'http' ? JSON.parse(answer.body) : answer
  }

  it('sends what the request says: method, query, headers as UTF-8, body', async () => {
    const headers = { 'content-type': 'text/plain', 'x-name': 'Zoë ✓' }
    const seen = await echoed('/echo?a=b%20c', { method: 'POST', headers, body: 'käse' })
    expect(seen).toMatchObject({ method: 'POST', url: '/echo?a=b%20c', body: 'käse' })
    expect(seen.headers['content-type']).toBe('text/plain')
    expect(Buffer.from(seen.headers['x-name'], 'latin1').toString('utf8')).toBe('Zoë ✓')
  })

  it('answers with status, reason, headers and the text as it is', async () => {
    expect(await to('/teapot')).toMatchObject({
      kind: 'http',
      status: 418,
      statusText: 'Short and stout',
      body: '\uFEFFno coffee \u2615',
    })
    expect(await to('/echo')).toMatchObject({ headers: { 'x-two': 'a, b' } })
    expect(await to('/gzip')).toMatchObject({ body: '{"rate":0.5}' })
  })

  it('follows no redirect', async () => {
    expect(await to('/elsewhere')).toMatchObject({ kind: 'http', status: 302, headers: { location: '/echo' } })
  })

  it('gives up in time, before the headers and in the body', async () => {
    expect(await to('/silent', { timeoutSeconds: 0.05 })).toEqual({ kind: 'timeout' })
    expect(await to('/slow-body', { timeoutSeconds: 0.2 })).toMatchObject({
      kind: 'http',
      status: 200,
      body: '{"rate":',
      bodyError: 'timeout',
    })
  })

  it('says that a body was cut off', async () => {
    expect(await to('/cut')).toMatchObject({ kind: 'http', body: '{"rate":', bodyError: 'unexpected EOF' })
  })

  it('makes data of what goes wrong', async () => {
    expect(await to('/reset')).toMatchObject({ kind: 'failed' })
    const gone = createServer()
    const url = `http://127.0.0.1:${await listen(gone)}/`
    await new Promise((resolve) => gone.close(resolve))
    const refused = await sendWithFetch({ method: 'GET', url })
    expect(refused).toMatchObject({ kind: 'failed', message: expect.stringContaining('ECONNREFUSED') })
    // A port that fetch never goes to.
    const never = await sendWithFetch({ method: 'GET', url: 'http://127.0.0.1:1/' })
    expect(never).toEqual({ kind: 'failed', message: 'bad port' })
    expect(await sendWithFetch({ method: 'GET', url: 'no url' })).toMatchObject({ kind: 'failed' })
  })

  it('names neither headers nor queries in its messages', async () => {
    const attempts = await Promise.all([
      sendWithFetch({ method: 'GET', url: 'http://[bad/?token=hush-hush' }),
      to('/echo', { headers: { authorization: 'Bearer hush-hush\nx' } }),
      to('/echo', { headers: { 'hush hush': 'hush-hush' } }),
      to('/echo', { method: 'hush hush', body: 'hush-hush' }),
      to('/echo', { body: 'hush-hush' }),
    ])
    for (const answer of attempts) {
      expect(answer.kind).toBe('failed')
      expect(JSON.stringify(answer)).not.toMatch(/hush/)
    }
  })

  it('verifies certificates, unless the request says otherwise', async () => {
    const url = `${bases.https}/echo`
    const refused = await sendWithFetch({ method: 'GET', url })
    expect(refused).toMatchObject({ kind: 'failed', message: expect.stringMatching(/self.signed/i) })
    const put = { method: 'PUT', url, body: 'x', tls: { insecure: true } } as const
    expect(await sendWithFetch(put)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('rollout-engine/node'),
    })
    const trusting = await sendWithFetch(put, { insecureFetch })
    expect(trusting).toMatchObject({ kind: 'http', status: 200, headers: { 'x-two': 'a, b' } })
    expect(trusting.kind === 'http' && JSON.parse(trusting.body)).toMatchObject({ method: 'PUT', body: 'x' })
    const late = { method: 'GET', url: `${bases.https}/silent`, timeoutSeconds: 0.2, tls: { insecure: true } } as const
    expect(await sendWithFetch(late, { insecureFetch })).toEqual({ kind: 'timeout' })
    expect(await to('/echo', { tls: { insecure: true } })).toMatchObject({ kind: 'http', status: 200 })
  })

  it('lets the host sign for AWS, and refuses to send what nobody signs', async () => {
    const sigv4 = { service: 'aps', region: 'eu-central-1' }
    expect(await to('/echo', { sigv4 })).toMatchObject({ kind: 'failed', message: expect.stringContaining('sign') })
    const request = { method: 'GET', url: `${bases.http}/echo`, sigv4 }
    const sign = async (one: HttpRequest): Promise<HttpRequest> => ({
      ...one,
      headers: { 'x-signed': one.sigv4!.region },
    })
    const answer = await sendWithFetch(request, { sign })
    expect(answer.kind === 'http' && JSON.parse(answer.body).headers['x-signed']).toBe('eu-central-1')
  })

  it('goes through the fetch of the host', async () => {
    const urls: string[] = []
    const own: typeof fetch = (url, options) => {
      urls.push(String(url))
      return fetch(url, options)
    }
    const url = `${bases.http}/teapot`
    expect(await sendWithFetch({ method: 'GET', url }, { fetch: own })).toMatchObject({ status: 418 })
    expect(urls).toEqual([url])
  })

  it('stops when the host does', async () => {
    const control = new AbortController()
    const sent = sendWithFetch({ method: 'GET', url: `${bases.http}/silent` }, { signal: control.signal })
    control.abort()
    expect(await sent).toEqual({ kind: 'failed', message: 'the host gave up' })
    expect(await sendWithFetch({ method: 'GET', url: `${bases.http}/echo` }, { signal: control.signal })).toMatchObject(
      {
        kind: 'failed',
      },
    )
  })

  it('reads no more of a body than the limit, counted after decompression', async () => {
    const bomb = await sendWithFetch({ method: 'GET', url: `${bases.http}/bomb` }, { maxBodyBytes: 1_000_000 })
    expect(bomb).toMatchObject({ kind: 'http', body: '', bodyError: 'the body has more than 1000000 bytes' })
    const fits = await sendWithFetch({ method: 'GET', url: `${bases.http}/bomb` }, { maxBodyBytes: 3_000_000 })
    expect(fits).toMatchObject({ kind: 'http', body: 'a'.repeat(3_000_000) })
  })

  it('ends an endless body, over fetch and over https', async () => {
    const endless = await sendWithFetch({ method: 'GET', url: `${bases.http}/endless` })
    expect(endless).toMatchObject({ body: '', bodyError: `the body has more than ${sendLimits.maxBodyBytes} bytes` })
    const insecure = { method: 'GET', url: `${bases.https}/endless`, tls: { insecure: true } } as const
    expect(await sendWithFetch(insecure, { insecureFetch, maxBodyBytes: 100 })).toMatchObject({ body: '' })
  })

  it('gives up on requests that name no time, and on a host that heeds no signal', async () => {
    const never = () => new Promise<never>(() => {})
    const request = { method: 'GET', url: `${bases.http}/silent` }
    expect(await sendWithFetch(request, { timeoutSeconds: 0.05 })).toEqual({ kind: 'timeout' })
    expect(await sendWithFetch(request, { timeoutSeconds: 0.05, fetch: never })).toEqual({ kind: 'timeout' })
    const signed = { ...request, sigv4: { service: 'aps', region: 'eu' } }
    expect(await sendWithFetch(signed, { timeoutSeconds: 0.05, sign: never })).toEqual({ kind: 'timeout' })
  })
})
