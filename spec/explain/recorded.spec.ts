import { describe, expect, test } from 'vitest'
import { decided } from '../../src/explain/decided'
import { manifestsOf } from '../../src/explain/manifestsOf'
import type { Blocker } from '../../src/model/blocker'
import { formatTime, parseTime } from '../../src/model/time'
import type { RolloutObservation } from '../../src/rollout/observation'
import { observeRollout, simulate } from '../../src/simulate/index'
import type { Situation } from '../conformance/trace'
import { observationOf, recordedSituations } from '../properties/recorded'
import { propertySeed } from '../properties/seed'

// What explain is made of, in recorded states of the real controller. SPARE=1 looks at every state instead of one in so many.

const spare = process.env.SPARE === undefined ? undefined : Number(process.env.SPARE)

const families: readonly (readonly [family: string, every: number])[] = [
  ['canary-basic', 41],
  ['canary-routed', 41],
  ['blue-green', 41],
  ['canary-analysis', 41],
  ['blue-green-analysis', 41],
  ['target-groups', 17],
  ['invalid', 13],
]

const isOfRollout = ({ key }: Situation): boolean => key.startsWith('rollouts/')

/** Says nothing about what is waited for: fine as long as the Rollout moves. */
const isVague = ({ code }: Blocker): boolean => code === 'progress'

function isMoving(observation: RolloutObservation): boolean {
  const { changes, status } = decided(observation)
  return changes.length > 0 || status !== observation.rollout.status
}

describe(`a Rollout that is neither healthy nor moving (PROPERTY_SEED=${propertySeed})`, () => {
  test.for(families)('waits for something that has a name: %s', ([family, every]) => {
    const silent: string[] = []
    let still = 0
    for (const { name, situation } of recordedSituations(family, spare ?? every)) {
      if (!isOfRollout(situation)) continue
      const observation = observationOf(situation)
      const { blockers, status } = decided(observation)
      if (status.phase !== 'Healthy' && blockers.length === 0) silent.push(name)
      if (isMoving(observation) || status.phase === 'Healthy') continue
      still++
      if (blockers.every(isVague)) silent.push(name)
    }
    expect(silent).toEqual([])
    // Decisions of routed canaries always call their router.
    if (family !== 'canary-routed') expect(still).toBeGreaterThan(5)
  })
})

/** The same wait, whatever is known of its end. */
function isSame(one: Blocker, other: Blocker): boolean {
  const thing = ({ data }: Blocker) => ('reason' in data ? data.reason : 'replicaSet' in data ? data.replicaSet : '')
  return one.code === other.code && one.since === other.since && thing(one) === thing(other)
}

/** The blockers of a state so many seconds later, if nobody does anything. */
function blockersLater(observation: RolloutObservation, key: string, seconds: number): readonly Blocker[] {
  const { objects } = simulate({
    manifests: manifestsOf(observation),
    name: observation.rollout.metadata.name,
    startAt: observation.now,
    untilSeconds: seconds,
  })
  return decided(observeRollout(objects, key, formatTime((parseTime(observation.now) ?? 0) + seconds))).blockers
}

/** A wait that ends in this very second lasts it out: the controller looks for times that are past. */
const secondsUntil = (wait: Blocker, now: string): number =>
  Math.max(1, (parseTime(wait.until) ?? 0) - (parseTime(now) ?? 0))

describe('what waits until a time', () => {
  const withTimes = families.filter(([family]) => family !== 'invalid')

  test.for(withTimes)('waits no longer then, in a simulation from a recorded state: %s', ([family, every]) => {
    const wrong: string[] = []
    let timed = 0
    for (const { name, situation } of recordedSituations(family, spare ?? every)) {
      if (!isOfRollout(situation)) continue
      const observation = observationOf(situation)
      const { now } = observation
      for (const wait of decided(observation).blockers) {
        const { code, until } = wait
        const isOver = code === 'pause' && wait.data.isOver === true
        if (until === undefined && !isOver) continue
        timed++
        if (until !== undefined && until < now) wrong.push(`${name}: ${code} until ${until}, and it is ${now}`)
        const left = isOver ? 1 : secondsUntil(wait, now)
        const later = blockersLater(observation, situation.key, left)
        if (later.some((one) => isSame(one, wait))) wrong.push(`${name}: ${code} until ${until ?? 'now'}`)
        if (code === 'pause' && left > 1 && !isMoving(observation)) {
          const before = blockersLater(observation, situation.key, left - 1)
          if (!before.some((one) => isSame(one, wait))) wrong.push(`${name}: ${code} ended before ${until}`)
        }
      }
    }
    if (spare !== undefined) console.log(`${family}: ${timed} waits`)
    expect(wrong).toEqual([])
    expect(timed).toBeGreaterThan(family === 'target-groups' ? 0 : 1)
  })
})
