import { reconcileAnalysisRun } from '../../../src/analysis/reconcileAnalysisRun'
import { reconcileExperiment, reconcileRollout } from '../../../src/reconcile'
import { observeExperiment } from '../../../src/simulate/observeExperiment'
import { controllerOf } from '../../conformance/controller'
import { decide as decideRun } from '../../conformance/families/analysis-run'
import { decide as decideRollout } from '../../conformance/rolloutTrace'
import { type Situation, walkTrace } from '../../conformance/trace'
import { readCases, vectorsFolder } from '../../conformance/vectors'

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
] as const

/** What a reducer was given in a recorded step. */
export interface Observed {
  readonly name: string
  readonly observation: unknown
  readonly reduce: (observation: unknown) => unknown
}

export interface NamedSituation {
  readonly name: string
  readonly situation: Situation
}

/** One in `every` recorded steps of a family, chosen by the seed. */
export function situationsOf(family: string, every: number, seed: number): readonly NamedSituation[] {
  const found: NamedSituation[] = []
  let count = seed % every
  for (const testCase of readCases(vectorsFolder, family))
    walkTrace(testCase, (situation, _step, index) => {
      if (++count % every === 0) found.push({ name: `${testCase.id} step ${index}`, situation })
    })
  return found
}

/** The observation with the answers that the recorded host gave, as its last reconcile saw it. */
export function observedIn({ name, situation }: NamedSituation): Observed {
  const { objects, key, now, testCase } = situation
  if (key.startsWith('rollouts/'))
    return {
      name,
      observation: decideRollout(situation).observation,
      reduce: (given) => reconcileRollout(given as never),
    }
  if (key.startsWith('analysisruns/'))
    return {
      name,
      observation: decideRun(situation).observation,
      reduce: (given) => reconcileAnalysisRun(given as never),
    }
  const observation = observeExperiment(objects, key, now, { controller: controllerOf(testCase) })
  return { name, observation, reduce: (given) => reconcileExperiment(given as never) }
}
