import { type ClusterObjects, listObjects } from '../cluster/objects'
import type { Change } from '../model/change'
import { asKind } from '../model/kinds'
import { podTemplateHashLabel, revisionAnnotation, rolloutTypeLabel, stepIndexLabel } from '../model/labelKeys'
import type { Rollout } from '../model/rollout'
import type { ReplicaSet } from '../model/workload'
import { stepsOf } from '../rollout/facts/steps'
import type { RouterState } from '../simulate/router'
import type { Turn } from '../simulate/tracedTurn'
import type { WorldEvent } from '../simulate/worldEvent'
import { isRouted, mostWeightOf, selectedHash, sharesOf } from './shares'

/** Pods of a ReplicaSet, or of several: `spec.replicas`, and those that serve. */
export interface PodCounts {
  readonly wanted: number
  readonly available: number
}

/** One revision of the Rollout that has a ReplicaSet. */
export interface RevisionState extends PodCounts {
  readonly revision: number
  /** Pod template hash. */
  readonly hash: string
  /** The highest percentage of the traffic that it may get now, by all weights between commanded and in effect. */
  readonly mostPercent: number
}

/** An AnalysisRun of the Rollout. */
export interface RunState {
  readonly name: string
  readonly phase: string
  /** Pod template hash of the revision that it judges. */
  readonly hash: string
  /** `Step`, `Background`, `PrePromotion`, `PostPromotion`. */
  readonly type: string
  /** For a step's run: the index of the step. */
  readonly stepIndex: number | undefined
}

/**
 * The state of a Rollout after one turn of a controller, of the pods, or of a user: the input of invariants. There is a
 * state for every decision, not only for every second.
 */
export interface StrategyState {
  readonly atSeconds: number
  /**
   * Whose turn it was: `Rollout web`, `AnalysisRun ...`, `pods`, `world` (a user or a fault), `model` (an autoscaler).
   */
  readonly by: string
  /** What the controller changed in this turn, in order. */
  readonly changes: readonly Change[]
  /** The router refused its calls in this turn. */
  readonly isRefused: boolean
  /** What a user or a fault did in this turn. */
  readonly event: WorldEvent | undefined
  /** `Healthy`, `Progressing`, `Paused`, `Degraded`; empty before the first decision. */
  readonly phase: string
  readonly message: string
  readonly aborted: boolean
  /** It waits for time or for a user. */
  readonly paused: boolean
  /** An update is in progress: the newest revision is not the stable one. */
  readonly updating: boolean
  /** Steps that are done; null without steps. */
  readonly stepIndex: number | null
  readonly stepCount: number
  /** `spec.replicas`. */
  readonly replicas: number
  /** A traffic router shifts the weight; without one, pods do. */
  readonly routed: boolean
  /**
   * Percent of the traffic. `canary` and `stable`: what the revisions get; `commanded`: the last weight set for the
   * canary, out of the Rollout's maximum weight, null before the first one.
   */
  readonly weight: { readonly canary: number; readonly stable: number; readonly commanded: number | null }
  /**
   * Pods of the stable revision, of the one that replaces it (`canary`, the preview of blue-green), and of all
   * together.
   */
  readonly pods: { readonly stable: PodCounts; readonly canary: PodCounts; readonly total: PodCounts }
  /** Every revision that has a ReplicaSet, oldest first. */
  readonly revisions: readonly RevisionState[]
  readonly stableHash: string | undefined
  readonly newestHash: string | undefined
  /** AnalysisRuns of the Rollout. */
  readonly runs: readonly RunState[]
  /** An AnalysisRun of the newest revision ended Successful, and none ended otherwise. */
  readonly analysisPassed: boolean
  /** The Rollout as it is in the cluster; undefined once it is deleted. */
  readonly rollout: Rollout | undefined
  readonly objects: ClusterObjects
}

const noPods: PodCounts = { wanted: 0, available: 0 }

/** The state after a turn. */
export function stateOf(turn: Turn): StrategyState {
  const { objects, key, router, atSeconds, by, changes, isRefused, event } = turn
  const rollout = asKind('Rollout', objects[key])
  const { status = {}, spec } = rollout ?? {}
  const revisions = rollout ? revisionsOf(rollout, objects, router) : []
  const { stableRS: stableHash, currentPodHash: newestHash } = status
  const stable = revisions.find(({ hash }) => hash === stableHash)
  const newest = revisions.find(({ hash }) => hash === newestHash)
  const canary = newest === stable ? undefined : newest
  const runs = rollout ? runsOf(rollout, objects) : []
  const own = runs.filter(({ hash }) => hash === newestHash)
  const routed = rollout !== undefined && isRouted(rollout)
  return {
    atSeconds,
    by,
    changes,
    isRefused,
    event,
    phase: status.phase ?? '',
    message: status.message ?? '',
    aborted: status.abort === true,
    paused: (status.pauseConditions ?? []).length > 0 || spec?.paused === true,
    updating: newestHash !== undefined && newestHash !== stableHash,
    stepIndex: status.currentStepIndex ?? null,
    stepCount: rollout ? stepsOf(rollout).length : 0,
    replicas: spec?.replicas ?? 1,
    routed,
    weight: weightOf({ rollout, router, routed, canary, revisions, objects }),
    pods: { stable: stable ?? noPods, canary: canary ?? noPods, total: sumOf(revisions) },
    revisions,
    stableHash,
    newestHash,
    runs,
    analysisPassed: own.some(({ phase }) => phase === 'Successful') && !own.some(({ phase }) => isBad.has(phase)),
    rollout,
    objects,
  }
}

const isBad: ReadonlySet<string> = new Set(['Failed', 'Error', 'Inconclusive'])

const sumOf = (revisions: readonly PodCounts[]): PodCounts =>
  revisions.reduce(
    (sum, { wanted, available }) => ({ wanted: sum.wanted + wanted, available: sum.available + available }),
    noPods,
  )

function revisionsOf(rollout: Rollout, objects: ClusterObjects, router: RouterState): readonly RevisionState[] {
  const shares = sharesOf(rollout, objects, router)
  return ownedSets(rollout, objects)
    .map((set) => {
      const hash = set.metadata.labels?.[podTemplateHashLabel] ?? ''
      return {
        revision: Number(set.metadata.annotations?.[revisionAnnotation] ?? 0),
        hash,
        wanted: set.spec.replicas ?? 0,
        available: set.status?.availableReplicas ?? 0,
        mostPercent: shares.get(hash) ?? 0,
      }
    })
    .sort((left, right) => left.revision - right.revision)
}

function ownedSets({ metadata }: Rollout, objects: ClusterObjects): readonly ReplicaSet[] {
  const sets = listObjects(objects, 'ReplicaSet', metadata.namespace ?? '')
  return sets.filter((set) => set.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid))
}

interface Weighed {
  readonly rollout: Rollout | undefined
  readonly router: RouterState
  readonly routed: boolean
  readonly canary: RevisionState | undefined
  readonly revisions: readonly RevisionState[]
  readonly objects: ClusterObjects
}

/**
 * The actual share: the router's weight in effect; the active Service; without either, the share of the pods that
 * serve.
 */
function weightOf({ rollout, router, routed, canary, revisions, objects }: Weighed): StrategyState['weight'] {
  const of = (percent: number): StrategyState['weight'] => ({
    canary: percent,
    stable: 100 - percent,
    commanded: router.commanded,
  })
  if (!rollout) return of(0)
  if (routed) return of((router.effective / mostWeightOf(rollout)) * 100)
  if (!canary) return of(0)
  const { blueGreen } = rollout.spec.strategy ?? {}
  if (blueGreen) return of(selectedHash(rollout, objects, blueGreen.activeService) === canary.hash ? 100 : 0)
  const { available } = sumOf(revisions)
  return of(available === 0 ? 0 : (canary.available / available) * 100)
}

function runsOf({ metadata }: Rollout, objects: ClusterObjects): readonly RunState[] {
  const all = listObjects(objects, 'AnalysisRun', metadata.namespace ?? '')
  return all
    .filter((run) => run.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid))
    .map((run) => {
      const { labels = {}, name } = run.metadata
      const step = labels[stepIndexLabel]
      return {
        name,
        phase: run.status?.phase ?? '',
        hash: labels[podTemplateHashLabel] ?? '',
        type: labels[rolloutTypeLabel] ?? '',
        stepIndex: step === undefined ? undefined : Number(step),
      }
    })
}
