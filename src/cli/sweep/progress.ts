import { overwriteNote, printNote, takesNoteBars } from '../output'

/** Says how far many runs are. */
export interface Progress {
  readonly done: (runs: number) => void
  readonly end: () => void
}

const columns = 30

/** On a terminal a bar; elsewhere, as in CI, a line for every tenth. */
export function progressOf(total: number, isQuiet: boolean): Progress {
  if (isQuiet) return { done: () => {}, end: () => {} }
  const percent = (runs: number): number => Math.floor((runs / Math.max(1, total)) * 100)
  if (takesNoteBars()) {
    return {
      done: (runs) => {
        const filled = Math.floor((runs / Math.max(1, total)) * columns)
        overwriteNote(`[${'#'.repeat(filled)}${'.'.repeat(columns - filled)}] ${runs} of ${total} runs`)
      },
      end: () => overwriteNote(''),
    }
  }
  let tenths = -1
  return {
    done: (runs) => {
      const now = Math.floor(percent(runs) / 10)
      if (now === tenths) return
      tenths = now
      printNote(`rollout-engine: ${runs} of ${total} runs (${percent(runs)} %)`)
    },
    end: () => {},
  }
}
