import * as fc from 'fast-check'
import type { Issue } from '../../model/issue'
import { createWorldWatched, type SimulatedWorld } from '../../simulate/createWorld'
import type { Reducers } from '../../simulate/reducers'
import type { Manifest, WorldDeed } from '../../simulate/worldEvent'
import { findFacts, retagged, type StrategyFacts } from '../facts'
import { type Invariant, judge, type Violation } from '../invariant'
import { type CheckOptions, readOptions } from '../options'
import { eventText } from '../report'
import { settleSecondsOf } from '../scenario'
import { stateOf } from '../state'

/** What a test expects of the world without asking it: which commands make sense. */
export interface ModelState {
  /** Updates so far. */
  updates: number
  isAborted: boolean
  /** Seconds that were waited. */
  seconds: number
}

/** The world that commands change, and the first sentence that does not hold in it. */
export interface WatchedStrategy {
  readonly world: SimulatedWorld
  /** Throws if a sentence does not hold. Every command of `strategyModel` calls it. */
  readonly judge: () => void
}

/** A command of fast-check for a strategy. */
export type StrategyCommand = fc.Command<ModelState, WatchedStrategy>

/** What `fc.commands` and `fc.modelRun` need to test a strategy step by step. */
export interface StrategyModel {
  /** For `fc.commands`; commands of your own go beside them. Empty without a strategy that can be simulated. */
  readonly commands: fc.Arbitrary<StrategyCommand>[]
  /** For `fc.modelRun`: a new model, and a world in which the first version is installed and Healthy. */
  readonly setup: () => { readonly model: ModelState; readonly real: WatchedStrategy }
  /** Why there are no commands. */
  readonly issues: readonly Issue[]
}

/**
 * Model-based tests of a strategy with `fc.commands`: updates, commands of users, lost pods, a controller that dies,
 * and time that passes, on the stepper of `createWorld`. The sentences are judged at every turn of the controller.
 * Takes the `invariants`, `name` and `options` of `checkStrategy`; runs and seed are those of fast-check.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { never, strategyModel } from 'rollout-engine/check'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy: { canary: { steps: [{ setWeight: 25 }] } }, template }
 * const manifests = [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec }]
 * const { commands, setup } = strategyModel(manifests, { invariants: [never('no pods', (now) => now.pods.total.wanted < 1)] })
 * const property = fc.property(fc.commands(commands, { maxCommands: 4 }), (chosen) => fc.modelRun(setup, chosen))
 * fc.check(property, { numRuns: 5, seed: 1 }).failed // => false
 */
export function strategyModel(
  manifests: readonly Manifest[],
  given: Omit<CheckOptions, 'runs' | 'seed'> = {},
): StrategyModel {
  return modelWith(manifests, given)
}

/** The same with a controller of the caller's: how the kit shows that it finds defects of one. */
export function modelWith(
  manifests: readonly Manifest[],
  given: Omit<CheckOptions, 'runs' | 'seed'>,
  reducers?: Reducers,
): StrategyModel {
  const { name, invariants, options, maxReconciles } = readOptions(given)
  const { facts, issues } = findFacts(manifests, name, options, maxReconciles)
  return {
    commands: facts ? commandsOf(facts) : [],
    setup: () => ({
      model: { updates: 0, isAborted: false, seconds: 0 },
      real: watched(facts, invariants, reducers),
    }),
    issues,
  }
}

/** Pods of this tag never become ready. */
const brokenTag = 'broken'

function watched(
  facts: StrategyFacts | undefined,
  invariants: readonly Invariant[],
  reducers: Reducers | undefined,
): WatchedStrategy {
  const settleSeconds = facts ? settleSecondsOf(facts) : 0
  const { next } = judge(invariants, { healedAtSeconds: Number.POSITIVE_INFINITY, settleSeconds })
  let violation: Violation | undefined
  const { installed: manifests = [], name, options, image = '' } = facts ?? {}
  const input = { manifests, name, options, pods: { neverReadyImages: [retagged(image, brokenTag)] } }
  const world = createWorldWatched(
    input,
    (turn) => {
      violation = next(stateOf(turn))
      return undefined
    },
    reducers,
  )
  return {
    world,
    judge: () => failOn(violation),
  }
}

function failOn(violation: Violation | undefined): void {
  if (violation) throw new Error(textOf(violation))
}

const textOf = ({ invariant: { id, sentence }, atSeconds, seen }: Violation): string =>
  `"${id === sentence ? sentence : `${id}: ${sentence}`}" does not hold at ${atSeconds} s: ${seen}`

/** A command that does something in the world, and what the model notes of it. */
function doing(
  deed: WorldDeed,
  makesSense: (model: ModelState) => boolean = () => true,
  note: (model: ModelState) => void = () => undefined,
): StrategyCommand {
  return {
    check: (model) => makesSense(model),
    run: (model, { world, judge: judged }) => {
      note(model)
      world.act(deed)
      judged()
    },
    toString: () => eventText(deed),
  }
}

const waiting = (seconds: number): StrategyCommand => ({
  check: () => true,
  run: (model, { world, judge: judged }) => {
    model.seconds += seconds
    world.advance(seconds)
    judged()
  },
  toString: () => `${seconds} s pass`,
})

const isUpdated = ({ updates }: ModelState): boolean => updates > 0

function commandsOf({ image, replicas }: StrategyFacts): fc.Arbitrary<StrategyCommand>[] {
  const update = (tag: string): StrategyCommand =>
    doing({ image: tag === '' ? image : retagged(image, tag) }, undefined, (model) => {
      model.updates++
      model.isAborted = false
    })
  const abort = doing({ command: 'abort' }, isUpdated, (model) => {
    model.isAborted = true
  })
  const retry = doing(
    { command: 'retry' },
    ({ isAborted }) => isAborted,
    (model) => {
      model.isAborted = false
    },
  )
  return [
    fc.integer({ min: 1, max: 120 }).map(waiting),
    fc.constantFrom('good', brokenTag, '').map(update),
    fc.constantFrom(...(['promote', 'promote --full'] as const)).map((command) => doing({ command }, isUpdated)),
    fc.constantFrom(abort, retry),
    fc.constantFrom(...(['stable', 'canary'] as const)).map((role) => doing({ losePods: { role, count: 1 } })),
    fc.integer({ min: 1, max: 3 }).map((crashAfterChanges) => doing({ crashAfterChanges })),
    fc.integer({ min: 1, max: Math.max(1, Math.min(100, replicas * 2)) }).map((count) => doing({ replicas: count })),
  ]
}
