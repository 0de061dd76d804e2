import { answerTo } from './answer'
import { NeedsAnalyses } from './loaded'
import type { Question, Reply } from './messages'

// The worker: one question, one reply, so that the page never waits for the engine.

interface WorkerScope {
  onmessage: ((event: { readonly data: Question }) => void) | null
  readonly postMessage: (reply: Reply) => void
}

const scope = globalThis as unknown as WorkerScope

scope.onmessage = ({ data: { id, state, theme } }) => {
  const began = performance.now()
  try {
    const answer = answerTo(state, theme)
    scope.postMessage({ kind: 'answer', id, answer, tookMilliseconds: performance.now() - began })
  } catch (error) {
    if (error instanceof NeedsAnalyses) scope.postMessage({ kind: 'needsAnalyses', id })
    else scope.postMessage({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) })
  }
}
scope.postMessage({ kind: 'ready' })
