import { currentStepOf } from '../../rollout/facts/steps'
import type { Invariant } from '../invariant'
import { selectedHash } from '../shares'
import type { StrategyState } from '../state'
import { isPastDeadline } from './clocks'

/** No outside influence: no user, no fault, no router that refuses. */
const isQuiet = ({ event, isRefused }: StrategyState): boolean => event === undefined && !isRefused

/** The controller has done what it promises to do at the end of the deadline. */
const hasActed = (now: StrategyState): boolean =>
  now.rollout?.spec.progressDeadlineAbort === true ? now.aborted : isPastDeadline(now)

/** The controller refuses the spec, and waits for a person who writes another. */
export const isRefusedSpec = ({ rollout }: StrategyState): boolean =>
  rollout?.status?.conditions?.some(({ type, status }) => type === 'InvalidSpec' && status === 'True') === true

const tellPods = ({ pods: { stable, canary } }: StrategyState): string =>
  `stable ${stable.available}/${stable.wanted} and canary ${canary.available}/${canary.wanted} pods available`

export const abortConverges: Invariant = {
  id: 'L1',
  sentence: 'an aborted update gives all traffic back to a stable revision of full size',
  threads: ['AR#4841', 'AR#4898', 'AR#4128', 'AR#4973', 'AR#1337'],
  start: ({ settleSeconds }) => {
    let since: number | undefined
    let last: StrategyState | undefined
    const late = (atSeconds: number): string | undefined => {
      if (since === undefined || !last || atSeconds <= since + settleSeconds) return undefined
      const { weight, replicas, pods } = last
      if (weight.canary === 0 && (weight.commanded ?? 0) === 0 && pods.stable.wanted >= replicas) return undefined
      return `${settleSeconds} s after the abort the canary gets ${weight.canary} %; ${tellPods(last)}`
    }
    return {
      next: (now) => {
        const seen = late(now.atSeconds)
        if (seen !== undefined) return seen
        // A Rollout that a user paused does not carry out an abort.
        if (!now.aborted || !now.updating || now.rollout?.spec.paused) since = undefined
        else if (since === undefined || !isQuiet(now)) since = now.atSeconds
        last = now
        return undefined
      },
      end: late,
    }
  },
}

/** Pods of the newest revision are missing, and the controller waits for nothing else. */
function isShortOfPods(now: StrategyState): boolean {
  const { canary } = now.pods
  if (!now.updating || now.paused || now.aborted || canary.available >= canary.wanted || !now.rollout) return false
  const { step } = currentStepOf(now.rollout) ?? {}
  return !step?.analysis && !step?.experiment && !step?.pause && !step?.plugin
}

const graceSeconds = 120

export const deadlineAlwaysFires: Invariant = {
  id: 'L2',
  sentence: 'an update whose pods do not come is called Degraded, or aborted, once its progress deadline is over',
  threads: ['AR#4626', 'AR#3988', 'AR#4750', 'AR#4128'],
  start: () => {
    let since: number | undefined
    let last: StrategyState | undefined
    const late = (atSeconds: number): string | undefined => {
      if (since === undefined || !last?.rollout) return undefined
      const deadlineSeconds = last.rollout.spec.progressDeadlineSeconds ?? 600
      if (atSeconds <= since + deadlineSeconds + graceSeconds || hasActed(last)) return undefined
      return `no pod became available since ${since} s, the deadline is ${deadlineSeconds} s: ${last.phase}; ${tellPods(last)}`
    }
    return {
      next: (now) => {
        const seen = late(now.atSeconds)
        if (seen !== undefined) return seen
        const { available, wanted } = now.pods.canary
        const moved = available !== last?.pods.canary.available || wanted !== last.pods.canary.wanted
        // A router that refuses must not stop the clock.
        const isSame = last && !moved && last.newestHash === now.newestHash && now.event === undefined
        if (!isShortOfPods(now)) since = undefined
        else if (!isSame || since === undefined) since = now.atSeconds
        last = now
        return undefined
      },
      end: late,
    }
  },
}

const kindsOf = ({ changes }: StrategyState): string => changes.map(({ kind }) => kind).join(', ')

/** A controller that settles needs a few turns per second; a modelled second is stopped after 30. */
const mostTurns = 25
const mostRetries = 5

/** The Service that a decision turns away and back to where it was: the controller does so again and again. */
function turnedBack(before: StrategyState | undefined, { changes }: StrategyState): string | undefined {
  if (!before?.rollout) return undefined
  const { rollout, objects } = before
  const turns = changes.filter((change) => change.kind === 'selectPods')
  return turns.find(({ name }) => {
    const own = turns.filter((turn) => turn.name === name)
    return own.length > 1 && own.at(-1)?.podTemplateHash === selectedHash(rollout, objects, name)
  })?.name
}

export const noLivelock: Invariant = {
  id: 'L3',
  sentence: 'without anything new the controller comes to rest',
  threads: ['AR#3078', 'AR#2982', 'AR#1822', 'AR#4973', 'AR#1852'],
  start: () => {
    let second = -1
    let turns = 0
    let created = 0
    let stepIndex: number | null = null
    let last: StrategyState | undefined
    return {
      next: (now) => {
        const before = last
        last = now
        if (now.event || now.stepIndex !== stepIndex) created = 0
        stepIndex = now.stepIndex
        if (now.atSeconds !== second) turns = 0
        second = now.atSeconds
        if (!now.by.startsWith('Rollout ') || now.changes.length === 0) return undefined
        const service = turnedBack(before, now)
        if (service !== undefined) return `${service} is turned there and back in one decision: ${kindsOf(now)}`
        turns++
        created += now.changes.filter(({ kind }) => kind === 'createExperiment').length
        if (turns > mostTurns) return `${turns} decisions in one second, the last: ${kindsOf(now)}`
        return created > mostRetries ? `${created} Experiments for one step, one after the other` : undefined
      },
    }
  },
}

export const recoverable: Invariant = {
  id: 'L7',
  sentence: 'once nothing is disturbed any more, a good update gets to Healthy',
  threads: ['AR#3331', 'AR#1690', 'AR#1372', 'AR#1774', 'AR#995', 'AR#3110', 'AR#3316', 'AR#4073'],
  start: ({ healedAtSeconds, settleSeconds }) => {
    let last: StrategyState | undefined
    return {
      next: (now) => {
        last = now
        return undefined
      },
      end: (atSeconds) => {
        if (!last?.rollout || atSeconds < healedAtSeconds + settleSeconds) return undefined
        if ((last.phase === 'Healthy' && !last.updating) || isRefusedSpec(last)) return undefined
        return `${atSeconds - healedAtSeconds} s after a good update it is ${last.phase}: ${last.message}; ${tellPods(last)}`
      },
    }
  },
}
