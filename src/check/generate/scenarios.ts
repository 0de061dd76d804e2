import * as fc from 'fast-check'
import type { ControllerVersion } from '../../model/controllerVersion'
import { givenObject } from '../../model/given'
import type { KubeObject } from '../../model/meta'
import type { Rollout } from '../../model/rollout'
import type { SeriesPoint } from '../../model/series'
import { stepsOf } from '../../rollout/facts/steps'
import type { SimulatedCommand, WorldEvent } from '../../simulate/worldEvent'
import { installedRollout, longestLagSeconds, promotions, retagged, type StrategyFacts } from '../facts'
import { type Scenario, settleSecondsOf } from '../scenario'
import { type Disturbance, disturbancesOfRun } from './disturbances'
import { mergePatchTo } from './mergePatchTo'
import { seriesOf } from './seriesOf'

/**
 * `good`: pods become ready. `broken`: never. `crashing`: they stop being ready a while later. `half`: only some do.
 * `stable`: the first version again.
 */
const updateKinds = ['good', 'broken', 'crashing', 'half', 'stable'] as const

interface Update {
  readonly atSeconds: number
  readonly kind: (typeof updateKinds)[number]
}

/** An abort is the command that hurts most, and comes most often. */
const commandNames = [
  'promote',
  'promote --full',
  'abort',
  'abort',
  'abort',
  'retry',
  'undo',
  'pause',
  'resume',
  'restart',
] as const

const verdicts = ['Successful', 'Failed', 'Error', 'Inconclusive'] as const

/** What providers answer without data: nothing, a list without elements, not a number. */
const noData: readonly SeriesPoint[] = [{ value: null }, { value: [] }, { value: Number.NaN }]

interface Ingredients {
  readonly on: readonly Disturbance[]
  readonly first: Update['kind']
  readonly updates: readonly Update[]
  readonly commands: readonly { readonly atSeconds: number; readonly command: SimulatedCommand }[]
  readonly lost: readonly { readonly atSeconds: number; readonly role: 'stable' | 'canary'; readonly count: number }[]
  readonly scales: readonly { readonly atSeconds: number; readonly replicas: number }[]
  readonly crashes: readonly { readonly atSeconds: number; readonly afterChanges: number }[]
  readonly edits: readonly { readonly atSeconds: number; readonly keptSteps: number }[]
  readonly readyAfterSeconds: number
  readonly startEverySeconds: number
  readonly refusal: { readonly fromSeconds: number; readonly forSeconds: number }
  readonly lagSeconds: number
  readonly verifies: boolean
  readonly promotesFrom: number
  readonly series: Readonly<Record<string, readonly { readonly atSeconds: number; readonly point: SeriesPoint }[]>>
  readonly stale: readonly Span[]
  readonly lostEvents: readonly Span[]
  readonly autoscaler: Span
  readonly failing: { readonly afterSeconds: number; readonly isRefused: boolean }
  readonly anyEdit: { readonly atSeconds: number; readonly edited: KubeObject } | null
  readonly upgrade: { readonly atSeconds: number; readonly to: ControllerVersion } | null
}

interface Span {
  readonly atSeconds: number
  readonly forSeconds: number
}

/** What else may happen, where made-up Rollouts are tried. */
export interface WideScenarios {
  /** The Rollout after an edit: another strategy too. */
  readonly edits: fc.Arbitrary<KubeObject>
  /** Controllers that may take over. */
  readonly controllers: readonly ControllerVersion[]
}

/**
 * Runs of one strategy, from a single update without disturbances to everything at once; they shrink towards the
 * former.
 */
export function scenarios(facts: StrategyFacts, wide?: WideScenarios): fc.Arbitrary<Scenario> {
  return ingredients(facts, wide).map((chosen) => scenarioOf(facts, chosen))
}

/** Early times are likelier, and so are the seconds around the ends of pauses. */
function momentArbitrary({ moments, updateSeconds }: StrategyFacts): fc.Arbitrary<number> {
  const edges = moments.flatMap((moment) => [moment + 10, moment + 11, moment + 12, moment + 15])
  return fc.oneof(
    { arbitrary: fc.integer({ min: 10, max: 60 }), weight: 3 },
    { arbitrary: fc.integer({ min: 10, max: Math.min(updateSeconds + 120, 7200) }), weight: 2 },
    { arbitrary: fc.constantFrom(...edges), weight: 2 },
  )
}

function ingredients(facts: StrategyFacts, wide: WideScenarios | undefined): fc.Arbitrary<Ingredients> {
  const atSeconds = momentArbitrary(facts)
  const some = <T>(one: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<readonly T[]> => fc.array(one, { maxLength })
  // An analysis with one measurement can fail only at one moment, so half of the verdicts are valid from the start.
  const verdictSeconds = fc.oneof(fc.constant(1), atSeconds)
  const points = [...verdicts.map((phase): SeriesPoint => ({ phase })), ...noData]
  const verdict = fc.record({ atSeconds: verdictSeconds, point: fc.constantFrom(...points) })
  // Without bias: the first runs would be the smallest ones, in a world where nothing happens.
  return fc.noBias(
    fc.record({
      on: disturbancesOfRun(wide !== undefined),
      first: fc.constantFrom(...updateKinds.filter((kind) => kind !== 'stable')),
      updates: some(fc.record({ atSeconds, kind: fc.constantFrom(...updateKinds) }), 3),
      commands: some(fc.record({ atSeconds, command: fc.constantFrom(...commandNames) }), 4),
      lost: some(
        fc.record({
          atSeconds,
          role: fc.constantFrom('canary' as const, 'stable' as const),
          count: fc.integer({ min: 1, max: Math.max(1, facts.replicas) }),
        }),
        3,
      ),
      scales: some(fc.record({ atSeconds, replicas: fc.integer({ min: 0, max: facts.replicas * 2 }) }), 2),
      crashes: some(fc.record({ atSeconds, afterChanges: fc.integer({ min: 0, max: 4 }) }), 3),
      edits: some(fc.record({ atSeconds, keptSteps: fc.integer({ min: 0, max: facts.stepCount }) }), 1),
      readyAfterSeconds: fc.integer({ min: 0, max: facts.slowestReadySeconds }),
      startEverySeconds: fc.integer({ min: 0, max: 5 }),
      refusal: fc.record({ fromSeconds: atSeconds, forSeconds: fc.integer({ min: 1, max: 900 }) }),
      lagSeconds: fc.integer({ min: 0, max: longestLagSeconds }),
      verifies: fc.boolean(),
      promotesFrom: atSeconds,
      stale: some(fc.record({ atSeconds, forSeconds: fc.integer({ min: 1, max: 120 }) }), 2),
      lostEvents: some(fc.record({ atSeconds, forSeconds: fc.integer({ min: 1, max: 120 }) }), 2),
      autoscaler: fc.record({ atSeconds, forSeconds: fc.integer({ min: 30, max: 600 }) }),
      failing: fc.record({ afterSeconds: atSeconds, isRefused: fc.boolean() }),
      anyEdit: wide ? fc.record({ atSeconds, edited: wide.edits }) : fc.constant(null),
      upgrade: wide ? fc.record({ atSeconds, to: fc.constantFrom(...wide.controllers) }) : fc.constant(null),
      series: fc.record(Object.fromEntries(facts.metrics.map((metric) => [metric, some(verdict, 3)]))),
    }),
  )
}

const firstUpdateSeconds = 10
const editedSeconds = 1200
const editedSteps = 8

function scenarioOf(facts: StrategyFacts, chosen: Ingredients): Scenario {
  const has = (disturbance: Disturbance): boolean => chosen.on.includes(disturbance)
  const updates: readonly Update[] = [
    { atSeconds: firstUpdateSeconds, kind: has('updates') ? chosen.first : 'good' },
    ...(has('updates') ? chosen.updates : []),
  ]
  const disturbed = [
    ...updates.map((update, index) => updateEvent(facts, update, index)),
    ...disturbingEvents(facts, chosen),
  ]
  const refuses = has('routerRefuses') && facts.routed ? chosen.refusal : undefined
  const calm = Math.max(
    ...disturbed.map(({ atSeconds = 0, autoscaleSeconds = 0 }) => atSeconds + autoscaleSeconds),
    refuses ? refuses.fromSeconds + refuses.forSeconds : 0,
    ...Object.values(chosen.series).flatMap((points) =>
      has('verdicts') ? points.map(({ atSeconds }) => atSeconds) : [],
    ),
  )
  // Another strategy takes another time.
  const settleSeconds = settleSecondsOf(facts) + (has('anyEdit') ? editedSeconds : 0)
  // Whether an abort gets anywhere is seen only with time.
  const isAborted = has('commands') && chosen.commands.some(({ command }) => command === 'abort')
  const healedAtSeconds =
    calm + (has('longWait') || isAborted ? Math.max(settleSeconds, facts.progressDeadlineSeconds) + 200 : 30)
  const healing: readonly WorldEvent[] = [
    { atSeconds: healedAtSeconds, replicas: facts.replicas },
    { atSeconds: healedAtSeconds, image: retagged(facts.image, 'healed') },
    ...(has('people') ? promotions(chosen.promotesFrom, facts.stepCount) : []),
    ...promotions(healedAtSeconds, facts.stepCount + (has('anyEdit') ? editedSteps : 0)),
  ]
  return {
    firstInstall: has('firstInstall'),
    events: [...disturbed].sort((left, right) => (left.atSeconds ?? 0) - (right.atSeconds ?? 0)).concat(healing),
    pods: podsOf(facts, updates, chosen),
    router: {
      lagSeconds: has('routerLag') ? chosen.lagSeconds : 0,
      verifies: chosen.verifies,
      ...(has('routerLies') && { lies: true }),
      ...(refuses && {
        refuses: { fromSeconds: refuses.fromSeconds, untilSeconds: refuses.fromSeconds + refuses.forSeconds },
      }),
    },
    series: has('verdicts') ? seriesOf(chosen.series, healedAtSeconds) : {},
    healedAtSeconds,
    settleSeconds,
    untilSeconds: healedAtSeconds + settleSeconds + 1,
  }
}

const imageOf = ({ image }: StrategyFacts, { kind }: Update, index: number): string =>
  kind === 'stable' ? image : retagged(image, `${kind}-${index + 1}`)

const updateEvent = (facts: StrategyFacts, update: Update, index: number): WorldEvent => ({
  atSeconds: update.atSeconds,
  image: imageOf(facts, update, index),
})

function disturbingEvents(facts: StrategyFacts, chosen: Ingredients): readonly WorldEvent[] {
  const { on, commands, lost, scales, crashes, edits, stale, lostEvents, autoscaler, anyEdit, upgrade } = chosen
  const events: Readonly<Partial<Record<Disturbance, readonly WorldEvent[]>>> = {
    commands,
    lostPods: lost.map(({ atSeconds, role, count }) => ({ atSeconds, losePods: { role, count } })),
    scaling: scales,
    crashes: crashes.map(({ atSeconds, afterChanges }) => ({ atSeconds, crashAfterChanges: afterChanges })),
    stale: stale.map(({ atSeconds, forSeconds }) => ({ atSeconds, staleSeconds: forSeconds })),
    lostEvents: lostEvents.map(({ atSeconds, forSeconds }) => ({ atSeconds, lostEventSeconds: forSeconds })),
    autoscaler: [{ atSeconds: autoscaler.atSeconds, autoscaleSeconds: autoscaler.forSeconds }],
    edits: facts.stepCount === 0 ? [] : edits.map((edit) => editEvent(facts, edit)),
    anyEdit: anyEdit ? [{ atSeconds: anyEdit.atSeconds, specPatch: patchTo(facts, anyEdit.edited) }] : [],
    upgrade: upgrade ? [{ atSeconds: upgrade.atSeconds, upgradeTo: upgrade.to }] : [],
  }
  return on.flatMap((disturbance) => events[disturbance] ?? [])
}

/** The plan loses its last steps while it runs. */
function editEvent(facts: StrategyFacts, { atSeconds, keptSteps }: Ingredients['edits'][number]): WorldEvent {
  const rollout = installedRollout(facts) as unknown as Rollout
  return { atSeconds, specPatch: { strategy: { canary: { steps: stepsOf(rollout).slice(0, keptSteps) } } } }
}

const patchTo = (facts: StrategyFacts, edited: KubeObject): Readonly<Record<string, unknown>> =>
  mergePatchTo(givenObject(installedRollout(facts)?.spec), givenObject(edited.spec))

const crashSeconds = 20

function podsOf(
  facts: StrategyFacts,
  updates: readonly Update[],
  { on, readyAfterSeconds, startEverySeconds, failing }: Ingredients,
): Scenario['pods'] {
  const [isSlow, isFailing] = [on.includes('slowPods'), on.includes('failingStable')]
  const images = (wanted: Update['kind']): readonly string[] =>
    updates.flatMap((update, index) => (update.kind === wanted ? imageOf(facts, update, index) : []))
  const each = (kind: Update['kind'], number: number): Readonly<Record<string, number>> =>
    Object.fromEntries(images(kind).map((image) => [image, number]))
  return {
    readyAfterSeconds: isSlow ? readyAfterSeconds : 0,
    ...(isSlow && startEverySeconds > 0 && { startEverySeconds }),
    neverReadyImages: images('broken'),
    failAfterSeconds: {
      ...each('crashing', crashSeconds),
      ...(isFailing && !failing.isRefused && { [facts.image]: failing.afterSeconds }),
    },
    ...(isFailing && failing.isRefused && { refusedImages: [facts.image] }),
    mostReady: each('half', Math.floor(facts.replicas / 2)),
  }
}
