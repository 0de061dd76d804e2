import { describe, expect, test } from 'vitest'
import { reconcileAnalysisRun } from '../../src/analysis/reconcileAnalysisRun'
import { reconcileRollout } from '../../src/reconcile'
import { ownReducers, type Reducers } from '../../src/simulate/reducers'
import { simulateWatched } from '../../src/simulate/simulate'
import type { SimulationInput, Timeline } from '../../src/simulate/simulation'
import { recordedInput } from '../conformance/simulationTrace'
import { readCases, vectorsFolder } from '../conformance/vectors'

// Objects that only decisions changed are not checked again by the reducer's door: that shows in nothing.

/** Another function than the world's own reducer, so the world lets it check everything. */
const checkAll: Reducers = {
  rollout: (observation) => reconcileRollout(observation),
  analysisRun: reconcileAnalysisRun,
}

const told = ({ frames, events, objects, reconciles, history }: Timeline) => ({
  frames,
  events,
  objects,
  reconciles,
  history,
})

function expectTheSame(input: SimulationInput): Timeline {
  const timeline = simulateWatched(input, undefined)
  expect(told(timeline)).toEqual(told(simulateWatched(input, undefined, checkAll)))
  return timeline
}

const everyTenth = readCases(vectorsFolder, 'simulation').filter((_, index) => index % 10 === 0)

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
const storyOf = (spec: object, more: Partial<SimulationInput>): SimulationInput => ({
  manifests: [
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'web' },
      spec: {
        replicas: 4,
        selector: { matchLabels: { app: 'web' } },
        strategy: { canary: { steps: [{ setWeight: 50 }, { pause: { duration: 30 } }] } },
        template,
        ...spec,
      },
    } as SimulationInput['manifests'][number],
  ],
  events: [{ atSeconds: 10, image: 'web:2' }],
  untilSeconds: 300,
  ...more,
})

describe('a world that checks every observation tells the same', () => {
  test.for(everyTenth)('$id', (testCase) => {
    const { frames } = expectTheSame(recordedInput(testCase))
    expect(frames.length).toBeGreaterThan(1)
  })

  const isMalformed = ({ frames }: Timeline): boolean =>
    frames.some(({ blockers }) => blockers.some(({ code }) => code === 'malformed'))

  test('where pods are fractions', () => {
    const timeline = expectTheSame(storyOf({}, { pods: { mostReady: { 'web:2': 1.5 } } }))
    // Half a pod is none that an API server could report: the door says so.
    expect(isMalformed(timeline)).toBe(true)
  })

  test('where there are more pods than an integer of the API can say', () => {
    expectTheSame(storyOf({ replicas: 2 ** 31 - 1 }, { pods: { readyAfterSeconds: 5 } }))
  })

  test('where the answers of a plugin have wrong types', () => {
    const canary = { steps: [{ setWeight: 50 }, { plugin: { name: 'a/b', config: {} } }, { pause: {} }] }
    const plugins = { 'a/b': { phase: 5 } } as unknown as NonNullable<SimulationInput['plugins']>
    expectTheSame(storyOf({ strategy: { canary } }, { plugins }))
  })
})

test('a reducer that is given decides every reconcile: no other takes over once the objects were checked', () => {
  const idle: Reducers['rollout'] = (observation) => ({
    ...reconcileRollout(observation),
    changes: [],
    status: observation.rollout.status ?? {},
  })
  const { objects } = simulateWatched(storyOf({}, {}), undefined, { ...ownReducers, rollout: idle })
  expect(Object.values(objects).filter(({ kind }) => kind === 'ReplicaSet')).toEqual([])
})
