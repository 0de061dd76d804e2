import { controllerOf } from '../../kube/ownerReference'
import type { AnalysisRun } from '../../model/analysis'
import type { Experiment } from '../../model/experiment'
import type { RolloutStatus } from '../../model/rolloutStatus'
import { currentRuns } from '../../templates/currentRuns'
import type { Facts } from '../facts/facts'

// The runs and Experiments of this Rollout (behaviour 3.3, item 4).

type Runs = Pick<Facts, 'analysisRuns' | 'currentRuns' | 'otherRuns'>

/** Runs that the Rollout owns, and those that its status names. */
export function claimAnalysisRuns({ before, observed, namespace, rollout }: Facts): Runs {
  if (!observed.analysisRuns?.length) return noRuns
  const owned: AnalysisRun[] = []
  const adopted: AnalysisRun[] = []
  for (const run of observed.analysisRuns) {
    const { metadata } = run
    if ((metadata.namespace ?? '') !== namespace) continue
    if (controllerOf(run)?.uid === rollout.metadata.uid) owned.push(run)
    else if (isNamed(before, metadata.name)) adopted.push(run)
  }
  const analysisRuns = adopted.length === 0 ? owned : [...owned, ...adopted]
  const { current, others } = currentRuns(analysisRuns, before)
  return { analysisRuns, currentRuns: current, otherRuns: others }
}

const isNamed = ({ canary, blueGreen }: RolloutStatus, name: string): boolean =>
  canary?.currentBackgroundAnalysisRunStatus?.name === name ||
  canary?.currentStepAnalysisRunStatus?.name === name ||
  blueGreen?.prePromotionAnalysisRunStatus?.name === name ||
  blueGreen?.postPromotionAnalysisRunStatus?.name === name

const noRuns: Runs = { analysisRuns: [], currentRuns: {}, otherRuns: [] }

type Experiments = Pick<Facts, 'experiments' | 'currentExperiment' | 'otherExperiments'>

/** Experiments that the Rollout owns, and the one of them that its status names. */
export function claimExperiments({ before, observed, namespace, rollout }: Facts): Experiments {
  if (!observed.experiments?.length) return noExperiments
  const isOurs = (experiment: Experiment): boolean =>
    (experiment.metadata.namespace ?? '') === namespace && controllerOf(experiment)?.uid === rollout.metadata.uid
  const experiments = observed.experiments.filter(isOurs)
  const named = before.canary?.currentExperiment ?? ''
  const currentExperiment = experiments.find(({ metadata }) => metadata.name === named)
  const otherExperiments = experiments.filter((experiment) => experiment !== currentExperiment)
  return { experiments, currentExperiment, otherExperiments }
}

const noExperiments: Experiments = { experiments: [], otherExperiments: [] }
