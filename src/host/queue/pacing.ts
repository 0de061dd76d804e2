import type { HostClock } from '../ports'

/** Does the work, after the platform had its turn where it is due. */
export type Pacing = <Result>(work: () => Promise<Result>) => Promise<Result>

/** With a cluster in memory a reconcile takes a millisecond or two, and waits for nothing in between. */
const mostInTurn = 4

/** After every few reconciles the platform gets its turn: what was begun by then has ended, or waits for a network. */
export function pacing({ breathe }: HostClock): Pacing {
  if (!breathe) return (work) => work()
  const state: { begun: number; turn: Promise<void> | undefined } = { begun: 0, turn: undefined }
  const over = (): void => {
    state.begun = 0
    state.turn = undefined
  }
  return async (work) => {
    while (state.turn || state.begun >= mostInTurn) {
      // It may throw, as any port.
      state.turn ??= Promise.resolve().then(breathe).then(over, over)
      await state.turn
    }
    state.begun++
    return work()
  }
}
