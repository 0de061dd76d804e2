import { type ClusterObjects, listObjects } from '../cluster/objects'
import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { ReplayTemplate } from '../replay/prepareRun'
import { wellFormedRequest } from '../replay/wellFormed'
import { pauseSecondsOf, stepsOf } from '../rollout/facts/steps'
import type { RolloutOptions } from '../rollout/observation'
import { imagesOf } from '../simulate/images'
import { simulateWatched } from '../simulate/simulate'
import { templateHolderKey, templateOf } from '../simulate/workloads'
import type { Manifest } from '../simulate/worldEvent'
import { install } from './installed'
import { mostReconciles } from './limits'
import { stateOf } from './state'

/** What the kit determines about a strategy before it disturbs it. */
export interface StrategyFacts {
  /** As they were given. */
  readonly manifests: readonly Manifest[]
  /** The cluster once the first version is installed and Healthy. */
  readonly installed: readonly KubeObject[]
  readonly name: string
  readonly options: RolloutOptions
  readonly replicas: number
  readonly stepCount: number
  readonly routed: boolean
  /** Image of the container that updates change. */
  readonly image: string
  /** Names of the Services that the Rollout manages. */
  readonly services: readonly string[]
  /** Metrics of the given templates. */
  readonly metrics: readonly string[]
  /** Seconds of an update at which something is due: the ends of its pauses. */
  readonly moments: readonly number[]
  /** How long an undisturbed update takes, with pods that start slowly and a router that lags. */
  readonly updateSeconds: number
  readonly progressDeadlineSeconds: number
  /** The longest time that pods take to become ready. */
  readonly slowestReadySeconds: number
  /** After so many an install, an update or a run is cut off. */
  readonly maxReconciles: number
}

/** The facts, or the reason why there are none. */
export interface FactsFound {
  readonly facts?: StrategyFacts
  /** Issues of the manifests, or an update that never ends even if it is undisturbed. */
  readonly issues: readonly Issue[]
}

/** The longest lag of a router in scenarios. */
export const longestLagSeconds = 30

/** The slowest pods in scenarios: a strategy with a deadline that no pod can meet shows nothing about faults. */
const slowestReadyOf = ({ spec }: Rollout): number => {
  const leftSeconds = (spec.progressDeadlineSeconds ?? 600) - (spec.minReadySeconds ?? 0)
  return Math.max(0, Math.min(60, Math.floor(leftSeconds / 3)))
}

const longestUpdateSeconds = 14 * 86_400

/** Installs the first version and makes one undisturbed update, to measure how long they take. */
export function findFacts(
  manifests: readonly Manifest[],
  name: string | undefined,
  options: RolloutOptions,
  maxReconciles: number = mostReconciles,
): FactsFound {
  const first = install({ manifests, name, options, maxReconciles })
  if ('issues' in first) return first
  const { key, rollout, objects } = first.installed
  const image = imageOf(objects, key)
  const installed = Object.values(objects)
  const slowestReadySeconds = slowestReadyOf(rollout)
  const about = {
    manifests,
    installed,
    name: rollout.metadata.name,
    options,
    image,
    slowestReadySeconds,
    maxReconciles,
  }
  const updateSeconds = undisturbed(about, stepsOf(rollout).length)
  if (updateSeconds === undefined) {
    const message = 'an undisturbed update never gets to Healthy: nothing can be said of disturbed ones'
    return { issues: [{ code: 'never-healthy', path: 'spec.strategy', message }] }
  }
  const moments = momentsOf(rollout)
  return {
    issues: [],
    facts: {
      ...about,
      replicas: rollout.spec.replicas ?? 1,
      stepCount: stepsOf(rollout).length,
      routed: rollout.spec.strategy?.canary?.trafficRouting !== undefined,
      services: servicesOf(rollout),
      metrics: metricsOf(objects, rollout),
      moments,
      updateSeconds,
      progressDeadlineSeconds: rollout.spec.progressDeadlineSeconds ?? 600,
    },
  }
}

function imageOf(objects: ClusterObjects, key: string): string {
  const template = templateOf(objects[templateHolderKey(objects, key)])
  return imagesOf(template?.spec)[0] ?? ''
}

/** An image of the same repository with another tag. */
export const retagged = (image: string, tag: string): string =>
  `${image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')}:${tag}`

type About = Pick<StrategyFacts, 'installed' | 'name' | 'options' | 'image' | 'slowestReadySeconds' | 'maxReconciles'>

/** Seconds from an update to Healthy; undefined if it does not get there in two weeks. */
function undisturbed(
  { installed, name, options, image, slowestReadySeconds, maxReconciles }: About,
  stepCount: number,
): number | undefined {
  let isBegun = false
  let healthySeconds: number | undefined
  const input = {
    manifests: installed,
    name,
    options,
    events: [{ atSeconds: 1, image: retagged(image, 'undisturbed') }, ...promotions(0, stepCount)],
    pods: { readyAfterSeconds: slowestReadySeconds },
    router: { lagSeconds: longestLagSeconds, verifies: true },
    untilSeconds: longestUpdateSeconds,
    maxReconciles,
  }
  simulateWatched(input, (turn) => {
    const { updating, phase, atSeconds } = stateOf(turn)
    isBegun ||= updating
    if (!isBegun || updating || phase !== 'Healthy') return undefined
    healthySeconds = atSeconds
    return 'stop'
  })
  return healthySeconds
}

/** A user who promotes at every pause from a second on. */
export const promotions = (
  atSeconds: number,
  stepCount: number,
): readonly { atSeconds: number; whenPaused: true; command: 'promote' }[] =>
  Array.from({ length: Math.min(stepCount, 50) * 2 + 3 }, () => ({ atSeconds, whenPaused: true, command: 'promote' }))

function servicesOf({ spec }: Rollout): readonly string[] {
  const { canary, blueGreen } = spec.strategy ?? {}
  const { canaryService, stableService, pingPong } = canary ?? {}
  const names = [
    ...[canaryService, stableService, pingPong?.pingService, pingPong?.pongService],
    ...[blueGreen?.activeService, blueGreen?.previewService],
  ]
  return names.flatMap((name) => name || [])
}

function momentsOf(rollout: Rollout): readonly number[] {
  let at = 0
  const moments = [0]
  for (const { pause } of stepsOf(rollout)) {
    if (!pause) continue
    at += Math.max(0, Math.min(pauseSecondsOf(pause) ?? 0, longestUpdateSeconds))
    moments.push(at)
  }
  return [...new Set(moments)]
}

/** Names with arguments are known only once a run exists. */
function metricsOf(objects: ClusterObjects, { metadata }: Rollout): readonly string[] {
  const templates = [
    ...listObjects(objects, 'AnalysisTemplate', metadata.namespace ?? ''),
    ...listObjects(objects, 'ClusterAnalysisTemplate', ''),
  ] as unknown as readonly ReplayTemplate[]
  const sound = wellFormedRequest({ templates, library: [], args: [], dryRun: [], measurementRetention: [] })
  const names = sound.templates.flatMap(({ spec }) => (spec.metrics ?? []).map(({ name }) => name))
  return [...new Set(names)].filter((name) => !name.includes('{{')).sort()
}

/** The Rollout once its first version is Healthy. */
export const installedRollout = ({ installed, name }: StrategyFacts): KubeObject | undefined =>
  installed.find(({ kind, metadata }) => kind === 'Rollout' && metadata.name === name)
