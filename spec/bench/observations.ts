import type { KubeObject } from '../../src/model/meta'
import type { RolloutObservation } from '../../src/rollout/observation'
import { decide } from '../conformance/rolloutTrace'
import { walkTrace } from '../conformance/trace'
import { readCases, vectorsFolder } from '../conformance/vectors'

/** Families of recorded Rollouts. */
export const families = ['canary-basic', 'canary-routed', 'canary-analysis', 'blue-green', 'blue-green-analysis']

/** What a host knows at each recorded step when the decision is complete: every question is answered, every failure reported. */
export function completeObservations(family: string, most: number): RolloutObservation[] {
  const found: RolloutObservation[] = []
  for (const testCase of readCases(vectorsFolder, family)) {
    if (found.length >= most) break
    walkTrace(testCase, (situation) => {
      if (found.length < most && situation.key.startsWith('rollouts/'))
        found.push(asHost(decide(situation).observation))
    })
  }
  return found
}

/** The recordings' quirk of sharing templates is no host's. */
const asHost = (observation: RolloutObservation): RolloutObservation => ({
  ...observation,
  options: { ...observation.options, sharesTemplates: undefined },
})

/** The same situation of another Rollout: every object is a copy, in a namespace of its own. */
export function ofNamespace<T>(observation: T, namespace: string): T {
  return JSON.parse(
    JSON.stringify(observation, (key, value: unknown) => (key === 'namespace' ? namespace : value)),
  ) as T
}

/** What an informer hands out the next time where nothing changed: new lists, and the very same objects in them. */
export function observedAgain(observation: RolloutObservation): RolloutObservation {
  const again: Record<string, unknown> = { ...observation }
  for (const [key, value] of Object.entries(again)) if (Array.isArray(value)) again[key] = [...(value as KubeObject[])]
  return again as unknown as RolloutObservation
}
