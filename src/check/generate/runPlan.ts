import { givenList, givenNumber, givenObject, givenTexts } from '../../model/given'
import type { SeriesPoint } from '../../model/series'
import type { RouterModel } from '../../simulate/router'
import type { WorldEvent } from '../../simulate/worldEvent'
import { promotions, retagged, type StrategyFacts } from '../facts'
import { type Scenario, settleSecondsOf } from '../scenario'
import { acceptedEdits } from './acceptedEdits'
import { seriesOf } from './seriesOf'
import { isOfKind, type UpdateKind } from './someEvents'

/** What disturbs a run, before its end is worked out: the part that is drawn, kept and changed. */
export interface RunPlan {
  readonly firstInstall: boolean
  /** Updates, commands and faults, in any order. */
  readonly events: readonly WorldEvent[]
  readonly readyAfterSeconds: number
  readonly startEverySeconds: number
  /** Pods of the first version fail after some seconds, or new ones are refused. */
  readonly failingStable?: { readonly afterSeconds: number; readonly isRefused: boolean }
  readonly router: RouterModel
  readonly points: Readonly<Record<string, readonly TimedPoint[]>>
  /** A user promotes at every pause from then on. */
  readonly promotesFrom?: number
  /** The end of the deadline and of the settling time is awaited before the good update. */
  readonly waits: boolean
}

export interface TimedPoint {
  readonly atSeconds: number
  readonly point: SeriesPoint
}

/** Without disturbances, before the good update. */
const quietSeconds = 30

/** Steps of another strategy, and what they may take. */
const editedSeconds = 1200
const editedSteps = 8

/** The run of a plan, with a good update once nothing is disturbed any more. */
export function scenarioOf(facts: StrategyFacts, plan: RunPlan): Scenario {
  const { router, points } = plan
  const inOrder = [...plan.events].sort((left, right) => (left.atSeconds ?? 0) - (right.atSeconds ?? 0))
  const events = acceptedEdits(facts, inOrder)
  const isEdited = events.some(({ specPatch }) => specPatch !== undefined)
  // Another strategy takes another time.
  const settleSeconds = settleSecondsOf(facts) + (isEdited ? editedSeconds : 0)
  const healedAtSeconds = calmSecond(plan) + (isPatient(plan) ? waitSeconds(facts, settleSeconds) : quietSeconds)
  const early = [plan.promotesFrom ?? healedAtSeconds].filter((second) => second < healedAtSeconds)
  const healing: readonly WorldEvent[] = [
    { atSeconds: healedAtSeconds, replicas: facts.replicas },
    { atSeconds: healedAtSeconds, image: retagged(facts.image, 'healed') },
    ...early.flatMap((second) => promotions(second, facts.stepCount)),
    ...promotions(healedAtSeconds, facts.stepCount + (isEdited ? editedSteps : 0)),
  ]
  return {
    firstInstall: plan.firstInstall,
    events: [...events, ...healing],
    pods: podsOf(facts, plan),
    router,
    series: Object.values(points).some((some) => some.length > 0) ? seriesOf(points, healedAtSeconds) : {},
    healedAtSeconds,
    settleSeconds,
    untilSeconds: healedAtSeconds + settleSeconds + 1,
  }
}

/** The plan of a run: the other way round. */
export function planFrom({ image }: StrategyFacts, run: Scenario): RunPlan {
  const { healedAtSeconds, router } = run
  const events = givenList<WorldEvent>(run.events).map((event) => ({ ...event, atSeconds: secondOf(event.atSeconds) }))
  const isEarly = ({ atSeconds }: { readonly atSeconds: number }): boolean => atSeconds < healedAtSeconds
  const pods = givenObject<Scenario['pods']>(run.pods)
  const failsAfter = givenObject(pods.failAfterSeconds)[image]
  const isRefused = givenTexts(pods.refusedImages).includes(image)
  const plan: RunPlan = {
    firstInstall: run.firstInstall === true,
    events: events.filter((event) => isEarly(event) && !event.whenPaused) as readonly WorldEvent[],
    readyAfterSeconds: secondOf(pods.readyAfterSeconds),
    startEverySeconds: secondOf(pods.startEverySeconds),
    ...((isRefused || failsAfter !== undefined) && {
      failingStable: { afterSeconds: secondOf(failsAfter), isRefused },
    }),
    router,
    points: Object.fromEntries(Object.entries(run.series).map(([name, all]) => [name, pointsFrom(all, isEarly)])),
    ...promotesFrom(events.find((event) => isEarly(event) && event.whenPaused)),
    waits: false,
  }
  return { ...plan, waits: healedAtSeconds - calmSecond(plan) > quietSeconds }
}

const promotesFrom = (event: { readonly atSeconds: number } | undefined): Pick<RunPlan, 'promotesFrom'> =>
  event ? { promotesFrom: event.atSeconds } : {}

const pointsFrom = (
  series: unknown,
  isEarly: (point: { readonly atSeconds: number }) => boolean,
): readonly TimedPoint[] =>
  givenList(series as readonly unknown[]).flatMap((one) => {
    const { atSeconds, ...point } = givenObject(one)
    const timed = { atSeconds: secondOf(atSeconds), point: point as unknown as SeriesPoint }
    return timed.atSeconds > 0 && isEarly(timed) ? [timed] : []
  })

const mostSecond = 10_000_000

const secondOf = (given: unknown): number => {
  const second = givenNumber(given) ?? 0
  return second >= 0 ? Math.min(mostSecond, second) : 0
}

/** Whether an abort gets anywhere is seen only with time. */
const isPatient = ({ waits, events }: RunPlan): boolean => waits || events.some(({ command }) => command === 'abort')

const waitSeconds = ({ progressDeadlineSeconds }: StrategyFacts, settleSeconds: number): number =>
  Math.max(settleSeconds, progressDeadlineSeconds) + 200

/** From then on nothing is disturbed any more. */
const calmSecond = ({ events, router: { refuses }, points }: RunPlan): number =>
  Math.max(
    0,
    ...events.map(({ atSeconds = 0, autoscaleSeconds = 0 }) => atSeconds + autoscaleSeconds),
    refuses?.untilSeconds ?? 0,
    ...Object.values(points).flatMap((some) => some.map(({ atSeconds }) => atSeconds)),
  )

const crashSeconds = 20

function podsOf(
  facts: StrategyFacts,
  { events, readyAfterSeconds, startEverySeconds, failingStable }: RunPlan,
): Scenario['pods'] {
  const updates = [...new Set(events.flatMap(({ image }) => image ?? []))].sort()
  const images = (kind: UpdateKind): readonly string[] => updates.filter((image) => isOfKind(facts, kind, image))
  const each = (kind: UpdateKind, number: number): Readonly<Record<string, number>> =>
    Object.fromEntries(images(kind).map((image) => [image, number]))
  return {
    readyAfterSeconds,
    ...(startEverySeconds > 0 && { startEverySeconds }),
    neverReadyImages: images('broken'),
    failAfterSeconds: {
      ...each('crashing', crashSeconds),
      ...(failingStable && !failingStable.isRefused && { [facts.image]: failingStable.afterSeconds }),
    },
    ...(failingStable?.isRefused && { refusedImages: [facts.image] }),
    mostReady: each('half', Math.floor(facts.replicas / 2)),
  }
}
