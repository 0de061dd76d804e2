import { type FieldDifference, fieldDifferences } from '../cluster/fieldDifferences'
import type { ClusterObjects } from '../cluster/objects'
import { type ControllerVersion, controllerVersions } from '../model/controllerVersion'
import { allOfKind } from '../model/kinds'
import type { Rollout } from '../model/rollout'
import { wellFormed } from '../rollout/validation/wellFormed'
import { answersOf, type SimulationAnswers } from '../simulate/answers/answers'
import { wellFormedTimeline } from '../simulate/answers/wellFormed'
import type { Outcome } from '../simulate/outcome'
import type { Timeline } from '../simulate/simulation'
import { type KnownChange, knownChanges } from './knownChanges'
import { firstDifference, type Parting, type Story, sameMoment, storyOf } from './story'

/** A number about both runs; undefined where a run has none. */
export interface ComparedNumber {
  readonly name: string
  readonly unit: 's' | 'pods' | '%'
  readonly left: number | undefined
  readonly right: number | undefined
}

/** A change of the controller that lies between two versions. */
export type ChangeBetween = Omit<KnownChange, 'touches'>

/** Two runs side by side. */
export interface RunComparison {
  readonly controllers: readonly [left: ControllerVersion, right: ControllerVersion]
  /** The same from the first second to the last, what the controller tells included. */
  readonly isSame: boolean
  /** The first moment at which they differ, and what only one controller told in that second. */
  readonly first?: Parting & { readonly toldLeft: readonly string[]; readonly toldRight: readonly string[] }
  /** What only one of them tells, hashes aside. */
  readonly onlyLeft: readonly string[]
  readonly onlyRight: readonly string[]
  readonly outcomes: readonly [left: Outcome, right: Outcome]
  /** The last moments are the same. */
  readonly endsAlike: boolean
  readonly numbers: readonly ComparedNumber[]
  /** What is written otherwise in the Rollouts that run at the start: why strategies go different ways. */
  readonly fields: readonly FieldDifference[]
  /** What changed between the two controllers that this Rollout can meet: why controllers do. */
  readonly changes: readonly ChangeBetween[]
}

/**
 * Two simulations side by side: what differs first, what may be the reason, and the numbers that people ask for.
 *
 * @example
 * import { compareRuns } from 'rollout-engine/scenario'
 * import { simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const run = (setWeight: number) => {
 *   const strategy = { canary: { steps: [{ setWeight }, { pause: { duration: 60 } }] } }
 *   const spec = { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy, template }
 *   return simulate({ manifests: [{ kind: 'Rollout', metadata: { name: 'web' }, spec }], events: [{ atSeconds: 10, image: 'web:2' }] })
 * }
 * const { first, fields } = compareRuns(run(25), run(50))
 * first?.atSeconds // => 10
 * fields.map(({ path }) => path) // => ['spec.strategy.canary.steps[0].setWeight']
 */
export function compareRuns(leftRun: Timeline, rightRun: Timeline): RunComparison {
  const [left, right] = [wellFormedTimeline(leftRun), wellFormedTimeline(rightRun)]
  const [one, other] = [storyOf(left), storyOf(right)]
  const first = firstDifference(one.frames, other.frames)
  const onlyLeft = without(one.events, other.events)
  const onlyRight = without(other.events, one.events)
  const rollout = rolloutOf(left.history.start) ?? rolloutOf(right.history.start)
  return {
    controllers: [left.controller, right.controller],
    isSame: first === undefined && onlyLeft.length + onlyRight.length === 0,
    ...(first && {
      first: { ...first, ...toldApart(toldIn(left, one, first.atSeconds), toldIn(right, other, first.atSeconds)) },
    }),
    onlyLeft,
    onlyRight,
    outcomes: [left.outcome, right.outcome],
    endsAlike: sameMoment(one.frames.at(-1), other.frames.at(-1)),
    numbers: numbersOf(answersOf(left), answersOf(right)),
    fields: writtenDifferences(left, right),
    changes: rollout ? changesBetween(left.controller, right.controller, rollout) : [],
  }
}

/** Oldest first; which of the two versions is the newer does not matter. */
export function changesBetween(
  from: ControllerVersion,
  to: ControllerVersion,
  rollout: Rollout,
): readonly ChangeBetween[] {
  const [low = 0, high = 0] = [from, to].map((version) => controllerVersions.indexOf(version)).sort((a, b) => a - b)
  return knownChanges
    .filter(({ since, touches }) => {
      const place = controllerVersions.indexOf(since)
      return place > low && place <= high && touches(rollout)
    })
    .map(({ since, weight, text }) => ({ since, weight, text }))
}

const toldIn = ({ events }: Timeline, { plain }: Story, second: number): readonly string[] =>
  events.filter(({ atSeconds }) => atSeconds === second).map(({ reason, message }) => plain(`${reason}: ${message}`))

const toldApart = (left: readonly string[], right: readonly string[]) => ({
  toldLeft: without(left, right),
  toldRight: without(right, left),
})

function without(texts: readonly string[], others: readonly string[]): readonly string[] {
  const gone = new Set(others)
  return texts.filter((text) => !gone.has(text))
}

function rolloutOf(objects: ClusterObjects): Rollout | undefined {
  const [found] = allOfKind(Object.values(objects), 'Rollout')
  return found && wellFormed({ now: '', rollout: found, replicaSets: [] }).rollout
}

/** Of Rollouts, what people write: not what the controller does. */
function writtenDifferences(left: Timeline, right: Timeline): readonly FieldDifference[] {
  const [one, other] = [rolloutOf(left.history.start), rolloutOf(right.history.start)]
  if (!one || !other) return []
  return fieldDifferences({ spec: one.spec }, { spec: other.spec })
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

type NumberOf = (answers: SimulationAnswers) => number | undefined

const numbers: readonly (readonly [name: string, unit: ComparedNumber['unit'], of: NumberOf])[] = [
  [
    'the last update took',
    's',
    ({ updates }) =>
      lastUpdate(updates, ({ untilSeconds, fromSeconds, end }) =>
        end === 'open' ? undefined : untilSeconds - fromSeconds,
      ),
  ],
  ['paused', 's', ({ pauses }) => sum(pauses.map(({ fromSeconds, untilSeconds }) => untilSeconds - fromSeconds))],
  [
    'of these waiting for a person',
    's',
    ({ pauses }) =>
      sum(pauses.flatMap(({ fromSeconds, untilSeconds, waitsFor }) => (waitsFor ? untilSeconds - fromSeconds : []))),
  ],
  ['most pods at once', 'pods', ({ peakPods }) => peakPods.pods],
  [
    'fewest available pods',
    '%',
    ({ lowestAvailability: lowest }) =>
      lowest ? Math.round((lowest.available / lowest.replicas) * 1000) / 10 : undefined,
  ],
  ['exposure (all requests x time)', 's', ({ updates }) => sum(updates.map(({ exposureSeconds }) => exposureSeconds))],
  [
    'exposure until something wrong was seen',
    's',
    ({ updates }) => lastUpdate(updates, ({ exposureBeforeDetectionSeconds }) => exposureBeforeDetectionSeconds),
  ],
  [
    'from then on to no requests',
    's',
    ({ updates }) =>
      lastUpdate(updates, ({ detectedAtSeconds, rolledBackAtSeconds }) =>
        detectedAtSeconds === undefined || rolledBackAtSeconds === undefined
          ? undefined
          : rolledBackAtSeconds - detectedAtSeconds,
      ),
  ],
]

/** Their names, in the order in which they are shown. */
export const numberNames: readonly string[] = numbers.map(([name]) => name)

type Update = SimulationAnswers['updates'][number]

function lastUpdate(updates: readonly Update[], of: (update: Update) => number | undefined): number | undefined {
  const last = updates.at(-1)
  return last && of(last)
}

/** The numbers of two runs, in the order in which they are shown. */
export const numbersOf = (left: SimulationAnswers, right: SimulationAnswers): readonly ComparedNumber[] =>
  numbers.map(([name, unit, of]) => ({ name, unit, left: of(left), right: of(right) }))
