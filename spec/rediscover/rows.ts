import type { Scenario } from '../../src/check/scenario'
import type { StrategyState } from '../../src/check/state'
import { listObjects } from '../../src/cluster/objects'
import { type ControllerVersion, newestRelease } from '../../src/model/controllerVersion'
import { podTemplateHashLabel, scaleDownDeadlineAnnotation } from '../../src/model/labelKeys'
import type { BlueGreenStrategy, CanaryStrategy, Rollout } from '../../src/model/rollout'
import type { Hit } from './search'
import { verdictUnder } from './smaller'

/**
 * A row of the collection of public reports: which sentence its defect breaks, and how to tell its mechanism in a run.
 * Nothing here makes a run: the generators know no row.
 */
export interface Row {
  readonly row: number
  readonly thread: string
  readonly what: string
  readonly invariants: readonly string[]
  /** Versions without the defect: there the sentence has to hold in the same run. */
  readonly holdsUnder?: readonly ControllerVersion[]
  /** What the report blames is taken out of the run: without it the sentence has to hold. */
  readonly holdsWithout?: (scenario: Scenario, hit: Hit) => Scenario
  /** Why a run that matches may still be another defect: such a row is shown and not counted. */
  readonly doubt?: string
  /** The violation is this row's defect, and not another one that breaks the same sentence. */
  readonly isIt: (seen: SeenHit) => boolean
}

/** What matchers look at. */
export interface SeenHit extends Hit {
  /** The state of the violation, and those before it. */
  readonly now: StrategyState
  readonly past: readonly StrategyState[]
  readonly canary: CanaryStrategy
  readonly blueGreen: BlueGreenStrategy | undefined
  readonly spec: Rollout['spec']
}

export function seenHit(hit: Hit): SeenHit | undefined {
  const { states } = hit.run
  const index = Math.min(hit.violation.stateIndex, states.length - 1)
  const now = states[index]
  const { spec } = hit.manifests[0] as unknown as Rollout
  // An edit may have switched the strategy.
  const { canary = {}, blueGreen } = now?.rollout?.spec.strategy ?? spec.strategy ?? {}
  return (
    now && { ...hit, now, past: states.slice(0, index), canary: canary ?? {}, blueGreen: blueGreen ?? undefined, spec }
  )
}

/** Another revision than the newest was being rolled out, and never became stable. */
const isSuperseded = ({ past, now }: SeenHit): boolean =>
  past.some(({ updating, newestHash }) => updating && newestHash !== now.newestHash && newestHash !== now.stableHash)

const wasStableBefore = ({ past, now }: SeenHit): boolean =>
  past.some(({ stableHash }) => stableHash === now.newestHash)

/** The revision that the violation names. */
const named = ({ violation, now }: SeenHit) => {
  const [, revision] = /revision (\d+)/.exec(violation.seen) ?? []
  return now.revisions.find((one) => String(one.revision) === revision)
}

const isStable = (seen: SeenHit): boolean => named(seen)?.hash === seen.now.stableHash

const refusedJustNow = ({ past, now }: SeenHit): boolean => [...past.slice(-3), now].some(({ isRefused }) => isRefused)

/** Neither stable nor newest: a canary that a later update replaced. */
const isBetween = (seen: SeenHit): boolean => {
  const hash = named(seen)?.hash
  return hash !== undefined && hash !== seen.now.stableHash && hash !== seen.now.newestHash
}

/** A step that pauses is completed although the background analysis ended without a verdict. */
function passesPause({ violation, now }: SeenHit): boolean {
  const [, step] = /^step (\d+) is passed although .* is Inconclusive$/.exec(violation.seen) ?? []
  const { canary } = now.rollout?.spec.strategy ?? {}
  return step !== undefined && canary?.steps?.[Number(step)]?.pause !== undefined
}

const hasConditions = ({ manifests }: SeenHit): boolean => JSON.stringify(manifests).includes('Condition":')

const isOutOfRange = (found: RegExpExecArray | null): boolean =>
  found !== null && (Number(found[1]) < 0 || Number(found[1]) > Number(found[2]))

/**
 * A ReplicaSet of an earlier update keeps the time of its scale-down, which is over: as long as it has one, no deadline
 * is judged.
 */
const keepsScaleDownDeadline = ({ now: { objects, stableHash, newestHash, rollout } }: SeenHit): boolean =>
  listObjects(objects, 'ReplicaSet', rollout?.metadata.namespace ?? '').some(({ metadata, spec }) => {
    const { labels = {}, annotations = {} } = metadata
    const hash = labels[podTemplateHashLabel]
    const isOld = hash !== stableHash && hash !== newestHash
    return isOld && spec.replicas === 0 && (annotations[scaleDownDeadlineAnnotation] ?? '') !== ''
  })

/** The images of the first version cannot run, or not for long. */
const hasBadFirstVersion = ({ scenario: { pods }, facts: { image } }: SeenHit): boolean =>
  (pods.refusedImages ?? []).includes(image) || pods.failAfterSeconds?.[image] !== undefined

/** The newest revision has all of its pods, and an older one waits for pods that never come. */
const waitsForOldPods = ({ now: { revisions, newestHash } }: SeenHit): boolean => {
  const newest = revisions.find(({ hash }) => hash === newestHash)
  return (
    newest !== undefined &&
    newest.wanted > 0 &&
    newest.available === newest.wanted &&
    revisions.some(({ hash, wanted, available }) => hash !== newestHash && available < wanted)
  )
}

/** What happens only after the violation has no part in it. */
const eventsBefore = ({ scenario, violation }: SeenHit) =>
  scenario.events.filter(({ atSeconds = 0 }) => atSeconds <= violation.atSeconds)

const hasLostEvents = (seen: SeenHit): boolean =>
  eventsBefore(seen).some(({ lostEventSeconds }) => lostEventSeconds !== undefined)

const isUpgraded = (seen: SeenHit): boolean => eventsBefore(seen).some(({ upgradeTo }) => upgradeTo !== undefined)

/** The metrics give verdicts and no values, so that nothing was not a number. */
const measuresOnlyVerdicts = ({ scenario }: SeenHit): boolean =>
  Object.values(scenario.series)
    .flat()
    .every((point) => typeof point === 'object' && point !== null && 'phase' in point)

export const rows: readonly Row[] = [
  {
    row: 3,
    thread: 'AR#3372',
    what: 'a second canary gives all traffic to a dynamic stable that has not scaled up',
    invariants: ['S1'],
    holdsUnder: ['v1.8', 'v1.9', 'v1.10', 'main'],
    isIt: (seen) =>
      seen.canary.dynamicStableScale === true && isStable(seen) && isSuperseded(seen) && !seen.now.aborted,
  },
  {
    row: 4,
    thread: 'AR#3941',
    what: 'a rollback within the window sends all traffic to the first ready pods',
    invariants: ['S1', 'S7'],
    isIt: (seen) =>
      (seen.spec.rollbackWindow ?? undefined) !== undefined &&
      wasStableBefore(seen) &&
      named(seen)?.hash === seen.now.newestHash &&
      (named(seen)?.available ?? 0) > 0 &&
      seen.now.stepCount > 0 &&
      seen.now.stepIndex === seen.now.stepCount,
  },
  {
    row: 5,
    thread: 'AR#4390',
    what: 'a new canary while stable is not ready: the route still leads to the old canary, which is scaled down',
    invariants: ['S2', 'S7'],
    holdsUnder: ['v1.9', 'v1.10', 'main'],
    isIt: (seen) =>
      (seen.canary.trafficRouting?.istio?.destinationRule ?? undefined) !== undefined &&
      isSuperseded(seen) &&
      (isBetween(seen) || (seen.violation.invariant.id === 'S7' && named(seen)?.hash === seen.now.newestHash)),
  },
  {
    row: 6,
    thread: 'AR#3926',
    what: 'a dynamic stable is scaled down by commanded weights while traffic still goes to it',
    invariants: ['S2'],
    isIt: (seen) =>
      seen.canary.dynamicStableScale === true &&
      isStable(seen) &&
      (seen.scenario.router.lagSeconds ?? 0) > 0 &&
      seen.now.weight.canary < (seen.now.weight.commanded ?? 0) &&
      !seen.now.aborted,
    holdsWithout: (scenario) => ({ ...scenario, router: { ...scenario.router, lagSeconds: 0 } }),
  },
  {
    row: 8,
    thread: 'AR#4424',
    what: 'more canary pods than replicas make a weight above the most, or below 0',
    invariants: ['S3'],
    isIt: ({ canary, violation, now }) =>
      (canary.steps ?? []).some(({ setCanaryScale }) => setCanaryScale?.replicas !== undefined) &&
      now.pods.total.available > now.replicas &&
      isOutOfRange(/router is told (-?\d+) of (\d+)/.exec(violation.seen)),
  },
  {
    row: 11,
    thread: 'AR#5006',
    what: 'the stable one of ping and pong selects canary pods too in the first update',
    invariants: ['S9'],
    isIt: ({ canary, past }) =>
      canary.pingPong !== undefined && new Set(past.map(({ stableHash }) => stableHash ?? '')).size <= 2,
  },
  {
    row: 12,
    thread: 'AR#4898',
    what: 'an abort with a dynamic stable and a delay of its own never takes the traffic away',
    invariants: ['L1', 'L4'],
    holdsUnder: ['v1.7', 'v1.8', 'main'],
    isIt: ({ canary, now }) =>
      canary.dynamicStableScale === true &&
      (canary.abortScaleDownDelaySeconds ?? 0) > 0 &&
      now.aborted &&
      (now.weight.commanded ?? 0) > 0 &&
      !now.isRefused,
  },
  {
    row: 13,
    thread: 'AR#4841',
    what: 'an abort with a dynamic stable and minPodsPerReplicaSet never takes the last weight away',
    invariants: ['L1', 'L4'],
    holdsUnder: ['v1.7', 'v1.8'],
    isIt: ({ canary, now }) =>
      canary.dynamicStableScale === true &&
      canary.abortScaleDownDelaySeconds === undefined &&
      canary.minPodsPerReplicaSet !== undefined &&
      now.aborted &&
      (now.weight.commanded ?? 0) > 0 &&
      !now.isRefused,
  },
  {
    row: 14,
    thread: 'AR#4626',
    what: 'no progress deadline while the router refuses its calls',
    invariants: ['L2'],
    isIt: refusedJustNow,
    holdsWithout: ({ router: { refuses: _, ...router }, ...scenario }) => ({ ...scenario, router }),
  },
  {
    row: 15,
    thread: 'AR#3988',
    what: 'a later broken revision meets no progress deadline, unlike the first',
    invariants: ['L2'],
    isIt: (seen) =>
      !refusedJustNow(seen) &&
      seen.now.phase === 'Progressing' &&
      keepsScaleDownDeadline(seen) &&
      seen.past.some(
        ({ newestHash, rollout, aborted }) =>
          newestHash !== seen.now.newestHash &&
          (aborted ||
            rollout?.status?.conditions?.some(({ reason }) => reason === 'ProgressDeadlineExceeded') === true),
      ),
  },
  {
    row: 16,
    thread: 'AR#3316',
    what: 'after an event was lost the controller sees a ReplicaSet as it was, and nothing ends that',
    invariants: ['L4', 'L6'],
    holdsUnder: ['v1.10', 'main'],
    isIt: hasLostEvents,
    holdsWithout: (scenario) => ({
      ...scenario,
      events: scenario.events.filter(({ lostEventSeconds }) => lostEventSeconds === undefined),
    }),
  },
  {
    row: 17,
    thread: 'AR#1774',
    what: 'a good version cannot replace a stable one that broke',
    invariants: ['L7'],
    isIt: (seen) =>
      seen.now.phase !== 'Paused' &&
      !seen.now.aborted &&
      !eventsBefore(seen).some(({ command }) => command === 'restart') &&
      hasBadFirstVersion(seen) &&
      waitsForOldPods(seen),
    holdsWithout: ({ pods, ...scenario }, { facts: { image } }) => {
      const { [image]: _, ...failAfterSeconds } = pods.failAfterSeconds ?? {}
      const refusedImages = (pods.refusedImages ?? []).filter((one) => one !== image)
      return { ...scenario, pods: { ...pods, failAfterSeconds, refusedImages } }
    },
  },
  {
    row: 19,
    thread: 'AR#3078',
    what: 'the canary Service is switched there and back after an abort',
    invariants: ['L3'],
    isIt: ({ now, violation }) =>
      now.aborted && /(in one second, the last|in one decision): .*selectPods/.test(violation.seen),
  },
  {
    row: 23,
    thread: 'AR#3120 (AR#2897)',
    what: 'after a retry the failed AnalysisRun of the try before counts again, and no new one is made',
    invariants: ['V4'],
    isIt: () => true,
  },
  {
    row: 24,
    thread: 'AR PR#4604',
    what: 'a pod dies in the pre-promotion analysis, and the Rollout promotes',
    invariants: ['V1', 'V3'],
    holdsUnder: ['v1.8', 'v1.9', 'v1.10', 'main'],
    isIt: ({ blueGreen, violation, past, now }) =>
      blueGreen?.prePromotionAnalysis !== undefined &&
      /promoted without/.test(violation.seen) &&
      past.some(
        ({ newestHash, pods, runs }) =>
          newestHash === now.newestHash &&
          pods.canary.available < pods.canary.wanted &&
          runs.some(({ hash, type }) => hash === newestHash && type === 'PrePromotion'),
      ),
  },
  {
    row: 25,
    thread: 'AR#3850',
    what: 'an Inconclusive background analysis is not respected in the pause of a step: it is made again, and the step is passed',
    invariants: ['L3', 'V3'],
    holdsUnder: ['v1.8', 'v1.9', 'v1.10', 'main'],
    isIt: (seen) =>
      (/createAnalysisRun/.test(seen.violation.seen) || passesPause(seen)) &&
      seen.now.runs.some(({ type, phase }) => type === 'Background' && phase === 'Inconclusive'),
  },
  {
    row: 26,
    thread: 'AR#4479',
    what: 'an analysis is Successful though every measurement failed or ended in an error',
    invariants: ['V2'],
    isIt: (seen) => /without one successful measurement/.test(seen.violation.seen) && measuresOnlyVerdicts(seen),
  },
  {
    row: 27,
    thread: 'FL PR#1095',
    what: 'not a number passes for a good measurement (here by a failure condition alone)',
    invariants: ['V2'],
    doubt: 'the report is about Flagger; Argo Rollouts has the same mechanism',
    isIt: (seen) => /nothing but \[?NaN/.test(seen.violation.seen) && hasConditions(seen),
  },
  {
    row: 28,
    thread: 'AR#3534',
    what: 'the progress deadline runs out in a pause',
    invariants: ['T1'],
    holdsUnder: ['v1.8', 'v1.9', 'v1.10', 'main'],
    isIt: ({ violation }) => /ProgressDeadlineExceeded/.test(violation.seen),
  },
  {
    row: 29,
    thread: 'AR#1992',
    what: 'a scale-down delay of 0 keeps the old pods',
    invariants: ['T1'],
    isIt: ({ violation }) => violation.seen.startsWith('scaleDownDelaySeconds is 0'),
  },
  {
    row: 30,
    thread: 'AR#3284',
    what: 'maxSurge has no effect on a canary with a router',
    invariants: ['S4'],
    isIt: ({ violation }) => /declared maxSurge/.test(violation.seen),
  },
  {
    row: 31,
    thread: 'AR#1707 (AR#2281)',
    what: 'without a router, few pods cannot make the weight of the plan',
    invariants: ['S10'],
    isIt: () => true,
  },
  {
    row: 33,
    thread: 'AR PR#4868',
    what: 'an autoscaler takes the pods of stable and canary together for the needed ones',
    invariants: ['L8'],
    isIt: () => true,
  },
  {
    row: 34,
    thread: 'AR#4696',
    what: 'another version of the controller does not know its ReplicaSets again, and starts a new revision',
    invariants: ['S8'],
    isIt: isUpgraded,
  },
]

/** Faults that no row is about: what breaks after them says nothing about a row. */
const hasForeignFault = (seen: SeenHit): boolean =>
  eventsBefore(seen).some(
    ({ repeatSeconds, clockStepSeconds, otherWrite }) =>
      repeatSeconds !== undefined || clockStepSeconds !== undefined || otherWrite !== undefined,
  )

/** Rows about a fault of its own. Another defect in a run with such a fault says nothing about a version. */
const rowsOfFaults: Readonly<Record<number, (seen: SeenHit) => boolean>> = { 16: hasLostEvents, 34: isUpgraded }

/** The row whose mechanism a violation shows. */
export function rowOf(hit: Hit): Row | undefined {
  const seen = seenHit(hit)
  if (!seen || hasForeignFault(seen)) return undefined
  const mayBe = ({ row, invariants }: Row): boolean =>
    invariants.includes(hit.violation.invariant.id) &&
    Object.entries(rowsOfFaults).every(([own, hasFault]) => String(row) === own || !hasFault(seen))
  return rows.find((row) => mayBe(row) && row.isIt(seen))
}

/**
 * The versions that are known to be without the defect keep the sentence in the same run, and so does the same version
 * without what the report blames.
 */
export const isConfirmed = ({ holdsUnder = [], holdsWithout }: Row, hit: Hit): boolean =>
  holdsUnder.every((controller) => verdictUnder(controller, hit) === undefined) &&
  (!holdsWithout ||
    verdictUnder(hit.facts.options.controller ?? newestRelease, {
      ...hit,
      scenario: holdsWithout(hit.scenario, hit),
    }) === undefined)
