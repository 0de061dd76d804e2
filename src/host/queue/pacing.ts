import type { HostClock } from '../ports'

/** Resolves when the next reconcile may begin; undefined: at once. */
export type Pacing = () => Promise<void> | undefined

/** With a cluster in memory a reconcile takes a millisecond or two, and waits for nothing in between. */
const mostInTurn = 4

/** After every few reconciles the platform gets its turn: what was begun by then has ended, or waits for a network. */
export function pacing({ breathe }: HostClock): Pacing {
  const state: { begun: number; turn: Promise<void> | undefined } = { begun: 0, turn: undefined }
  return () => {
    if (!breathe) return undefined
    if (!state.turn && state.begun < mostInTurn) {
      state.begun++
      return undefined
    }
    const over = (): void => {
      state.begun = 0
      state.turn = undefined
    }
    state.turn ??= breathe().then(over, over)
    return state.turn
  }
}
