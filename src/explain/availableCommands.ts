import { type CommandResult, isRefused } from '../commands/index'
import { givenObject } from '../model/given'
import type { RolloutObservation } from '../rollout/observation'
import { wellFormed } from '../rollout/validation/wellFormed'
import { type CommandRow, commandRows } from './commandRows'
import { type Outlook, type OutlookOptions, outlook } from './outlook'

/** One command in the current state. */
export interface AvailableCommand {
  /** As people type it: `promote --full`, `terminate analysisrun web-5f-2`. */
  readonly command: string
  /**
   * `possible`: it changes something. `pointless`: upstream's command line accepts it silently, but it has no effect.
   * `refused`: it ends with an error.
   */
  readonly verdict: 'possible' | 'pointless' | 'refused'
  /** What it does, or why it does nothing. */
  readonly why: string
  /** What it breaks or skips; empty if it is harmless. */
  readonly breaks: readonly string[]
  /** The requests to the API server. */
  readonly result: CommandResult
  /** Its effect; only for possible commands. */
  readonly preview?: Outlook
}

/** Of each preview `maxReconciles` is 2,000 by default: there may be ten of them. */
export interface AvailableOptions extends OutlookOptions {
  /** Without previews nothing is simulated. */
  readonly previews?: boolean
}

const mostReconciles = 2000

/**
 * Which commands make sense now, which do not and why, what each would break, and a preview of the next minutes.
 *
 * Errors: none; missing objects are assumed, and listed in `preview.assumes`.
 *
 * @example
 * import { availableCommands } from 'rollout-engine/explain'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 1, selector: { matchLabels: { app: 'web' } }, strategy: { canary: { steps: [] } }, template }
 * const rollout = { metadata: { name: 'web' }, spec, status: { currentPodHash: '5f', stableRS: '5f', phase: 'Healthy' as const } }
 * const commands = availableCommands({ now: '2030-01-01T00:00:00Z', rollout, replicaSets: [] }, { previews: false })
 * commands.find(({ command }) => command === 'abort')
 * // => {
 * //      command: 'abort', verdict: 'pointless', why: 'nothing is being updated, so there is nothing to abort', breaks: [],
 * //      result: commands.find(({ command }) => command === 'abort')!.result,
 * //    }
 */
export function availableCommands(
  given: RolloutObservation,
  howToLook: AvailableOptions = {},
): readonly AvailableCommand[] {
  const { previews = true, maxReconciles = mostReconciles, ...others } = givenObject<AvailableOptions>(howToLook)
  const options = { ...others, maxReconciles }
  const observation = wellFormed(given)
  return commandRows(observation).map((row) => {
    const verdict = verdictOf(row)
    return {
      command: row.command,
      verdict,
      why: isRefused(row.result) ? row.result.refused.trim() : row.why,
      breaks: row.breaks,
      result: row.result,
      ...(previews && verdict === 'possible' && row.event && { preview: outlook(observation, [row.event], options) }),
    }
  })
}

function verdictOf({ result, isPointless }: CommandRow): AvailableCommand['verdict'] {
  if (isRefused(result)) return 'refused'
  return isPointless ? 'pointless' : 'possible'
}
