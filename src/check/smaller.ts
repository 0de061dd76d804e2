import type { StrategyFacts } from './facts'
import type { Invariant } from './invariant'
import { runScenario, type Scenario } from './scenario'

const mostTries = 60

/**
 * A smaller run that still breaks the sentence: events and parts of the world are left out one after the other, and
 * what is not needed stays out.
 */
export function smallerScenario(facts: StrategyFacts, scenario: Scenario, invariant: Invariant): Scenario {
  let best = scenario
  let tries = 0
  for (let isBetter = true; isBetter && tries < mostTries; ) {
    isBetter = false
    for (const less of lessOf(best)) {
      if (tries++ >= mostTries) break
      if (!runScenario(facts, less, [invariant]).violation) continue
      best = less
      isBetter = true
      break
    }
  }
  return best
}

/** The first update stays: without one nothing is tried. */
function* lessOf(scenario: Scenario): Generator<Scenario> {
  const { events, healedAtSeconds, pods, router, series, firstInstall } = scenario
  const isHealing = ({ atSeconds = 0, whenPaused }: Scenario['events'][number]): boolean =>
    whenPaused === true || atSeconds >= healedAtSeconds
  const withEvents = (kept: Scenario['events']): Scenario => ({ ...scenario, events: kept })
  const early = events.filter((event) => event.whenPaused && (event.atSeconds ?? 0) < healedAtSeconds)
  if (early.length > 0) yield withEvents(events.filter((event) => !early.includes(event)))
  const [, ...disturbing] = events.filter((event) => !isHealing(event))
  for (const one of disturbing.reverse()) yield withEvents(events.filter((event) => event !== one))
  if (Object.keys(series).length > 0) yield { ...scenario, series: {} }
  for (const name of Object.keys(pods)) yield { ...scenario, pods: without(pods, name) }
  for (const name of Object.keys(router)) yield { ...scenario, router: without(router, name) }
  if (firstInstall) yield { ...scenario, firstInstall: false }
}

const without = <T extends object>(fields: T, name: string): T =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name)) as T
