import { controllerOf } from '../../kube/ownerReference'
import type { AnalysisRun } from '../../model/analysis'
import type { Experiment } from '../../model/experiment'
import { currentRuns } from '../../templates/currentRuns'
import type { Facts } from '../facts/facts'

// The runs and Experiments of this Rollout (behaviour 3.3, item 4).

type Runs = Pick<Facts, 'analysisRuns' | 'currentRuns' | 'otherRuns'>

/** Runs that the Rollout owns, and those that its status names. */
export function claimAnalysisRuns({ before, observed, namespace, rollout }: Facts): Runs {
  if (!observed.analysisRuns?.length) return noRuns
  const here = observed.analysisRuns.filter(({ metadata }) => (metadata.namespace ?? '') === namespace)
  const owned = here.filter((run) => controllerOf(run)?.uid === rollout.metadata.uid)
  const named = new Set(
    [
      before.canary?.currentBackgroundAnalysisRunStatus,
      before.canary?.currentStepAnalysisRunStatus,
      before.blueGreen?.prePromotionAnalysisRunStatus,
      before.blueGreen?.postPromotionAnalysisRunStatus,
    ].map((reference) => reference?.name),
  )
  const adopted: AnalysisRun[] = here.filter((run) => named.has(run.metadata.name) && !owned.includes(run))
  const analysisRuns = [...owned, ...adopted]
  const { current, others } = currentRuns(analysisRuns, before)
  return { analysisRuns, currentRuns: current, otherRuns: others }
}

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
