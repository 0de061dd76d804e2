import { restlessness } from '../check/scenario'
import type { StrategyState } from '../check/state'
import type { NamedCondition } from '../expr/named'
import { givenObject } from '../model/given'
import type { Issue } from '../model/issue'
import { openStory, until } from '../simulate/createWorld'
import type { Timeline } from '../simulate/simulation'
import type { WorldDeed } from '../simulate/worldEvent'
import { type BeginningReader, beginningReader } from './beginning'
import type { NamedFiles } from './deeds'
import type { Simulation } from './document'
import { type Judged, judgedOf, monitorOf, type Seen } from './monitors'
import { type ConditionalEvent, type Prepared, prepare } from './prepare'
import type { ReadExpectation } from './sentences'

/** What became of one expectation. */
export interface ExpectationReport {
  readonly title: string
  /** Of the field that says it: `spec.expectations[1].never`. */
  readonly path: string
  readonly holds: boolean
  /** Since when it does not hold. */
  readonly atSeconds?: number
  /** What was seen then. */
  readonly seen?: string
}

/** The result of a Simulation. */
export interface SimulationReport {
  readonly name: string
  /** It ran, and every expectation holds. */
  readonly passed: boolean
  /** In the order in which they are written. */
  readonly expectations: readonly ExpectationReport[]
  /** What is wrong with the Simulation; without an error it ran. */
  readonly issues: readonly Issue[]
  /** Undefined where it did not run. */
  readonly timeline?: Timeline
}

/**
 * Runs a Simulation and judges its expectations by every decision of the controller, every move of pods and everything
 * that is done. `files` has the objects of the files that the Simulation names. What is wrong with it comes back as
 * issues, all at once.
 *
 * @example
 * import { runSimulation, scenario } from 'rollout-engine/scenario'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const strategy = { canary: { steps: [{ setWeight: 50 }, { pause: { duration: 60 } }] } }
 * const spec = { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy, template }
 * const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec }
 * const story = scenario('an update', [rollout]).at(10, { image: 'web:2' }).eventually('phase == Healthy && revision == 2')
 * runSimulation(story.simulation).passed // => true
 */
export function runSimulation(simulation: Simulation, options: { readonly files?: NamedFiles } = {}): SimulationReport {
  const files = givenObject<NamedFiles>(givenObject<typeof options>(options).files)
  return runBegun(simulation, files, beginningReader())
}

/** The same; runs that share a reader share what they begin with. */
export function runBegun(simulation: Simulation, files: NamedFiles, reader: BeginningReader): SimulationReport {
  const name = givenObject<Simulation['metadata']>(givenObject<Simulation>(simulation).metadata).name
  const outcome = prepare(simulation, files, reader)
  if ('issues' in outcome)
    return { name: typeof name === 'string' ? name : '', passed: false, expectations: [], issues: outcome.issues }
  return run(outcome.prepared)
}

function run(prepared: Prepared): SimulationReport {
  const watched = prepared.expectations.map((expectation) => watchedOf(expectation, prepared))
  const isRestless = restlessness()
  let last: Judged | undefined
  let restlessAtSeconds: number | undefined
  const models = prepared.models((holds) => last !== undefined && isTrue(holds, last))
  const input = models.length > 0 ? { ...prepared.input, models } : prepared.input
  const { world, untilSeconds } = openStory(input, (turn) => {
    last = judgedOf(turn)
    for (const one of watched) one.next(last)
    if (!isRestless(turn)) return undefined
    restlessAtSeconds = turn.atSeconds
    return 'stop'
  })
  advanceWith(world, untilSeconds, prepared.conditional, () => last)
  const timeline = world.timeline()
  const expectations = watched.map((one) => one.end(untilSeconds, last?.now, timeline))
  const issues = [...prepared.issues, ...timeline.issues.map(inFile(prepared)), ...restlessIssue(restlessAtSeconds)]
  const ran = timeline.frames.length > 0
  return {
    name: prepared.name,
    passed: ran && expectations.every(({ holds }) => holds),
    expectations,
    issues,
    ...(ran && { timeline }),
  }
}

const restlessIssue = (atSeconds: number | undefined): readonly Issue[] => {
  if (atSeconds === undefined) return []
  const message = `the controller does not come to rest from second ${atSeconds} on: the rest was left out`
  return [{ code: 'restless', path: '', message, severity: 'warning' }]
}

const inSpec = /^(?:series|pods|router|plugins|startAt|untilSeconds)\b/

/** The simulator speaks of its own input: the same place in the Simulation. */
const inFile =
  ({ eventPaths }: Prepared) =>
  (issue: Issue): Issue => {
    const [start = '', index] = /^events\[(\d+)\]/.exec(issue.path) ?? []
    const path = index === undefined ? undefined : eventPaths[Number(index)]
    if (path !== undefined) return { ...issue, path: path + issue.path.slice(start.length) }
    // Of the manifests, not of the Simulation.
    if (issue.code === 'scaler-idle' || issue.code === 'model-doubt') return { ...issue, path: 'spec.manifests' }
    return inSpec.test(issue.path) ? { ...issue, path: `spec.${issue.path}` } : issue
  }

interface Watched {
  readonly next: (judged: Judged) => void
  readonly end: (untilSeconds: number, last: StrategyState | undefined, timeline: Timeline) => ExpectationReport
}

function watchedOf({ title, path, sentence }: ReadExpectation, prepared: Prepared): Watched {
  const monitor = monitorOf(sentence, prepared)
  let broken: Seen | undefined
  return {
    next: (judged) => {
      broken ??= monitor.next(judged)
    },
    end: (untilSeconds, last, timeline) => {
      broken ??= monitor.end(untilSeconds, last, timeline)
      return { title, path, holds: broken === undefined, ...broken }
    },
  }
}

interface Due {
  readonly atSeconds: number
  readonly deed: WorldDeed
}

/** Lets time pass to the end, and carries out events that wait for a condition when it holds. */
function advanceWith(
  world: ReturnType<typeof openStory>['world'],
  untilSeconds: number,
  conditional: readonly ConditionalEvent[],
  lastJudged: () => Judged | undefined,
): void {
  let waiting = conditional
  let due: readonly Due[] = []
  for (;;) {
    const { met, others } = metNow(waiting, lastJudged(), world.second)
    waiting = others
    due = [...due, ...met.map(({ afterSeconds, deed }) => ({ atSeconds: world.second + afterSeconds, deed }))].sort(
      (left, right) => left.atSeconds - right.atSeconds,
    )
    const [next, ...later] = due
    const nextSecond = Math.min(next?.atSeconds ?? untilSeconds, untilSeconds)
    const earliest = Math.min(...waiting.map(({ atSeconds }) => atSeconds).filter((second) => second > world.second))
    const target = Math.max(world.second, Math.min(nextSecond, earliest))
    const isMet = (): boolean => metNow(waiting, lastJudged(), lastJudged()?.now.atSeconds ?? 0).met.length > 0
    const found = waiting.length > 0 && target > world.second && world.advance(until(isMet, target - world.second))
    if (found) continue
    world.advance(target - world.second)
    if (next && next.atSeconds <= world.second) {
      world.act(next.deed)
      due = later
    } else if (world.second >= untilSeconds) return
  }
}

function isTrue(holds: NamedCondition, { values }: Judged): boolean {
  const judged = holds(values)
  return 'value' in judged && judged.value
}

function metNow(
  waiting: readonly ConditionalEvent[],
  last: Judged | undefined,
  second: number,
): { readonly met: readonly ConditionalEvent[]; readonly others: readonly ConditionalEvent[] } {
  const isMet = ({ holds, atSeconds }: ConditionalEvent): boolean => {
    if (!last || second < atSeconds) return false
    return isTrue(holds, last)
  }
  const met = waiting.filter(isMet)
  return { met, others: waiting.filter((one) => !met.includes(one)) }
}
