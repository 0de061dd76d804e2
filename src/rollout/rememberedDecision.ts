import type { Mutable } from '../model/mutable'
import { parseTime } from '../model/time'
import type { RolloutDecision, RolloutObservation } from './observation'
import { type KeptDecision, type KnownDecision, type SpecMemory, specMemoryOf } from './specMemory'

// A decision depends on its observation alone, and objects of an observation are immutable values. So a decision about
// the same objects is the same decision, at the same time, or at any time if it did not read the clock.

/** Lists with more items in all are not remembered: every Rollout of a namespace would keep a copy of its lists. */
const mostItems = 1_000

/** The decision about exactly these objects, if it was the last one about this spec. */
export function rememberedDecision(observation: RolloutObservation): RolloutDecision | undefined {
  const known = specMemoryOf(observation?.rollout)?.decision
  if (!known || !isSameTime(known, observation.now) || !sees(known, observation)) return undefined
  return decisionOfMemory(known.decision)
}

export function rememberDecision(
  memory: SpecMemory,
  observation: RolloutObservation,
  decision: RolloutDecision,
  readClock: boolean,
): void {
  const lists = listsOf(observation)
  const left = { items: mostItems + lists.length }
  const known: KnownDecision = {
    rollout: observation.rollout,
    lists: copiedList(lists, 2, left),
    options: copied(observation.options, optionLevels, left),
    answers: copied(observation.answers, answerLevels, left),
    now: readClock ? observation.now : undefined,
    decision: keptDecision(decision),
  }
  memory.decision = left.items < 0 ? undefined : known
}

/** Every list of an observation. spec/properties/rememberedDecision.spec.ts fails if one is missing. */
const listsOf = (observation: RolloutObservation): readonly unknown[] => [
  observation.replicaSets,
  observation.pods,
  observation.services,
  observation.workloads,
  observation.analysisRuns,
  observation.experiments,
  observation.analysisTemplates,
  observation.clusterAnalysisTemplates,
  observation.ingresses,
  observation.virtualServices,
  observation.mappings,
  observation.appMeshResources,
  observation.destinationRules,
  observation.targetGroupBindings,
  observation.endpoints,
]

/** How many levels are compared by their values; what is deeper has to be the same object. */
const optionLevels = 2
const answerLevels = 3

/** The last decision about this Rollout did not read the clock: while it sees the same objects it stays the same. */
export function holdsAtAnyTime(rollout: object): boolean {
  const known = specMemoryOf(rollout)?.decision
  return known !== undefined && known.now === undefined && known.rollout === rollout
}

type Fields = Readonly<Record<string, unknown>>

const isSameTime = (known: KnownDecision, now: string): boolean =>
  known.now === undefined ? parseTime(now) !== undefined : known.now === now

const sees = (known: KnownDecision, observation: RolloutObservation): boolean =>
  known.rollout === observation.rollout &&
  isSameList(known.lists, listsOf(observation), 2) &&
  isSame(known.options, observation.options, optionLevels) &&
  isSame(known.answers, observation.answers, answerLevels)

/** A copy down to `depth` levels. */
function copied(value: unknown, depth: number, left: { items: number }): unknown {
  if (depth === 0 || typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? copiedList(value, depth, left) : copiedObject(value as Fields, depth, left)
}

function copiedList(list: readonly unknown[], depth: number, left: { items: number }): readonly unknown[] {
  if (list.length === 0) return noItems
  left.items -= list.length
  if (left.items < 0) return noItems
  if (depth === 1) return list.slice()
  const copy: unknown[] = []
  for (const item of list) copy.push(copied(item, depth - 1, left))
  return copy
}

function copiedObject(object: Fields, depth: number, left: { items: number }): unknown {
  const keys = Object.keys(object)
  if (keys.length === 0) return noFields
  left.items -= keys.length
  if (left.items < 0) return undefined
  const copy: Record<string, unknown> = { ...object }
  if (depth > 1) for (const key of keys) copy[key] = copied(object[key], depth - 1, left)
  return copy
}

const noItems: readonly never[] = []
const noFields: Fields = {}

function isSame(before: unknown, now: unknown, depth: number): boolean {
  if (Object.is(before, now)) return true
  if (depth === 0 || typeof now !== 'object' || now === null) return false
  if (typeof before !== 'object' || before === null) return false
  if (Array.isArray(now)) return Array.isArray(before) && isSameList(before, now, depth)
  return !Array.isArray(before) && isSameObject(before as Fields, now as Fields, depth)
}

const isSameList = (before: readonly unknown[], now: readonly unknown[], depth: number): boolean =>
  before.length === now.length && before.every((item, at) => isSame(item, now[at], depth - 1))

function isSameObject(before: Fields, now: Fields, depth: number): boolean {
  const keys = Object.keys(now)
  return (
    keys.length === Object.keys(before).length &&
    keys.every((key) => Object.hasOwn(before, key) && isSame(before[key], now[key], depth - 1))
  )
}

/** Everybody gets lists of their own: one caller may sort them without another one seeing it. */
function decisionOfMemory(kept: KeptDecision): RolloutDecision {
  const { requeueAfterSeconds, requeueSoon, error } = kept
  const decision: Mutable<RolloutDecision> = {
    status: kept.status,
    changes: kept.changes.slice(),
    events: kept.events.slice(),
    asks: kept.asks.slice(),
    blockers: kept.blockers.slice(),
    desired: kept.desired,
    wakeUps: kept.wakeUps.slice(),
  }
  if (requeueAfterSeconds !== undefined) decision.requeueAfterSeconds = requeueAfterSeconds
  if (requeueSoon !== undefined) decision.requeueSoon = requeueSoon
  if (error !== undefined) decision.error = error
  return decision
}

const keptDecision = (decision: RolloutDecision): KeptDecision => ({
  status: decision.status,
  changes: keptList(decision.changes),
  events: keptList(decision.events),
  asks: keptList(decision.asks),
  blockers: keptList(decision.blockers),
  desired: decision.desired,
  wakeUps: keptList(decision.wakeUps),
  requeueAfterSeconds: decision.requeueAfterSeconds,
  requeueSoon: decision.requeueSoon,
  error: decision.error,
})

/** Nobody writes to these lists, so empty ones are shared. */
const keptList = <Item>(list: readonly Item[]): readonly Item[] => (list.length === 0 ? noItems : list.slice())
