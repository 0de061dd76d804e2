import type { ClusterObjects } from '../../../src/cluster/objects'
import type { KubeObject } from '../../../src/model/meta'
import { reconcileAnyAsRecorded } from '../anyTrace'
import { firstDifferences, prune } from '../compare'
import { comparable, mergeObjects } from '../trace'
import type { ConformanceCase, Difference, TraceStep } from '../types'

/** Where a trace ends when the engine's own decisions carry it from beginning to end. */
export interface ClosedLoop {
  /** Of the objects that were reconciled, their statuses: Rollouts, Experiments, AnalysisRuns. */
  readonly statuses: readonly Difference[]
  /** Of every object in the cluster. */
  readonly objects: readonly Difference[]
  /** The first step whose end is another one than the recorded. */
  readonly firstStep?: number
  /** Reconciles that an API conflict cut short: what they did is taken from the recording. */
  readonly conflicts: number
}

/**
 * Runs a recorded trace as a loop. The world's steps (pods, people, other controllers), the clock, the host's answers, and the UIDs
 * and generations that the API server gave come from the recording; everything that a controller did comes from the engine, and its next
 * reconcile starts from there. `judgeTrace` starts every step from the recorded state, so a small mistake never shows what becomes of it; here
 * it does.
 */
export function runClosedLoop(testCase: ConformanceCase): ClosedLoop {
  let own = (testCase.start?.objects ?? {}) as ClusterObjects
  let recorded = own
  let conflicts = 0
  let firstStep: number | undefined
  const reconciled = new Set<string>()
  testCase.steps?.forEach((step, index) => {
    if (step.world) {
      own = mergeObjects(own, step.world)
      recorded = mergeObjects(recorded, step.world)
    }
    if (!step.reconcile) return
    reconciled.add(step.reconcile)
    recorded = mergeObjects(recorded, step.expect?.objects ?? {})
    if (step.judged === false) {
      conflicts++
      own = mergeObjects(own, step.expect?.objects ?? {})
    } else own = withGenerations(reconciledBy(testCase, step, own), recorded)
    if (firstStep === undefined && differencesOf(recorded, own, 1).length > 0) firstStep = index
  })
  const statuses = [...reconciled].flatMap((key) =>
    firstDifferences(prune(recorded[key]?.status), prune(own[key]?.status), `${key}.status`),
  )
  return { statuses, objects: differencesOf(recorded, own, 5), firstStep, conflicts }
}

function reconciledBy(testCase: ConformanceCase, step: TraceStep, objects: ClusterObjects): ClusterObjects {
  const { reconcile: key = '', now, given = {} } = step
  // Somebody deleted it, or the engine did.
  if (!objects[key]) return objects
  const created = step.expect?.objects ?? {}
  const uidOf = (name: string): string => (created[name] as KubeObject | undefined)?.metadata?.uid ?? `created-${name}`
  return reconcileAnyAsRecorded({ objects, key, now, given, testCase, uidOf }).objects
}

/**
 * The recordings' API server compares decoded specs: an update that only adds `resources: {}` leaves the generation alone. A real
 * one, and our model of it, compares JSON.
 */
function withGenerations(own: ClusterObjects, recorded: ClusterObjects): ClusterObjects {
  const next: Record<string, KubeObject> = { ...own }
  for (const [key, object] of Object.entries(own)) {
    const generation = recorded[key]?.metadata.generation
    if (recorded[key] && object.metadata.generation !== generation)
      next[key] = { ...object, metadata: { ...object.metadata, generation } }
  }
  return next
}

function differencesOf(recorded: ClusterObjects, own: ClusterObjects, most: number): readonly Difference[] {
  const found: Difference[] = []
  for (const key of new Set([...Object.keys(recorded), ...Object.keys(own)])) {
    if (recorded[key] === own[key] || found.length >= most) continue
    found.push(...firstDifferences(comparable(recorded[key], false), comparable(own[key], false), key, most))
  }
  return found
}
