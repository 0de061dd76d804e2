import { reconcileAnalysisRun } from '../analysis/reconcileAnalysisRun'
import { reconcileExperiment } from '../experiment/reconcileExperiment'
import type { AnalysisRun } from '../model/analysis'
import type { Answers } from '../model/ask'
import type { Change } from '../model/change'
import type { Decision } from '../model/decision'
import { reconcileRollout } from '../reconcile'
import { answerRun } from './metrics'
import { observeRollout } from './observe'
import { observeExperiment } from './observeExperiment'
import { answerAsk, isAlwaysAnsweredSo, type RouterAnswer, refusals } from './router'
import type { World } from './world'

/** What a look at an object came to, with every question answered; nothing is applied yet. */
export interface Verdict {
  readonly decision: Decision<unknown, Change, unknown>
  /** The router refused a call. */
  readonly isRefused: boolean
}

type Failures = NonNullable<Answers<never>['failures']>

/** The three reducers behind one shape: observe, reduce, answer what is asked, and reduce again. */
export interface Controller {
  readonly decide: (world: World, key: string, now: string) => Verdict
  /** Everything that the decision can depend on but the clock: while this stays the same object, so does the decision. */
  readonly sees: (world: World, key: string) => unknown
}

export const rolloutController: Controller = {
  sees: ({ objects }) => objects,
  decide: (world, key, now) => {
    const router = world.input.router ?? {}
    const observed = observeRollout(world.objects, key, now, world.input.options)
    return consult(world, {
      reduce: (answers: Answers<RouterAnswer>) => reconcileRollout({ ...observed, answers }),
      answer: (ask) => {
        const answer = answerAsk(ask, world.router, router, world.second)
        if (isAlwaysAnsweredSo(ask, router)) world.standingReplies[ask.key] = answer
        return answer
      },
      refuse: (changes) => refusals(router, changes, world.second),
      replies: world.standingReplies,
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
      refuse: () => ({}),
    })
  },
}

export const analysisRunController: Controller = {
  sees: ({ objects }, key) => objects[key],
  decide: (world, key, now) => {
    const analysisRun = world.objects[key] as unknown as AnalysisRun
    return consult(world, {
      reduce: (answers: Answers<ReturnType<typeof answerRun>>) => reconcileAnalysisRun({ now, analysisRun, answers }),
      answer: (ask) => answerRun(world, analysisRun, ask, now),
      refuse: () => ({}),
    })
  },
}

interface Consultation<Ask extends { readonly key: string }, Answer> {
  readonly reduce: (answers: Answers<Answer>) => Decision<unknown, Change, Ask>
  readonly answer: (ask: Ask) => Answer
  readonly refuse: (changes: readonly Change[]) => Failures
  /** Answers that are known before anybody asks. */
  readonly replies?: Readonly<Record<string, Answer>>
}

const mostRoundsPerDecision = 20

/** Asks and answers with the same clock until the decision is complete. */
function consult<Ask extends { readonly key: string }, Answer>(
  world: World,
  { reduce, answer, refuse, replies: known }: Consultation<Ask, Answer>,
): Verdict {
  let answers: Answers<Answer> = { replies: known }
  for (let round = 0; ; round++) {
    const decision = reduce(answers)
    world.reconciles++
    const failures = refuse(decision.changes)
    const isNews = Object.keys(failures).some((key) => answers.failures?.[key] === undefined)
    if ((!isNews && decision.asks.length === 0) || round >= mostRoundsPerDecision) {
      return { decision, isRefused: Object.keys(answers.failures ?? {}).length > 0 }
    }
    const replies = decision.asks.map((ask) => [ask.key, answer(ask)] as const)
    answers = {
      replies: { ...answers.replies, ...Object.fromEntries(replies) },
      failures: { ...answers.failures, ...failures },
    }
  }
}
