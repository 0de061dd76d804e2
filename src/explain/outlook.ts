import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { RolloutObservation } from '../rollout/observation'
import { wellFormed } from '../rollout/validation/wellFormed'
import type { Outcome } from '../simulate/outcome'
import type { PodModel } from '../simulate/pods'
import { simulate } from '../simulate/simulate'
import type { SimulationInput, Timeline } from '../simulate/simulation'
import type { Frame } from '../simulate/timeline'
import type { WorldEvent } from '../simulate/worldEvent'
import { frameSentence } from './frameSentence'
import { manifestsOf } from './manifestsOf'

/** How the world behaves from now on, where nobody can know. */
export interface OutlookOptions {
  /** How far to look, in seconds. Default 3600. */
  readonly untilSeconds?: number
  /** How long new pods take to become ready, and which never do. Default: ready at once. */
  readonly pods?: PodModel
  /** What metrics measure. Default: every measurement is Successful. */
  readonly series?: SimulationInput['series']
}

/** What the next minutes look like: in one sentence, and second by second. */
export interface Outlook {
  readonly sentence: string
  readonly outcome: Outcome
  readonly untilSeconds: number
  /** Second by second; second 0 is the observation's `now`. */
  readonly timeline: Timeline
  /** What the answer rests on and nobody has observed. */
  readonly assumes: readonly string[]
}

/**
 * Simulates from the observation on, with what people do at its beginning, or with nobody.
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
  const { untilSeconds = 3600, pods, series } = options ?? {}
  const manifests = manifestsOf(observation)
  const timeline = simulate({
    manifests,
    name: observation.rollout.metadata.name,
    events: (Array.isArray(events) ? events : []).map((event) => ({ ...event, atSeconds: 0 })),
    untilSeconds,
    startAt: observation.now,
    ...(pods && { pods }),
    ...(series && { series }),
    options: observation.options,
  })
  const { frames, outcome, assumed, objects } = timeline
  const rollout = Object.values(objects).find(isRollout(observation.rollout))
  return {
    sentence: frameSentence(frames, {
      before: observation.rollout,
      after: rollout as unknown as Rollout,
      untilSeconds,
    }),
    outcome,
    untilSeconds,
    timeline,
    assumes: [
      ...assumed.map(({ kind, name }) => `${kind} ${name} exists as the Rollout needs it`),
      ...(pods ? [] : ['new pods become ready at once']),
      ...(hasAnalysis(frames) && !series ? ['every measurement is Successful'] : []),
    ],
  }
}

const hasAnalysis = (frames: readonly Frame[]): boolean => frames.some(({ runs }) => Object.keys(runs).length > 0)

const isRollout =
  ({ metadata }: Rollout) =>
  (object: KubeObject): boolean =>
    object.kind === 'Rollout' && object.metadata.name === metadata.name
