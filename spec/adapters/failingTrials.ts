import type { Change } from '../../src/model/change'
import type { EngineEvent } from '../../src/model/decision'
import { appliedTwice, told } from './failingEnds'

// What lives of a host have to share with the life in which nothing fails, and how they are tried.

/** One life, in which one thing fails. */
export interface Trial {
  /** The port and the way in which it fails, or the way in which the process dies. */
  readonly group: string
  /** Which call of the port, or which write. The first is 1. */
  readonly number: number
  /** What is other than in the life in which nothing fails. */
  readonly faults: () => Promise<readonly string[]>
}

/** What a life left behind. */
export interface Ended {
  readonly end: readonly string[]
  readonly events: readonly EngineEvent[]
  readonly changes: readonly Change[]
  readonly errors: readonly unknown[]
}

export interface Expectation {
  /** How often the host may say that something failed. */
  readonly errors?: readonly number[]
  /** Changes that every reconcile makes anew, as the controller's does; their number tells the number of reconciles only. */
  readonly repeats?: readonly string[]
  /** Documented: a process that dies in a reconcile takes with it the events of what it carried out and did not note yet. */
  readonly mayLoseEventsOfChanges?: boolean
}

const only = (prefix: string, these: readonly string[], those: readonly string[]): readonly string[] =>
  these.filter((text) => !those.includes(text)).map((text) => `${prefix}${text}`)

export function faultsOf(
  ended: Ended,
  smooth: Ended,
  { errors, repeats, mayLoseEventsOfChanges }: Expectation,
): readonly string[] {
  const wanted = mayLoseEventsOfChanges ? smooth.events.filter(({ change }) => change === undefined) : smooth.events
  return [
    ...(errors && !errors.includes(ended.errors.length)
      ? [`${ended.errors.length} errors: ${ended.errors.join()}`]
      : []),
    ...only('no longer at the end: ', smooth.end, ended.end),
    ...only('at the end instead: ', ended.end, smooth.end),
    ...only('event lost: ', told(wanted), told(ended.events)),
    ...(mayLoseEventsOfChanges ? [] : only('event of no other life: ', told(ended.events), told(smooth.events))),
    ...appliedTwice(ended.changes, smooth.changes, repeats).map((change) => `applied again: ${change}`),
  ]
}

/** The faults of these lives. Some go on at a time: each waits for the event loop at every tick of its clock. */
export async function faultsOfAll(trials: readonly Trial[]): Promise<readonly string[]> {
  const found: string[] = []
  for (let next = 0; next < trials.length; next += livesAtATime) {
    const some = trials.slice(next, next + livesAtATime).map(async ({ group, number, faults }) => {
      for (const fault of await faults()) found.push(`${group} ${number}: ${fault}`)
    })
    await Promise.all(some)
  }
  return found
}

const livesAtATime = 8

/** Of each group one trial in so many, from where the seed says, and one at least. */
export function sampleOf(trials: readonly Trial[], every: number, seed: number): readonly Trial[] {
  const groups = new Map<string, Trial[]>()
  for (const trial of trials) {
    const group = groups.get(trial.group)
    if (group) group.push(trial)
    else groups.set(trial.group, [trial])
  }
  return [...groups.values()].flatMap((group) => {
    const chosen = group.filter(({ number }) => (number + seed) % every === 0)
    return chosen.length > 0 ? chosen : [group[(seed * 7919) % group.length] as Trial]
  })
}
