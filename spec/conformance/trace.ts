import type { ClusterObjects } from '../../src/cluster/objects'
import { applyMergePatch } from '../../src/kube/mergePatch'
import type { KubeObject } from '../../src/model/meta'
import { changedPlaces, firstDifferences, prune } from './compare'
import type { ConformanceCase, Difference, TraceStep, Unit } from './types'

/** What one reconcile of the engine came to, in the words of the vectors. */
export interface Outcome {
  /** The cluster after the decision was applied to it. */
  readonly objects: ClusterObjects
  readonly events: readonly { object: string; type: string; reason: string; message: string }[]
  readonly requeueAfterSeconds?: number
  readonly requeueSoon?: boolean
  readonly error?: string
  readonly router?: readonly unknown[]
  readonly plugins?: readonly unknown[]
  readonly asks?: readonly unknown[]
}

export interface Situation {
  readonly objects: ClusterObjects
  readonly key: string
  readonly now: string
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, as recorded
  readonly given: any
  readonly testCase: ConformanceCase
  /** The UIDs that the recorded API server gave; without it new objects get made-up ones. */
  readonly uidOf?: (key: string) => string
}

/**
 * Walks a recorded trace. Every judged step starts from the recorded state, never from the engine's own earlier answer.
 * `situations` visits each judged step, for tests that want the recorded states themselves.
 */
export function judgeTrace(testCase: ConformanceCase, reconcile: (situation: Situation) => Outcome): Unit[] {
  const units: Unit[] = []
  walkTrace(testCase, (situation, step, index) => {
    const outcome = reconcile(situation)
    const differences = compareOutcome(situation.objects, step, outcome)
    const name = `step ${index} at ${step.now} ${step.reconcile}`
    units.push({ name, step: index, differences, ...(differences.length > 0 && failureOf(situation, step, outcome)) })
  })
  return units
}

export function walkTrace(
  testCase: ConformanceCase,
  visit: (situation: Situation, step: TraceStep, index: number) => void,
): void {
  let objects = (testCase.start?.objects ?? {}) as ClusterObjects
  testCase.steps?.forEach((step, index) => {
    if (step.world) objects = mergeObjects(objects, step.world)
    if (!step.reconcile) return
    if (step.judged !== false) {
      visit({ objects, key: step.reconcile, now: step.now, given: step.given ?? {}, testCase }, step, index)
    }
    objects = mergeObjects(objects, step.expect?.objects ?? {})
  })
}

export function mergeObjects(objects: ClusterObjects, patches: Readonly<Record<string, unknown>>): ClusterObjects {
  const next: Record<string, KubeObject> = { ...objects }
  for (const [key, patch] of Object.entries(patches)) {
    if (patch === null) delete next[key]
    else next[key] = applyMergePatch(next[key], patch) as KubeObject
  }
  return next
}

const compared = ['events', 'router', 'plugins', 'asks', 'requeueAfterSeconds', 'requeueSoon', 'error'] as const

function compareOutcome(before: ClusterObjects, step: TraceStep, outcome: Outcome): Difference[] {
  const expected = mergeObjects(before, step.expect?.objects ?? {})
  const differences: Difference[] = []
  for (const key of new Set([...Object.keys(expected), ...Object.keys(outcome.objects)])) {
    const want = expected[key]
    const got = outcome.objects[key]
    if (want === got) continue
    const created = before[key] === undefined
    differences.push(...firstDifferences(comparable(want, created), comparable(got, created), key))
  }
  for (const field of compared) {
    differences.push(...firstDifferences(prune(step.expect?.[field]), prune(outcome[field]), field))
  }
  return differences
}

/** What a person needs who looks for the cause: the inputs, and both sides' changes. */
function failureOf(situation: Situation, step: TraceStep, outcome: Outcome): Pick<Unit, 'inputs' | 'changes'> {
  const { objects, key, now, given } = situation
  return {
    inputs: { now, given, object: objects[key] },
    changes: {
      expected: changesOf(objects, mergeObjects(objects, step.expect?.objects ?? {}), step.expect ?? {}),
      actual: changesOf(objects, outcome.objects, outcome),
    },
  }
}

function changesOf(
  before: ClusterObjects,
  after: ClusterObjects,
  said: Partial<Record<(typeof compared)[number], unknown>>,
): Record<string, string> {
  const changes: Record<string, string> = {}
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (before[key] === after[key]) continue
    const created = before[key] === undefined
    Object.assign(changes, changedPlaces(comparable(before[key], created), comparable(after[key], created), key))
  }
  for (const field of compared) Object.assign(changes, changedPlaces(undefined, prune(said[field]), field))
  return changes
}

/** An object without what belongs to the API server. */
export function comparable(object: KubeObject | undefined, created: boolean): unknown {
  if (!object) return undefined
  const {
    resourceVersion: _1,
    managedFields: _2,
    generation: _3,
    ...metadata
  } = object.metadata as unknown as Record<string, unknown>
  if (created) {
    delete metadata.uid
    delete metadata.creationTimestamp
  }
  return prune({ ...object, metadata })
}
