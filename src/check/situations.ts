import { stepsOf } from '../rollout/facts/steps'
import type { WorldEvent } from '../simulate/worldEvent'
import type { StrategyState } from './state'

/** What happened to a Rollout in which situation: combinations that tell runs apart. */
export function situationsIn(states: readonly StrategyState[]): ReadonlySet<string> {
  const found = new Set<string>()
  let before = ''
  for (const now of states) {
    const situation = situationOf(now)
    found.add(situation)
    for (const deed of deedsIn(now)) found.add(`${before} | ${deed}`)
    before = situation
  }
  return found
}

/** Seconds in which something happened, in order. */
export const eventfulSeconds = (states: readonly StrategyState[], untilSeconds: number): readonly number[] => [
  ...new Set(
    states
      .filter(
        ({ changes, event, by, atSeconds }) =>
          atSeconds < untilSeconds && (changes.length > 0 || event || by === 'pods'),
      )
      .map(({ atSeconds }) => atSeconds),
  ),
]

/** Step, phase, and what about pods, weight and analyses makes decisions differ. */
function situationOf(now: StrategyState): string {
  const { phase, aborted, paused, weight, pods, updating, runs, newestHash, rollout } = now
  const own = runs.filter(({ hash }) => hash === newestHash)
  const facts: Readonly<Record<string, boolean>> = {
    updating,
    aborted,
    paused,
    'some weight': weight.canary > 0 && weight.canary < 100,
    'all weight': weight.canary === 100,
    'weight on its way': Math.abs((weight.commanded ?? 0) - weight.canary) > 1 && now.routed,
    'stable short': pods.stable.available < pods.stable.wanted,
    'canary short': pods.canary.available < pods.canary.wanted,
    'no canary': pods.canary.wanted === 0,
    'canary above size': pods.canary.available > now.replicas,
    old: now.revisions.some(({ hash, wanted }) => wanted > 0 && hash !== newestHash && hash !== now.stableHash),
  }
  const ended = [...new Set(own.map(({ type, phase: verdict }) => `${type} ${verdict}`))].sort()
  const step = rollout ? Object.keys(stepsOf(rollout)[now.stepIndex ?? 0] ?? {})[0] : undefined
  return [phase, step, ...Object.keys(facts).filter((name) => facts[name]), ...ended].join(', ')
}

const deedName = (event: WorldEvent): string =>
  event.command ?? Object.keys(event).find((name) => name !== 'atSeconds' && name !== 'whenPaused') ?? ''

const deedsIn = ({ event, changes }: StrategyState): readonly string[] =>
  event ? [deedName(event)] : changes.map(({ kind }) => kind)
