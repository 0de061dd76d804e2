import { givenList } from '../model/given'
import type { Issue } from '../model/issue'
import { hasAnEnd } from '../model/json'
import { createWorldWatched, type SimulatedWorld } from '../simulate/createWorld'
import type { Turn } from '../simulate/tracedTurn'
import type { Manifest } from '../simulate/worldEvent'
import { canonicalState } from './canonicalState'
import { actionsOf } from './everyAction'
import { findFacts, type StrategyFacts } from './facts'
import { type Invariant, judge, type Violation } from './invariant'
import { mostReconcilesForState } from './limits'
import { cycleOf, type Livelock } from './livelock'
import { type CheckOptions, readOptions } from './options'
import { settleSecondsOf } from './scenario'
import { type StrategyState, stateOf } from './state'

/** Options of an exhaustive check. */
export interface ExhaustiveOptions extends Omit<CheckOptions, 'runs' | 'seed'> {
  /** The most actions one after the other, 12 at most. Default 3. */
  readonly depth?: number
  /**
   * States at which it gives up, 1,000,000 at most. Default 20,000. It also gives up, with the issue `too-long`, after
   * 500 reconciles for each of them, and where one way takes more than `maxReconciles` (default 20,000).
   */
  readonly mostStates?: number
}

/** A sentence that does not hold, and the shortest way there. */
export interface ExhaustiveCounterexample {
  /** Id of the invariant. */
  readonly invariant: string
  readonly sentence: string
  readonly seen: string
  /** What happened, in order: a shorter way does not exist. */
  readonly actions: readonly string[]
}

/** What an exhaustive check went through. */
export interface ExhaustiveReport {
  /** No counterexample, and every state within the depth was reached. */
  readonly passed: boolean
  /** Different states; such that differ only in UIDs, versions, and times that are over are one. */
  readonly states: number
  readonly transitions: number
  /** States that were reached again by another way. */
  readonly merged: number
  readonly depth: number
  /** Every way up to the depth was gone. */
  readonly isComplete: boolean
  /** The actions that were tried in every state. */
  readonly actions: readonly string[]
  readonly counterexamples: readonly ExhaustiveCounterexample[]
  /**
   * Circles of decisions without progress, each with a shortest way there. L3 is the sentence that forbids them:
   * without it a check may pass.
   */
  readonly livelocks: readonly Livelock[]
  readonly issues: readonly Issue[]
}

interface Node {
  readonly world: SimulatedWorld
  readonly last: StrategyState | undefined
  readonly actions: readonly string[]
}

const longestDepth = 12

/**
 * Goes every way of a strategy up to a depth: in every state each action is tried (an update that is good or broken,
 * commands, lost pods, a controller that dies, and time until something changes), and every turn is judged. Within its
 * bounds "never" is a proof: pods start at once, the router obeys, analyses succeed, and a sentence sees one action
 * with what comes before it.
 *
 * @example
 * import { checkEveryWay, never } from 'rollout-engine/check'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 1, selector: { matchLabels: { app: 'web' } }, strategy: { canary: { steps: [{ setWeight: 25 }] } }, template }
 * const manifests = [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec }]
 * const { isComplete, depth } = checkEveryWay(manifests, { depth: 1, invariants: [never('no pods', (now) => now.pods.total.wanted < 0)] })
 * isComplete && depth // => 1
 */
export function checkEveryWay(manifests: readonly Manifest[], given: ExhaustiveOptions = {}): ExhaustiveReport {
  const { name, invariants, options, maxReconciles } = readOptions(given)
  const { depth, mostStates } = readBounds(given)
  const endless = givenList(manifests).findIndex((manifest) => !hasAnEnd(manifest))
  if (endless >= 0) return { ...nothing, depth, issues: [endlessIssue(endless)] }
  const { facts, issues } = findFacts(manifests, name, options, maxReconciles)
  if (!facts) return { ...nothing, depth, issues }
  return explore(facts, invariants, { depth, mostStates, maxReconciles })
}

/** States are compared as texts. */
const endlessIssue = (index: number): Issue => ({
  code: 'endless-data',
  path: `manifests[${index}]`,
  message: 'contains itself, or is too large for an object of a cluster: states with it cannot be compared',
})

const nothing: Omit<ExhaustiveReport, 'depth' | 'issues'> = {
  passed: false,
  states: 0,
  transitions: 0,
  merged: 0,
  isComplete: false,
  actions: [],
  counterexamples: [],
  livelocks: [],
}

interface Bounds {
  readonly depth: number
  readonly mostStates: number
  /** Of one way. */
  readonly maxReconciles: number
}

function readBounds(given: unknown): Omit<Bounds, 'maxReconciles'> {
  const { depth, mostStates } = (typeof given === 'object' && given !== null ? given : {}) as ExhaustiveOptions
  const within = (value: unknown, byDefault: number, most: number): number =>
    typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(1, Math.trunc(value))) : byDefault
  return { depth: within(depth, 3, longestDepth), mostStates: within(mostStates, 20_000, 1_000_000) }
}

/** Breadth first: the first way to a violation is a shortest one. */
function explore(
  facts: StrategyFacts,
  invariants: readonly Invariant[],
  { depth, mostStates, maxReconciles }: Bounds,
): ExhaustiveReport {
  const { actions, brokenImage } = actionsOf(facts)
  const turns: Turn[] = []
  const note = (turn: Turn) => void turns.push(turn)
  const world = createWorldWatched({ ...worldInput(facts, brokenImage), maxReconciles }, note)
  const seen = new Set([canonicalState(world.timeline().objects, startAt, world.second)])
  const found = new Map<string, ExhaustiveCounterexample>()
  const circles = new Map<string, Livelock>()
  let [transitions, isCutOff, reconcilesLeft] = [0, false, mostStates * mostReconcilesForState]
  const isEnough = (): boolean => seen.size >= mostStates || reconcilesLeft <= 0
  let level: readonly Node[] = [{ world, last: lastOf(turns), actions: [] }]
  for (let deep = 0; deep < depth && !isEnough(); deep++) {
    const next: Node[] = []
    for (const node of level) {
      for (const action of actions) {
        if (isEnough()) break
        const fork = node.world.fork()
        turns.length = 0
        action.take(fork)
        transitions++
        reconcilesLeft -= turns.length
        const { objects, issues } = fork.timeline()
        isCutOff ||= issues.some(({ code }) => code === 'too-long')
        const path = [...node.actions, action.text]
        const states = turns.map(stateOf)
        noteFirst(found, violationsOf(facts, node.last, states, invariants), path)
        noteCircle(circles, states, path)
        const key = canonicalState(objects, startAt, fork.second)
        if (seen.has(key)) continue
        seen.add(key)
        next.push({ world: fork, last: states.at(-1) ?? node.last, actions: path })
      }
    }
    level = next
  }
  isCutOff ||= reconcilesLeft <= 0
  const isComplete = seen.size < mostStates && !isCutOff
  return {
    passed: isComplete && found.size === 0,
    states: seen.size,
    transitions,
    merged: transitions - (seen.size - 1),
    depth,
    isComplete,
    actions: actions.map(({ text }) => text),
    counterexamples: [...found.values()],
    livelocks: [...circles.values()],
    issues: isCutOff ? [tooLong] : [],
  }
}

const tooLong: Issue = {
  code: 'too-long',
  path: 'mostStates',
  message:
    'ways were cut off that take too many reconciles, so nothing is proven: look at the livelocks, or raise mostStates or maxReconciles',
  severity: 'warning',
}

const lastOf = (turns: readonly Turn[]): StrategyState | undefined => {
  const last = turns.at(-1)
  return last && stateOf(last)
}

const worldInput = ({ installed, name, options }: StrategyFacts, brokenImage: string) => ({
  manifests: installed,
  name,
  options,
  pods: { neverReadyImages: [brokenImage] },
  startAt,
})

/** Each sentence sees the state before the action, and every turn after it. */
function violationsOf(
  facts: StrategyFacts,
  before: StrategyState | undefined,
  states: readonly StrategyState[],
  invariants: readonly Invariant[],
): readonly Violation[] {
  const context = { healedAtSeconds: Number.POSITIVE_INFINITY, settleSeconds: settleSecondsOf(facts) }
  return invariants.flatMap((invariant) => {
    const { next } = judge([invariant], context)
    if (before && next(before)) return []
    for (const state of states) {
      const violation = next(state)
      if (violation) return [violation]
    }
    return []
  })
}

function noteFirst(
  found: Map<string, ExhaustiveCounterexample>,
  violations: readonly Violation[],
  actions: readonly string[],
): void {
  for (const { invariant, seen } of violations) {
    const { id, sentence } = invariant
    if (!found.has(id)) found.set(id, { invariant: id, sentence, seen, actions })
  }
}

function noteCircle(found: Map<string, Livelock>, states: readonly StrategyState[], actions: readonly string[]): void {
  const cycle = cycleOf(states)
  if (cycle && !found.has(cycle.join())) found.set(cycle.join(), { actions, cycle })
}

/** The installs of the kit begin at 2030-01-01T00:00:00Z and take an hour. */
const startAt = '2030-01-01T01:00:00Z'
