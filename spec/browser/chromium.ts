import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

// Debian's Chromium without a window, driven over a pipe in the words of its DevTools protocol.

/** Why tests with a browser are skipped here; undefined where Chromium is installed. */
export const noBrowser: string | undefined =
  spawnSync('chromium', ['--version']).status === 0 ? undefined : 'chromium is not installed: apt-get install chromium'

type Answer = Readonly<Record<string, unknown>>

/** A page in the browser. */
export interface Page {
  /** Opens an address and waits until it is loaded. */
  readonly open: (url: string, width: number) => Promise<void>
  /** The value of an expression on the page; it has to be JSON. */
  readonly ask: <T>(expression: string) => Promise<T>
  readonly send: (method: string, parameters?: object) => Promise<Answer>
  /** Errors and warnings of the console, exceptions, and requests beyond the disk, since the page was opened. */
  readonly complaints: () => readonly string[]
  readonly close: () => Promise<void>
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: Answer
  readonly result?: Answer
  readonly error?: { readonly message: string }
}

export async function openBrowser(): Promise<Page> {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-chromium-'))
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', `--user-data-dir=${folder}`]
  const browser = spawn('chromium', [...flags, '--remote-debugging-pipe', 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const line = lineTo(browser)
  const { targetInfos } = (await line.send('Target.getTargets')) as {
    targetInfos: readonly { type: string; targetId: string }[]
  }
  const { targetId } = targetInfos.find(({ type }) => type === 'page') ?? {}
  const { sessionId } = await line.send('Target.attachToTarget', { targetId, flatten: true })
  const send = (method: string, parameters: object = {}): Promise<Answer> =>
    line.send(method, parameters, sessionId as string)
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`)
  return {
    send,
    open: async (url, width) => {
      line.complaints.length = 0
      await send('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: false })
      const loaded = line.next('Page.loadEventFired')
      await send('Page.navigate', { url })
      await loaded
    },
    ask: async <T>(expression: string) => {
      const answer = await send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })
      if (answer.exceptionDetails) throw new Error(JSON.stringify(answer.exceptionDetails))
      return (answer.result as { readonly value: T }).value
    },
    complaints: () => line.complaints,
    close: async () => {
      const ended = new Promise((resolve) => browser.once('exit', resolve))
      browser.kill()
      await ended
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function lineTo(browser: ChildProcess) {
  const [, , , to, from] = browser.stdio as unknown as [null, null, null, Writable, Readable]
  const waiting = new Map<number, (message: Message) => void>()
  const awaited = new Map<string, () => void>()
  const complaints: string[] = []
  let text = ''
  let last = 0
  const take = (message: Message): void => {
    if (message.id !== undefined) waiting.get(message.id)?.(message)
    if (message.method === undefined) return
    awaited.get(message.method)?.()
    complaints.push(...complaintsOf(message))
  }
  from.on('data', (chunk: Buffer) => {
    const parts = (text + chunk.toString('utf8')).split('\0')
    text = parts.pop() ?? ''
    for (const part of parts) take(JSON.parse(part) as Message)
  })
  return {
    complaints,
    next: (method: string) => new Promise<void>((resolve) => awaited.set(method, resolve)),
    send: (method: string, params: object = {}, sessionId?: string) =>
      new Promise<Answer>((resolve, reject) => {
        const id = ++last
        waiting.set(id, ({ result, error }) =>
          error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result ?? {}),
        )
        to.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`)
      }),
  }
}

function complaintsOf({ method, params = {} }: Message): readonly string[] {
  const { entry, request, type } = params as {
    readonly entry?: { readonly level: string; readonly text: string }
    readonly request?: { readonly url: string }
    readonly type?: string
  }
  if (method === 'Runtime.exceptionThrown') return [JSON.stringify(params.exceptionDetails)]
  if (method === 'Runtime.consoleAPICalled' && /error|warning/.test(type ?? '')) return [JSON.stringify(params.args)]
  if (method === 'Log.entryAdded' && /error|warning/.test(entry?.level ?? '')) return [entry?.text ?? '']
  if (method === 'Network.requestWillBeSent' && !/^(?:file|data|about|blob):/.test(request?.url ?? ''))
    return [`request: ${request?.url}`]
  return []
}
