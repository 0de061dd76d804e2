import type { Invariant } from '../invariant'
import type { StrategyState } from '../state'

const idleCommands: ReadonlySet<string> = new Set(['abort', 'retry', 'promote', 'promote --full'])

/** A user ran a command for an update although there is none, and the controller has seen the last edit of the spec. */
function isIdle({ event, updating, phase, isRefused, rollout }: StrategyState): boolean {
  if (event?.command === undefined || !idleCommands.has(event.command)) return false
  const isSeen = rollout?.status?.observedGeneration === String(rollout?.metadata.generation)
  return !updating && phase === 'Healthy' && !isRefused && isSeen
}

/** The state that a command must not change. */
const shapeOf = ({ revisions, weight }: StrategyState): string =>
  JSON.stringify([revisions.map(({ revision, wanted }) => [revision, wanted]), weight.commanded])

export const commandSafety: Invariant = {
  id: 'S5',
  sentence: 'a command that makes no sense now changes neither pods nor weight',
  threads: ['AR#1292', 'AR#4265'],
  start: () => {
    let idle: { readonly command: string; readonly shape: string; readonly atSeconds: number } | undefined
    return {
      next: (now) => {
        const { event, atSeconds } = now
        if (event) idle = isIdle(now) ? { command: event.command ?? '', shape: shapeOf(now), atSeconds } : undefined
        if (!idle || now.by === 'pods' || atSeconds > idle.atSeconds + 1) return undefined
        const shape = shapeOf(now)
        return shape === idle.shape
          ? undefined
          : `${idle.command} of a healthy Rollout: pods and weight ${idle.shape} become ${shape}`
      },
    }
  },
}
