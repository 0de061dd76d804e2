import type { ClusterObjects } from '../cluster/objects'
import { reconcileExperiment } from '../experiment/reconcileExperiment'
import type { Answers } from '../model/ask'
import type { Change } from '../model/change'
import { changeKey, type ReportedFailure } from '../model/changeKey'
import type { Decision } from '../model/decision'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import { nextRound, type Round } from '../model/nextRound'
import type { RolloutDecision, RolloutObservation } from '../rollout/observation'
import { holdsAtAnyTime } from '../rollout/rememberedDecision'
import { areChecked, isOfObjectsOnly, noteChecked } from './checkedObjects'
import { observedObjects } from './faults'
import { knownLists, soundObject } from './knownLists'
import { answerRun } from './metrics'
import { refusedByModels } from './models/askModels'
import { observeExperiment } from './observeExperiment'
import { pluginAnswer } from './plugins'
import { looksAtPods, podObjects } from './podObjects'
import { checkedReducerOf } from './reducers'
import { answerAsk, isAlwaysAnsweredSo, type RouterAnswer, refusal } from './router'
import { sightOf } from './sight'
import type { World } from './world'

/** The decision about an object, with every question answered; nothing is applied yet. */
export interface Verdict {
  readonly decision: Decision<unknown, Change, unknown>
  /** The router refused a call. */
  readonly isRefused: boolean
  /** It asked nothing and did not read the clock: it stays the same while the controller sees the same. */
  readonly isTimeless: boolean
}

/** One interface for the three reducers: observe, reduce, answer the questions, and reduce again. */
export interface Controller {
  readonly decide: (world: World, key: string, now: string) => Verdict
  /**
   * Everything except the clock that the decision can depend on: while this is the same object, the decision is the
   * same.
   */
  readonly sees: (world: World, key: string) => unknown
}

export const rolloutController: Controller = {
  sees: sightOf,
  decide: (world, key, now) => {
    const router = world.input.router ?? {}
    const objects = observedObjects(world)
    const { rollout, lists, pods } = observeWorld(world, objects, key)
    const { options } = world.input
    return consult(world, {
      reduce: (answers: Answers<RouterAnswer>) =>
        decideOn(world, objects, { now, rollout, ...lists, pods, options, answers }),
      answer: (ask) => {
        const told = pluginAnswer(ask, world.input.plugins ?? {}, world.second)
        const answer = told ?? answerAsk(ask, world.router, router, world.second)
        if (ask.kind === 'verifyWeight' && 'verified' in answer && answer.verified) world.verifiedWeight = ask.weight
        if (!told && isAlwaysAnsweredSo(ask, router)) world.standingReplies[ask.key] = answer
        return answer
      },
      refuse: (change) => refusal(router, change, world.second) ?? refusalOfModels(world, change),
      replies: world.standingReplies,
      isTimeless: () => holdsAtAnyTime(rollout),
    })
  },
}

export const experimentController: Controller = {
  sees: ({ objects }) => objects,
  decide: (world, key, now) => {
    const observed = observeExperiment(world.objects, key, now, world.input.options)
    return consult(world, {
      reduce: (answers: Answers<never>) => reconcileExperiment({ ...observed, answers }),
      answer: (ask: never) => ask,
      refuse: () => undefined,
    })
  },
}

export const analysisRunController: Controller = {
  sees: ({ objects }, key) => objects[key],
  decide: (world, key, now) => {
    const analysisRun = asKind('AnalysisRun', world.objects[key] as KubeObject)
    const options = { controller: world.input.options?.controller, hideSecrets: true }
    return consult(world, {
      reduce: (answers: Answers<ReturnType<typeof answerRun>>) =>
        world.reducers.analysisRun({ now, analysisRun, options, answers }),
      answer: (ask) => {
        // A clean-up has the same answer every time.
        if (ask.kind === 'measure' && ask.operation === 'garbageCollect') world.standingCleanUps[ask.key] = {}
        return answerRun(world, analysisRun, ask, now)
      },
      refuse: () => undefined,
      replies: world.standingCleanUps,
    })
  },
}

/** Checks only what was not checked before. */
function decideOn(world: World, objects: ClusterObjects, observation: RolloutObservation): RolloutDecision {
  const checkedRollout = checkedReducerOf(world.reducers)
  if (checkedRollout && areChecked(world, objects) && isOfObjectsOnly(world, observation))
    return checkedRollout(observation)
  const decision = world.reducers.rollout(observation)
  if (checkedRollout) noteChecked(world, decision)
  return decision
}

/** What the Rollout's reducer sees of the cluster. */
function observeWorld(world: World, objects: ClusterObjects, key: string) {
  const isChecked = areChecked(world, objects)
  const rollout = asKind('Rollout', (isChecked ? objects[key] : soundObject(key, objects[key])) as KubeObject)
  world.lists = knownLists(objects, rollout.metadata.namespace ?? '', world.lists)
  const { lists } = world.lists
  return { rollout, lists, pods: looksAtPods(world) ? podObjects(world) : lists.pods }
}

interface Consultation<Ask extends { readonly key: string }, Answer> {
  readonly reduce: (answers: Answers<Answer>) => Decision<unknown, Change, Ask>
  readonly answer: (ask: Ask) => Answer
  readonly refuse: (change: Change) => ReportedFailure | undefined
  /** Answers that are known in advance. */
  readonly replies?: Readonly<Record<string, Answer>>
  /** The last decision did not read the clock. */
  readonly isTimeless?: () => boolean
}

const mostRoundsPerDecision = 40

/** Tries the changes and answers the questions at the same time of the clock, until the decision is complete. */
function consult<Ask extends { readonly key: string }, Answer>(
  world: World,
  { reduce, answer, refuse, replies: known, isTimeless = () => false }: Consultation<Ask, Answer>,
): Verdict {
  let answers: Answers<Answer> = { replies: known }
  let tried = 0
  for (let round = 0; ; round++) {
    const decision = reduce(answers)
    world.reconciles++
    const refused = firstRefused(decision.changes, nextRound(decision, answers, tried), refuse)
    tried = refused ? refused.index + 1 : decision.changes.length
    const next = nextRound(decision, answers, tried)
    if ((next.kind !== 'ask' && !refused) || round >= mostRoundsPerDecision) {
      return { decision, isRefused: answers.failures !== undefined, isTimeless: round === 0 && isTimeless() }
    }
    answers = refused
      ? { ...answers, failures: { ...answers.failures, [refused.key]: refused.failure } }
      : { ...answers, replies: { ...answers.replies, ...(next.kind === 'ask' && repliesTo(next.asks, answer)) } }
  }
}

const repliesTo = <Ask extends { readonly key: string }, Answer>(
  asks: readonly Ask[],
  answer: (ask: Ask) => Answer,
): Record<string, Answer> => Object.fromEntries(asks.map((ask) => [ask.key, answer(ask)] as const))

function refusalOfModels(world: World, change: Change): ReportedFailure | undefined {
  if (world.models.length === 0 || !('router' in change)) return undefined
  const message = refusedByModels(world, change.kind)
  return message === undefined ? undefined : { message }
}

/** The modelled world refuses only calls of routers, so everything before the first refusal is carried out. */
function firstRefused(
  changes: readonly Change[],
  next: Round<unknown>,
  refuse: (change: Change) => ReportedFailure | undefined,
): { readonly index: number; readonly key: string; readonly failure: ReportedFailure } | undefined {
  if (next.kind !== 'apply') return undefined
  for (let index = next.from; index < changes.length; index++) {
    const change = changes[index] as Change
    const failure = refuse(change)
    if (failure) return { index, key: changeKey(change), failure }
  }
  return undefined
}
