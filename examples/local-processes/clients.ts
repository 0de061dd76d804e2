import { Agent, get } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** How many requests each version has answered. */
export interface Answers {
  readonly [version: string]: { readonly good: number; readonly bad: number }
}

export interface Clients {
  /** Since the last time. Requests that got no answer of the shop count for `nobody`. */
  readonly take: () => Answers
  /** Resolves once everything is answered that was asked before. */
  readonly answered: () => Promise<void>
  readonly stop: () => Promise<void>
}

const atOnce = 4
const pauseMilliseconds = 15

/** People who want something from the shop, all the time. */
export function startClients(url: string): Clients {
  const state = {
    isStopped: false,
    asked: new Set<Promise<unknown>>(),
    answers: {} as Record<string, { good: number; bad: number }>,
  }
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const count = (version: string, isGood: boolean): void => {
    const known = state.answers[version] ?? { good: 0, bad: 0 }
    state.answers[version] = known
    known[isGood ? 'good' : 'bad']++
  }
  const client = async (): Promise<void> => {
    while (!state.isStopped) {
      const asked = ask(url, agent)
      state.asked.add(asked)
      const { code, text } = await asked
      state.asked.delete(asked)
      // 503 is HAProxy's own word: it found no pod.
      count(code === 200 || code === 500 ? text : 'nobody', code === 200)
      await wait(pauseMilliseconds)
    }
  }
  const all = Promise.all(Array.from({ length: atOnce }, client))
  return {
    take() {
      const { answers } = state
      state.answers = {}
      return answers
    },
    answered: async () => void (await Promise.all(state.asked)),
    async stop() {
      state.isStopped = true
      await all
      agent.destroy()
    },
  }
}

const ask = (url: string, agent: Agent): Promise<{ readonly code: number; readonly text: string }> =>
  new Promise((resolve) => {
    const failed = (): void => resolve({ code: 0, text: '' })
    const request = get(url, { agent, timeout: 5000 }, (response) => {
      let text = ''
      response.on('data', (part: Buffer) => {
        text += part.toString('utf8')
      })
      response.on('end', () => resolve({ code: response.statusCode ?? 0, text }))
      response.on('error', failed)
    })
    request.on('timeout', () => request.destroy())
    request.on('error', failed)
  })
