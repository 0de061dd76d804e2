import { givenList, givenObject } from '../model/given'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { RolloutObservation } from '../rollout/observation'
import { wellFormed } from '../rollout/validation/wellFormed'
import type { Frame } from '../simulate/frame'
import type { Outcome } from '../simulate/outcome'
import type { PodModel } from '../simulate/podGroup'
import { simulateWatched } from '../simulate/simulate'
import type { SimulationInput, Timeline } from '../simulate/simulation'
import type { WorldEvent } from '../simulate/worldEvent'
import { frameSentence } from './frameSentence'
import { manifestsOf } from './manifestsOf'
import { patience } from './restless'

/** Assumptions about the future. */
export interface OutlookOptions {
  /** How many seconds to look ahead. Default 3600. */
  readonly untilSeconds?: number
  /** How long new pods take to become ready, and which never do. Default: ready at once. */
  readonly pods?: PodModel
  /** What metrics measure. Default: every measurement is Successful. */
  readonly series?: SimulationInput['series']
  /** Where an endless outlook is cut off, which `assumes` says then. Default 20,000: some seconds. */
  readonly maxReconciles?: number
}

/** The next minutes: in one sentence, and second by second. */
export interface Outlook {
  readonly sentence: string
  readonly outcome: Outcome
  readonly untilSeconds: number
  /** Second by second; second 0 is the observation's `now`. */
  readonly timeline: Timeline
  /** Assumptions of the answer that were not observed. */
  readonly assumes: readonly string[]
}

/** An hour takes some thousands at most. */
const mostReconciles = 20_000

/**
 * Simulates from the observation on, with the given events at its start, or none.
 *
 * @example
 * import { outlook } from 'rollout-engine/explain'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 1, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * outlook({ now: '2030-01-01T00:00:00Z', rollout: { metadata: { name: 'web' }, spec }, replicaSets: [] }).outcome // => 'healthy'
 */
export function outlook(
  given: RolloutObservation,
  events: readonly WorldEvent[] = [],
  options: OutlookOptions = {},
): Outlook {
  const observation = wellFormed(given)
  const { untilSeconds: until, pods, series, maxReconciles = mostReconciles } = givenObject<OutlookOptions>(options)
  const untilSeconds = Number.isFinite(until) ? Number(until) : 3600
  const manifests = manifestsOf(observation)
  const { watch, endedAtSeconds } = patience()
  const story: SimulationInput = {
    manifests,
    name: observation.rollout.metadata.name,
    events: givenList(events).map((event) => ({ ...givenObject<WorldEvent>(event), atSeconds: 0 })),
    untilSeconds,
    startAt: observation.now,
    maxReconciles,
    ...(pods && { pods }),
    ...(series && { series }),
    options: observation.options,
  }
  const timeline = simulateWatched(story, watch)
  const { frames, outcome, assumed, objects } = timeline
  const rollout = Object.values(objects).find(isRollout(observation.rollout))
  return {
    sentence: frameSentence(frames, {
      before: observation.rollout,
      after: asKind('Rollout', rollout as KubeObject),
      untilSeconds,
    }),
    outcome,
    untilSeconds,
    timeline,
    assumes: [
      ...assumed.map(({ kind, name }) => `${kind} ${name} exists as the Rollout needs it`),
      ...timeline.issues.flatMap(({ code, message }) =>
        code === 'too-long' ? [`nothing else happens later: ${message}`] : [],
      ),
      ...unsettled(endedAtSeconds()),
      ...(pods ? [] : ['new pods become ready at once']),
      ...(hasAnalysis(frames) && !series ? ['every measurement is Successful'] : []),
    ],
  }
}

const unsettled = (second: number | undefined): readonly string[] =>
  second === undefined
    ? []
    : [
        `nothing else happens later: cut off at second ${second}, because the Rollout changes again and again without a pause`,
      ]

const hasAnalysis = (frames: readonly Frame[]): boolean => frames.some(({ runs }) => runs.length > 0)

const isRollout =
  ({ metadata }: Rollout) =>
  (object: KubeObject): boolean =>
    object.kind === 'Rollout' && object.metadata.name === metadata.name
