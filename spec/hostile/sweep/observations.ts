import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { reconcileAnalysisRun } from '../../../src/analysis/reconcileAnalysisRun'
import { reconcileExperiment, reconcileRollout, reconcileService } from '../../../src/reconcile'
import { observeExperiment } from '../../../src/simulate/observeExperiment'
import { controllerOf } from '../../conformance/controller'
import { decide as decideRun } from '../../conformance/families/analysis-run'
import { named } from '../../conformance/families/service-cleanup'
import { decide as decideRollout } from '../../conformance/rolloutTrace'
import { type Situation, walkTrace } from '../../conformance/trace'
import type { ConformanceCase } from '../../conformance/types'
import { familiesIn, readCases, vectorsFolder } from '../../conformance/vectors'

/** Families whose recorded steps are observations of a reducer. */
export const sweptFamilies = [
  'canary-basic',
  'canary-routed',
  'blue-green',
  'target-groups',
  'canary-analysis',
  'blue-green-analysis',
  'experiment',
  'analysis-run',
  'invalid',
  'service-cleanup',
] as const

const versionsFolder = join(vectorsFolder, 'versions')

/** The same of older controllers: `v1.8.5/canary-basic`. */
const ofVersions = readdirSync(versionsFolder)
  .sort()
  .flatMap((version) =>
    familiesIn(join(versionsFolder, version))
      .filter((name) => (sweptFamilies as readonly string[]).includes(name))
      .map((name) => `${version}/${name}`),
  )

/** Every recorded observation of every controller. */
export const allSweptFamilies: readonly string[] = [...sweptFamilies, ...ofVersions]

/** What a reducer was given in a recorded step. */
export interface Observed {
  readonly name: string
  /** The kind of object that is reconciled. */
  readonly reducer: string
  readonly observation: unknown
  readonly reduce: (observation: unknown) => unknown
}

export interface NamedSituation {
  readonly name: string
  readonly situation: Situation
}

/** Every recorded step of a family, in order. */
export function* everySituation(family: string): Generator<NamedSituation> {
  const [name = '', version] = family.split('/').reverse()
  const folder = version === undefined ? vectorsFolder : join(versionsFolder, version)
  for (const testCase of readCases(folder, name)) {
    const found: NamedSituation[] = []
    if (name === 'service-cleanup') found.push({ name: testCase.id, situation: serviceSituation(testCase) })
    walkTrace(testCase, (situation, _step, index) => {
      found.push({ name: `${testCase.id} step ${index}`, situation })
    })
    yield* found
  }
}

/** One in `every` recorded steps of a family, chosen by the seed. */
export function situationsOf(family: string, every: number, seed: number): readonly NamedSituation[] {
  let count = seed % every
  return [...everySituation(family)].filter(() => ++count % every === 0)
}

const serviceSituation = (testCase: ConformanceCase): Situation => ({
  objects: named(testCase.given.objects),
  key: testCase.given.service,
  now: '2030-01-01T00:00:00Z',
  given: {},
  testCase,
})

/** The observation with the answers that the recorded host gave, as its last reconcile saw it. */
export function observedIn({ name, situation }: NamedSituation): Observed {
  const { objects, key, now, testCase } = situation
  const [reducer = ''] = key.split('/')
  const about = { name, reducer }
  switch (reducer) {
    case 'rollouts':
      return {
        ...about,
        observation: decideRollout(situation).observation,
        reduce: (given) => reconcileRollout(given as never),
      }
    case 'analysisruns':
      return {
        ...about,
        observation: decideRun(situation).observation,
        reduce: (given) => reconcileAnalysisRun(given as never),
      }
    case 'services': {
      const rollouts = Object.keys(objects).filter((at) => at.startsWith('rollouts/'))
      const observation = { service: objects[key], rollouts: rollouts.map((at) => objects[at]) }
      return { ...about, observation, reduce: (given) => reconcileService(given as never) }
    }
    default: {
      const observation = observeExperiment(objects, key, now, { controller: controllerOf(testCase) })
      return { ...about, observation, reduce: (given) => reconcileExperiment(given as never) }
    }
  }
}
