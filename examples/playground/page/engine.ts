import type { Question, Reply } from '../engine/messages'

// The worker with the engine: at most one question at a time, of those that wait only the newest.

declare function playgroundEngine(): void
declare function playgroundAnalyses(): void

export interface Engine {
  readonly ask: (question: Omit<Question, 'id'>) => void
}

type Answered = Extract<Reply, { readonly kind: 'answer' }>

export interface Heard {
  readonly answered: (reply: Answered) => void
  readonly failed: (message: string) => void
}

/** A simulation that takes longer is stopped. Usual ones take a hundredth of that. */
const patienceMilliseconds = 10_000

export function startEngine(heard: Heard): Engine {
  let worker: Worker | undefined
  let isReady = false
  let hasAnalyses = false
  let waiting: Omit<Question, 'id'> | undefined
  let asked: Question | undefined
  let last = 0
  let patience: ReturnType<typeof setTimeout> | undefined

  const next = (): void => {
    if (!worker || !isReady || asked || !waiting) return
    asked = { ...waiting, id: ++last }
    waiting = undefined
    worker.postMessage(asked)
    patience = setTimeout(() => restart('it takes too long: it was stopped'), patienceMilliseconds)
  }
  const take = (reply: Reply): void => {
    if (reply.kind === 'ready') isReady = true
    else {
      clearTimeout(patience)
      const former = asked
      asked = undefined
      if (reply.kind === 'answer') heard.answered(reply)
      if (reply.kind === 'failed') heard.failed(`the engine failed, which is a mistake in it: ${reply.message}`)
      if (reply.kind === 'needsAnalyses') {
        waiting ??= former
        loadAnalyses()
        return
      }
    }
    next()
  }
  const start = (): void => {
    const parts = [...(hasAnalyses ? [playgroundAnalyses] : []), playgroundEngine]
    const text = parts.map((part) => `(${part})();`).join('\n')
    const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
    worker = new Worker(address)
    worker.onmessage = ({ data }: MessageEvent<Reply>) => take(data)
    worker.onerror = ({ message }) => heard.failed(`the worker cannot run: ${message}`)
  }
  const restart = (problem?: string): void => {
    clearTimeout(patience)
    worker?.terminate()
    isReady = false
    asked = undefined
    if (problem !== undefined) heard.failed(problem)
    start()
  }
  const loadAnalyses = (): void => {
    const script = document.createElement('script')
    script.src = 'analyses.js'
    script.onload = () => {
      hasAnalyses = true
      restart()
    }
    script.onerror = () => heard.failed('analyses.js, which judges analyses, cannot be loaded')
    document.head.append(script)
  }
  start()
  return {
    ask: (question) => {
      waiting = question
      next()
    },
  }
}
