import { matchDryRun, matchMeasurementRetention } from '../../../src/analysis/matchRules'
import { intValue } from '../../../src/kube/intOrString'
import { isRunTerminating, isWorsePhase, worstPhase } from '../../../src/model/analysisPhases'
import { buildAnalysisRun } from '../../../src/templates/buildAnalysisRun'
import { buildArguments } from '../../../src/templates/buildArguments'
import { currentRuns, listCurrentRuns } from '../../../src/templates/currentRuns'
import { effectiveCount } from '../../../src/templates/effectiveCount'
import { flattenTemplates } from '../../../src/templates/flattenTemplates'
import { measureTheSame } from '../../../src/templates/measureTheSame'
import { mergeArguments } from '../../../src/templates/mergeArguments'
import { metricsProblem } from '../../../src/templates/metricsProblem'
import { planRunCreation } from '../../../src/templates/planRunCreation'
import { resolveMetricArgs } from '../../../src/templates/resolveMetricArgs'
import { runFromObject } from '../../../src/templates/runFromObject'
import { runLabels } from '../../../src/templates/runLabels'
import { runsToDelete } from '../../../src/templates/runsToDelete'
import { substituteArgs } from '../../../src/templates/substituteArgs'
import { substituteExperiment } from '../../../src/templates/substituteExperiment'
import { uniqueTemplates } from '../../../src/templates/uniqueTemplates'
import { firstDifferences, prune } from '../compare'
import type { ConformanceCase, Unit } from '../types'

// biome-ignore lint/suspicious/noExplicitAny: `given` has one shape per function
type Given = any
type Judged = (given: Given) => unknown

const lists = (given: Given) => ({ templates: given.templates ?? [], clusterTemplates: given.clusterTemplates ?? [] })

const names = (runs: readonly { metadata: { name: string } }[]) => runs.map(({ metadata }) => metadata.name)

/** A run as upstream prints it. */
function printedRun(run: { readonly metadata: { readonly name: string }; readonly spec: unknown }): unknown {
  const { name, ...metadata } = run.metadata
  return { metadata: name === '' ? metadata : run.metadata, spec: run.spec, status: { phase: '' } }
}

const functions: Readonly<Record<string, Judged>> = {
  buildAnalysisRun: (given) => {
    const built = buildAnalysisRun({ ...given, ...lists(given) })
    return 'error' in built ? built : { run: printedRun(built.run) }
  },
  flattenTemplates: (given) => flattenTemplates(lists(given)),
  uniqueTemplates: (given) => uniqueTemplates(lists(given)),
  mergeArguments: ({ args, templateArgs }) => mergeArguments(args, templateArgs),
  buildArguments: ({ args, rollout, stableHash, latestHash }) =>
    buildArguments(args, rollout, { stable: stableHash, latest: latestHash }),
  resolveMetricArgs: ({ metric, args }) => resolveMetricArgs(metric, args),
  substitute: ({ text, args, quoted }) => substituteArgs(text, args, { quoted }),
  substituteExperiment: ({ text, experiment, replicaSets }) => substituteExperiment(text, experiment, replicaSets),
  validateMetrics: ({ metrics }) => {
    const error = metricsProblem(metrics)
    return { valid: error === undefined, error }
  },
  effectiveCount: ({ metric }) => {
    const count = effectiveCount(metric)
    return count === undefined ? { indefinite: true } : { count: intValue(count) }
  },
  matchDryRun: ({ dryRun, metrics }) => {
    const matched = matchDryRun(dryRun ?? [], metrics)
    return { names: [...matched.names].sort(), error: matched.error }
  },
  matchMeasurementRetention: ({ measurementRetention, metrics }) => {
    const matched = matchMeasurementRetention(measurementRetention ?? [], metrics)
    return { rules: Object.fromEntries(matched.rules), error: matched.error }
  },
  labels: ({ kind, podHash, instanceID, index }) => ({
    labels: runLabels(kind === 'step' ? { kind, stepIndex: index ?? 0 } : { kind }, podHash, instanceID),
  }),
  worst: ({ left, right }) => ({ worst: worstPhase(left, right), worse: isWorsePhase(left, right) }),
  semanticallyEqual: ({ left, right }) => ({ equal: measureTheSame(left, right) }),
  isTerminating: ({ run }) => ({ terminating: isRunTerminating(run) }),
  currentRuns: ({ runs, rollout }) => {
    const { current, others } = currentRuns(runs, rollout.status)
    const name = (run?: { metadata: { name: string } }) => run?.metadata.name ?? ''
    return {
      step: name(current.step),
      background: name(current.background),
      prePromotion: name(current.prePromotion),
      postPromotion: name(current.postPromotion),
      all: names(listCurrentRuns(current)),
      other: names(others),
    }
  },
  runsToDelete: ({ runs, replicaSetList, limitSuccessful, limitUnsuccessful }) => ({
    names: names(runsToDelete(runs, replicaSetList, { successful: limitSuccessful, unsuccessful: limitUnsuccessful })),
  }),
  runFromObject: ({ object, ...options }) => runFromObject(object, options),
  createRun: ({ run, runs }) => {
    const created = planRunCreation(run, runs)
    return 'error' in created ? created : { name: created.run.metadata.name, reused: created.reused }
  },
}

/** One unit a case: the function that `given.fn` names. */
export function judge(testCase: ConformanceCase): readonly Unit[] {
  const { fn, ...given } = testCase.given
  const judged = functions[fn]
  const got = judged ? judged(given) : `no function ${fn}`
  return [{ name: fn, differences: firstDifferences(prune(testCase.expect), prune(got)), inputs: given }]
}
