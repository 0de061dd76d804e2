import type { Counterexample } from '../check/replay'
import type { Scenario } from '../check/scenario'
import type { ControllerVersion } from '../model/controllerVersion'
import { givenList, givenObject, givenText } from '../model/given'
import type { Issue } from '../model/issue'
import type { Manifest, WorldEvent } from '../simulate/worldEvent'
import { type NamedFiles, objectsOf } from './deeds'
import type { ScenarioEvent, Simulation } from './document'
import type { ManifestSource } from './parts'

/** What a counterexample was found with. */
export interface FoundWith {
  readonly manifests: readonly ManifestSource[]
  readonly rollout?: string
  readonly controller?: ControllerVersion
}

/**
 * A counterexample of the property kit as a Simulation, to keep as a regression: it expects the sentence to hold that
 * was broken. Of a sentence of one's own the condition is not known, so nothing is expected: add it.
 *
 * @example
 * import { replayScenario } from 'rollout-engine/check'
 * import { simulationOf } from 'rollout-engine/scenario'
 * const scenario = {
 *   firstInstall: false, events: [{ atSeconds: 10, image: 'web:2' }], pods: {}, router: {}, series: {},
 *   healedAtSeconds: 10, settleSeconds: 600, untilSeconds: 900,
 * }
 * const found = { invariant: 'L7', sentence: 'a good update gets to Healthy', threads: [], atSeconds: 900, seen: 'Paused', scenario, story: '' }
 * const { metadata, spec } = simulationOf(found, { manifests: ['rollout.yaml'] })
 * metadata.name // => 'L7: a good update gets to Healthy'
 * spec.expectations // => [{ invariant: 'L7' }]
 */
export function simulationOf(counterexample: Counterexample, found: FoundWith): Simulation {
  const { scenario, ...about } = givenObject<Partial<Counterexample>>(counterexample)
  const [invariant, sentence] = [givenText(about.invariant), givenText(about.sentence)]
  const { manifests, rollout, controller } = givenObject<Partial<FoundWith>>(found)
  const run = givenObject<Partial<Scenario>>(scenario)
  const isKnown = invariant !== sentence
  return {
    apiVersion: 'rollout-engine/v1',
    kind: 'Simulation',
    metadata: { name: isKnown ? `${invariant}: ${sentence}` : sentence },
    spec: {
      manifests: givenList(manifests),
      ...(rollout !== undefined && { rollout }),
      ...(controller !== undefined && { controller }),
      ...run,
      events: givenList(run.events) as readonly ScenarioEvent[],
      expectations: isKnown ? [{ invariant }] : [],
    },
  }
}

/**
 * The run of a Simulation that `simulationOf` made, for `replayScenario`. Events that wait for conditions are no part
 * of such runs.
 */
export function scenarioOf(
  { spec }: Simulation,
  files: NamedFiles,
): { readonly manifests: readonly Manifest[]; readonly scenario: Scenario; readonly issues: readonly Issue[] } {
  const issues: Issue[] = []
  const manifests = objectsOf(spec.manifests, files, 'spec.manifests', issues)
  const events = (spec.events ?? []).flatMap((event, index): readonly WorldEvent[] => {
    if (event.when === undefined && event.apply === undefined) return [event as WorldEvent]
    const message = 'check tells runs of its own; rollout-engine test runs any Simulation'
    issues.push({ code: 'wrong-value', path: `spec.events[${index}]`, message })
    return []
  })
  const scenario: Scenario = {
    firstInstall: spec.firstInstall ?? false,
    events,
    pods: spec.pods ?? {},
    router: spec.router ?? {},
    series: spec.series ?? {},
    healedAtSeconds: spec.healedAtSeconds ?? 0,
    settleSeconds: spec.settleSeconds ?? 900,
    untilSeconds: spec.untilSeconds ?? 3600,
  }
  return { manifests, scenario, issues }
}
