import { describe, expect, test } from 'vitest'
import type { ClusterObjects } from '../../src/cluster/objects'
import type { Experiment } from '../../src/model/experiment'
import type { Rollout } from '../../src/model/rollout'
import { reconcileAnyAsRecorded } from '../conformance/anyTrace'
import { type Situation, walkTrace } from '../conformance/trace'
import { readCases, vectorsFolder } from '../conformance/vectors'
import { recordedSituations } from './recorded'
import { propertySeed } from './seed'

// "If nothing new happens, the decisions come to rest": with the clock stopped and no pod moving, a few rounds of
// reconcile and apply must reach a state that the next round leaves as it is (invariant L3, AR#3078, AR#2982).

const mostRounds = 16

/** One in so many recorded states of a family. AnalysisRuns are left alone: they rest by measuring, which takes time. */
const families: readonly (readonly [family: string, every: number])[] = [
  ['canary-basic', 13],
  ['canary-routed', 13],
  ['blue-green', 13],
  ['canary-analysis', 17],
  ['blue-green-analysis', 17],
  ['target-groups', 5],
  ['experiment', 9],
]

interface Restless {
  readonly name: string
  readonly reason: string
  /** A recorded case with such states. */
  readonly shownBy: string
  /** Of the state after many rounds. */
  readonly applies: (object: Rollout & Experiment) => boolean
}

/** What does not come to rest, in the controller as here, and why. Nothing else may. */
const restless: readonly Restless[] = [
  {
    name: 'paused after the switch',
    reason:
      'one part of a reconcile notes the pause as the progress, the other that all new pods are there; each undoes the other',
    shownBy: 'blue-green-analysis-185',
    applies: ({ spec, status }) => {
      const isPaused = spec.paused === true || (status?.pauseConditions ?? []).length > 0
      const isSwitched = status?.blueGreen?.activeSelector === status?.currentPodHash
      return (
        spec.strategy?.blueGreen !== undefined && isPaused && isSwitched && status?.stableRS !== status?.currentPodHash
      )
    },
  },
  {
    name: 'stable, but not active, with a preview size',
    reason:
      'the new ReplicaSet is stable too: as stable it is scaled to its full size, as the preview to previewReplicaCount',
    shownBy: 'blue-green-133',
    applies: ({ spec, status }) => {
      const isStable = status?.stableRS !== undefined && status.stableRS === status.currentPodHash
      const isActive = status?.blueGreen?.activeSelector === status?.currentPodHash
      return spec.strategy?.blueGreen?.previewReplicaCount !== undefined && isStable && !isActive
    },
  },
  {
    name: 'ended Experiment whose name is taken',
    reason:
      'a ReplicaSet of somebody else has the name: every reconcile counts a collision in one more entry of the status',
    shownBy: 'experiment-259',
    applies: ({ spec, status }) => (status?.templateStatuses ?? []).length > (spec.templates ?? []).length,
  },
]

/** The state after as many rounds as it takes, and whether it rests then. */
function settle(situation: Situation): { readonly rests: boolean; readonly object: Rollout & Experiment } {
  let objects: ClusterObjects = situation.objects
  let rests = false
  for (let round = 0; round < mostRounds && !rests; round++) {
    const next = reconcileAnyAsRecorded({ ...situation, objects, given: calm(situation.given) }).objects
    rests = JSON.stringify(next) === JSON.stringify(objects)
    objects = next
  }
  return { rests, object: objects[situation.key] as unknown as Rollout & Experiment }
}

/** A host that does what it is told: no refusals, plugins that succeed, the options that it had. */
const calm = (given: Situation['given']): Situation['given'] => ({
  ...(given.weightVerified !== undefined && { weightVerified: given.weightVerified }),
  pluginDisabled: given.pluginDisabled,
  verifyTargetGroups: given.verifyTargetGroups,
  targets: given.targets,
  stepPlugins: { run: { phase: 'Successful' }, terminate: {}, abort: {} },
})

const isRun = ({ key }: Situation): boolean => key.startsWith('analysisruns/')

describe(`with nothing new, decisions come to rest (PROPERTY_SEED=${propertySeed})`, () => {
  test.for(families)('%s', ([family, every]) => {
    const moving: string[] = []
    let checked = 0
    for (const { name, situation } of recordedSituations(family, every)) {
      if (isRun(situation)) continue
      checked++
      const { rests, object } = settle(situation)
      if (!rests && !restless.some(({ applies }) => applies(object))) moving.push(name)
    }
    expect(checked).toBeGreaterThan(300)
    expect(moving).toEqual([])
  })
})

describe('what does not come to rest is real', () => {
  test.for(restless)('$name', ({ shownBy, applies }) => {
    const testCase = readCases(vectorsFolder, shownBy.replace(/-\d+$/, '')).find(({ id }) => id === shownBy)
    const seen = { moving: 0, explained: 0 }
    walkTrace(testCase!, (situation) => {
      if (isRun(situation)) return
      const { rests, object } = settle(situation)
      if (rests) return
      seen.moving++
      if (applies(object)) seen.explained++
    })
    expect(seen.moving).toBeGreaterThan(0)
    expect(seen.explained).toBe(seen.moving)
  })
})
