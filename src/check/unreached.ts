import type { Coverage } from './coverage'
import type { StrategyFacts } from './facts'
import type { Disturbance } from './generate/disturbances'
import type { Aim } from './generate/scenarios'
import { commandNames } from './generate/someEvents'

/** Something that runs of a strategy may reach, and how to try for it. */
interface Target extends Aim {
  readonly name: string
  readonly isReached: (coverage: Coverage) => boolean
}

/** Faults that make-believe worlds have, by their names in reports. */
const disturbanceOf: Readonly<Record<string, Disturbance>> = {
  'first install': 'firstInstall',
  'pods lost': 'lostPods',
  'controller dies': 'crashes',
  'pods seen late': 'stale',
  'events lost': 'lostEvents',
  'events repeated': 'repeats',
  'clock jumps': 'clockSteps',
  'another writer': 'otherWriters',
  autoscaler: 'autoscaler',
  scaled: 'scaling',
  'pods start slowly': 'slowPods',
}

const faultsOfPlans: Readonly<Record<string, Disturbance>> = { 'plan edited': 'edits' }

const faultsOfRouters: Readonly<Record<string, Disturbance>> = {
  'router lags': 'routerLag',
  'router lies': 'routerLies',
  'router refuses': 'routerRefuses',
}

/** Of a longer plan the first ones. */
const mostSteps = 100

/** What every check of this strategy should reach: its steps, the commands, the faults. */
function targetsOf({ stepCount, routed }: StrategyFacts): readonly Target[] {
  const faults = {
    ...disturbanceOf,
    ...(stepCount > 0 && faultsOfPlans),
    ...(routed && faultsOfRouters),
  }
  const steps = Array.from({ length: Math.min(stepCount, mostSteps) }, (_, index): Target => {
    const isReached = (coverage: Coverage): boolean => coverage.steps[index] !== undefined
    return { name: `step ${index}`, on: ['people', 'longWait'], isReached }
  })
  return [
    ...steps,
    ...[...new Set(commandNames)].map((command): Target => {
      const isReached = ({ commands }: Coverage): boolean => commands[command] !== undefined
      return { name: command, on: ['commands'], command, isReached }
    }),
    ...Object.entries(faults).map(([fault, disturbance]): Target => {
      const isReached = (coverage: Coverage): boolean => coverage.faults[fault] !== undefined
      return { name: fault, on: [disturbance], isReached }
    }),
  ]
}

/** What no run has reached yet. */
export const unreachedBy = (facts: StrategyFacts, coverage: Coverage): readonly Target[] =>
  targetsOf(facts).filter(({ isReached }) => !isReached(coverage))
