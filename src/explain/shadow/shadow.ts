import { type FieldDifference, fieldDifferences } from '../../cluster/fieldDifferences'
import type { ClusterObjects } from '../../cluster/objects'
import { wellFormedCluster } from '../../cluster/wellFormed'
import { blockerText } from '../../model/blockerText'
import type { ControllerVersion } from '../../model/controllerVersion'
import { givenList, givenObject, givenText } from '../../model/given'
import { formatTime, parseTime } from '../../model/time'
import { applyEvent } from '../../simulate/applyEvent'
import type { SimulatedCommand } from '../../simulate/worldEvent'
import { decidedSteps, type Step } from './decided'
import { unseenSituations } from './unseen'
import { deedsOf, situationOf } from './worldOf'

/** A cluster as somebody saw it: everything about a Rollout, as `kubectl get -o json` prints it. */
export interface Snapshot {
  /** RFC 3339. */
  readonly now: string
  readonly objects: ClusterObjects
}

/**
 * What the engine makes of what a live controller did between two observations. `same`: the same decisions.
 * `commanded`: the same, if somebody ran a command meanwhile. `behind`: the live controller did the first of the
 * engine's reconciles and not yet the others. `differs`: something else.
 */
export type ShadowVerdict = 'same' | 'commanded' | 'behind' | 'differs'

/** One observation against the one before it. */
export interface ShadowStep {
  readonly now: string
  readonly verdict: ShadowVerdict
  /** The command that explains it. */
  readonly command?: SimulatedCommand
  /** What the engine decided, as its events say it. */
  readonly decided: readonly string[]
  /** Where the clusters differ: `before` is what the live controller did, `after` what the engine would have done. */
  readonly differences: readonly FieldDifference[]
  /** What the engine waits for then. */
  readonly waitsFor: readonly string[]
}

/** A series of observations in shadow mode. */
export interface ShadowReport {
  /** From the second observation on. */
  readonly steps: readonly ShadowStep[]
  readonly counts: Readonly<Record<ShadowVerdict, number>>
}

/** Commands that leave their trace in the status only: all others show in the spec. */
const commands: readonly SimulatedCommand[] = ['promote', 'abort', 'retry', 'promote --full']

/**
 * Shadow mode: for each of a series of observations of a live Rollout, would the engine have decided what the live
 * controller did since the one before? The world (specs, pods, measurements) is that of the later observation, so an
 * earlier difference does not add up. Times in statuses are not compared, and what routers and plugins answered is
 * only known as far as the status notes it.
 *
 * @example
 * import { shadow } from 'rollout-engine/explain'
 * import { simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const strategy = { canary: { steps: [{ setWeight: 50 }, { pause: { duration: 60 } }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy, template }
 * const manifests = [{ kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' }, spec }]
 * const live = simulate({ manifests, events: [{ atSeconds: 10, image: 'web:2' }] })
 * const seen = [5, 10, 40, 75].map((second) => ({ now: `2030-01-01T00:0${second < 60 ? 0 : 1}:${String(second % 60).padStart(2, '0')}Z`, objects: live.at(second) }))
 * shadow(seen, 'rollouts/shop/web').counts.same // => 3
 */
export function shadow(
  snapshots: readonly Snapshot[],
  key: string,
  options: { readonly controller?: ControllerVersion } = {},
): ShadowReport {
  const { controller } = givenObject<typeof options>(options)
  const seen = givenList(snapshots).map((one) => {
    const { now, objects } = givenObject<Snapshot>(one)
    return { now: givenText(now), objects: wellFormedCluster(givenObject<ClusterObjects>(objects)) }
  })
  const name = givenText(key)
  const steps = seen.flatMap((after, index) => {
    const before = seen[index - 1]
    const isThere = before?.objects[name]?.kind === 'Rollout' && after.objects[name]?.kind === 'Rollout'
    return before && isThere ? [judged(before.objects, after, name, controller)] : []
  })
  const counts: Record<ShadowVerdict, number> = { same: 0, commanded: 0, behind: 0, differs: 0 }
  for (const { verdict } of steps) counts[verdict]++
  return { steps, counts }
}

function judged(
  before: ClusterObjects,
  { now, objects: after }: Snapshot,
  key: string,
  controller: ControllerVersion | undefined,
): ShadowStep {
  const options = controller === undefined ? undefined : { controller }
  const live = deedsOf(after, key)
  const plain = situationOf(before, after, key)
  const outcome = (situation: ClusterObjects, isVerified = false): Outcome =>
    bestOf(
      [lateIn(now), now].map((clock) =>
        outcomeOf(situation, decidedSteps(situation, after, { key, now: clock, options, isVerified }), live, key),
      ),
    )
  const first = outcome(plain)
  if (first.verdict !== 'differs') return { now, ...first }
  // A status notes a weight as not verified until the next weight is set.
  const verified = outcome(plain, true)
  if (verified.verdict !== 'differs') return { now, ...verified }
  for (const situation of unseenSituations(plain, before, after, key)) {
    const told = outcome(situation)
    if (told.verdict !== 'differs') return { now, ...told }
  }
  for (const command of commands) {
    const { objects, refused } = applyEvent(plain, key, { command }, now)
    if (refused !== undefined || objects === plain) continue
    const told = outcome(objects)
    if (told.verdict !== 'differs') return { now, ...told, verdict: 'commanded', command }
  }
  return { now, ...first }
}

/** What explains most. */
const bestOf = (outcomes: readonly Outcome[]): Outcome =>
  (outcomes.find(({ verdict }) => verdict === 'same') ??
    outcomes.find(({ verdict }) => verdict === 'behind') ??
    outcomes[0]) as Outcome

/** The end of the second: the live controller may have looked at any moment of it. */
function lateIn(now: string): string {
  const seconds = parseTime(now)
  return seconds === undefined ? now : `${formatTime(Math.floor(seconds)).slice(0, -1)}.999Z`
}

type Outcome = Omit<ShadowStep, 'now' | 'command'>

function outcomeOf(
  situation: ClusterObjects,
  steps: readonly Step[],
  live: Record<string, unknown>,
  key: string,
): Outcome {
  const last = steps.at(-1)
  const decided = [...new Set(steps.flatMap(({ decision }) => decision.events.map(({ message }) => message)))]
  const waitsFor = (last?.decision.blockers ?? []).map((blocker) => blockerText(blocker).waitsFor)
  const apartAt = (objects: ClusterObjects): readonly FieldDifference[] => fieldDifferences(live, deedsOf(objects, key))
  const differences = apartAt(last?.objects ?? situation)
  if (differences.length === 0) return { verdict: 'same', decided, differences, waitsFor }
  const isBehind = [situation, ...steps.flatMap(({ objects, halfway }) => [...halfway, objects])].some(
    (one) => apartAt(one).length === 0,
  )
  return { verdict: isBehind ? 'behind' : 'differs', decided, differences, waitsFor }
}
