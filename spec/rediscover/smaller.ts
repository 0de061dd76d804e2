import { knownInvariants } from '../../src/check/catalog'
import { findFacts } from '../../src/check/facts'
import type { Violation } from '../../src/check/invariant'
import { runScenario, type Scenario } from '../../src/check/scenario'
import type { ControllerVersion } from '../../src/model/controllerVersion'
import type { KubeObject } from '../../src/model/meta'
import type { WorldEvent } from '../../src/simulate/worldEvent'
import type { Hit } from './search'

type Fields = Readonly<Record<string, unknown>>

interface Sized {
  readonly manifests: readonly KubeObject[]
  readonly scenario: Scenario
}

const mostTries = 60

/**
 * The same violation in a smaller run of a smaller Rollout: parts are left out one after the other, and what is not
 * needed stays out.
 */
export function smaller(hit: Hit, isSame: (hit: Hit) => boolean): Hit {
  let best = hit
  let tries = 0
  for (let isBetter = true; isBetter && tries < mostTries; ) {
    isBetter = false
    for (const candidate of candidates(best)) {
      if (tries++ >= mostTries) break
      const found = again(candidate, best)
      if (!found || !isSame(found)) continue
      best = found
      isBetter = true
      break
    }
  }
  return best
}

/** The run of a candidate, if the same sentence does not hold in it. */
function again({ manifests, scenario }: Sized, { facts, violation, round }: Hit): Hit | undefined {
  const isSameRollout = manifests === facts.manifests
  const own = isSameRollout ? facts : findFacts(manifests, undefined, facts.options).facts
  const run = own && runScenario(own, scenario, [violation.invariant])
  return run?.violation && own ? { manifests, facts: own, scenario, run, violation: run.violation, round } : undefined
}

function* candidates({ manifests, scenario, violation }: Hit): Generator<Sized> {
  for (const less of lessScenario(scenario, violation)) yield { manifests, scenario: less }
  for (const less of lessManifests(manifests)) yield { manifests: less, scenario }
}

/** Of sentences about the end of a run the good update is a part. */
const needsGoodUpdate: ReadonlySet<string> = new Set(['L5', 'L6', 'L7'])

function* lessScenario(scenario: Scenario, { atSeconds, invariant }: Violation): Generator<Scenario> {
  const { events, pods, router, series, untilSeconds } = scenario
  if (atSeconds + 1 < untilSeconds) yield { ...scenario, untilSeconds: atSeconds + 1 }
  const without = (isGone: (event: Scenario['events'][number]) => boolean): readonly Scenario[] => {
    const isKept = (event: WorldEvent): boolean =>
      needsGoodUpdate.has(invariant.id) && (event.whenPaused === true || event.atSeconds === scenario.healedAtSeconds)
    const left = events.filter((event) => isKept(event) || !isGone(event))
    return left.length < events.length ? [{ ...scenario, events: left }] : []
  }
  yield* without(({ atSeconds: at = 0 }) => at > atSeconds)
  yield* without(({ whenPaused }) => whenPaused === true)
  yield* without(({ image }) => image === undefined)
  for (const one of events) if (!one.whenPaused) yield* without((event) => event === one)
  const promotions = events.filter(({ whenPaused }) => whenPaused)
  if (promotions.length > 1) yield* without((event) => event === promotions.at(-1))
  if (Object.keys(series).length > 0) yield { ...scenario, series: {} }
  for (const [metric, points] of Object.entries(series))
    for (const point of points)
      yield { ...scenario, series: { ...series, [metric]: points.filter((other) => other !== point) } }
  for (const less of lessFields(pods as Fields)) yield { ...scenario, pods: less }
  for (const less of lessFields(router as Fields)) yield { ...scenario, router: less }
  if (scenario.firstInstall) yield { ...scenario, firstInstall: false }
}

/** Without one of the fields. */
function* lessFields(fields: Fields, kept: readonly string[] = []): Generator<Fields> {
  for (const name of Object.keys(fields)) {
    if (kept.includes(name)) continue
    const { [name]: _, ...left } = fields
    yield left
  }
}

function* lessManifests([rollout, ...others]: readonly KubeObject[]): Generator<readonly KubeObject[]> {
  if (!rollout) return
  for (const other of others) yield [rollout, ...others.filter((one) => one !== other)]
  const spec = rollout.spec as Fields
  const withSpec = (next: Fields): readonly KubeObject[] => [{ ...rollout, spec: next }, ...others]
  for (const less of lessFields(spec, ['selector', 'template', 'strategy', 'replicas'])) yield withSpec(less)
  const { replicas } = spec
  if (typeof replicas === 'number')
    for (const fewer of [1, 2, 4].filter((one) => one < replicas)) yield withSpec({ ...spec, replicas: fewer })
  for (const [kind, strategy] of Object.entries(spec.strategy as Readonly<Record<string, Fields>>)) {
    const withStrategy = (next: Fields): readonly KubeObject[] => withSpec({ ...spec, strategy: { [kind]: next } })
    for (const less of lessFields(strategy, [
      'steps',
      'trafficRouting',
      'activeService',
      'canaryService',
      'stableService',
    ]))
      yield withStrategy(less)
    const steps = (strategy.steps ?? []) as readonly unknown[]
    for (const step of steps) yield withStrategy({ ...strategy, steps: steps.filter((one) => one !== step) })
  }
}

/** What each controller does in the same run: the second of the violation, or undefined where the sentence holds. */
export function verdictUnder(
  controller: ControllerVersion,
  { manifests, scenario, violation }: Hit,
): number | undefined {
  const { facts } = findFacts(manifests, undefined, { controller })
  const invariant = knownInvariants.find(({ id }) => id === violation.invariant.id)
  return facts && invariant ? runScenario(facts, scenario, [invariant]).violation?.atSeconds : undefined
}
