import type { RolloutAnswer } from '../adapters/ports'
import type { AnyDecision, ObjectPorts, Subject } from '../adapters/reconcileObject'
import type { AnalysisRunDecision } from '../analysis/observation'
import { reconcileAnalysisRun } from '../analysis/reconcileAnalysisRun'
import type { ExperimentDecision, ExperimentObservation } from '../experiment/observation'
import type { AnalysisRun } from '../model/analysis'
import type {
  AnalysisRunAsk,
  Answers,
  MeasureAnswer,
  MeasureAsk,
  RolloutAsk,
  SecretAnswer,
  SecretAsk,
} from '../model/ask'
import type { Change, TrafficChange } from '../model/change'
import { isFailureDecided } from '../model/decidedFailures'
import type { Failure } from '../model/decision'
import type { Rollout } from '../model/rollout'
import { reconcileExperiment, reconcileRollout } from '../reconcile'
import type { RolloutDecision, RolloutObservation } from '../rollout/observation'
import type { ClusterPort, HostPorts, MetricsPort, SecretsPort, StepPluginPort, TrafficPort } from './ports'

/** An object with the reducer that decides about it, and what answers it. */
export type Work<Made extends AnyDecision, Answer> = Subject<Made, Answer> &
  Pick<ObjectPorts<Made, Answer>, 'apply' | 'answer'>

export const rolloutWork = (
  observation: RolloutObservation,
  { cluster, traffic, stepPlugins }: HostPorts,
): Work<RolloutDecision, RolloutAnswer> => ({
  now: observation.now,
  statusBefore: observation.rollout.status,
  reduce: (answers) => reconcileRollout({ ...observation, answers }),
  isFailureDecided: (change) => isFailureDecided('Rollout', change),
  apply: (change) => applied(cluster, change, (call) => tellRouter(traffic, call, observation.rollout)),
  answer: async (asks) => {
    const replies: Record<string, RolloutAnswer> = {}
    // One after the other: a question may depend on what the last one changed in the world.
    for (const ask of asks) replies[ask.key] = await rolloutAnswer(ask, observation.rollout, traffic, stepPlugins)
    return { replies }
  },
})

export const experimentWork = (
  observation: ExperimentObservation,
  { cluster }: HostPorts,
): Work<ExperimentDecision, never> => ({
  now: observation.now,
  statusBefore: observation.experiment.status,
  reduce: (answers) => reconcileExperiment({ ...observation, answers }),
  isFailureDecided: (change) => isFailureDecided('Experiment', change),
  apply: (change) => applied(cluster, change, noRouter),
  answer: async () => ({}),
})

export const analysisRunWork = (
  observation: Parameters<typeof reconcileAnalysisRun>[0],
  { cluster, metrics, secrets }: HostPorts,
): Work<AnalysisRunDecision, SecretAnswer | MeasureAnswer> => ({
  now: observation.now,
  statusBefore: observation.analysisRun.status,
  reduce: (answers) => reconcileAnalysisRun({ ...observation, answers }),
  isFailureDecided: () => false,
  apply: (change) => applied(cluster, change, noRouter),
  answer: async (asks) => {
    const given = await Promise.all(asks.map((ask) => analysisAnswer(ask, observation.analysisRun, metrics, secrets)))
    return given.reduce<AnalysisAnswers>(both, {})
  },
})

const noRouter = (): Failure => ({ message: 'only Rollouts have routers' })

/** Calls of routers go to the router, everything else to the cluster. */
const applied = async (
  cluster: ClusterPort,
  change: Change,
  tell: (call: TrafficChange) => Failure | undefined | Promise<Failure | undefined>,
): Promise<Failure | undefined> => ('router' in change ? tell(change) : cluster.apply(change))

const tellRouter = async (
  traffic: TrafficPort | undefined,
  change: TrafficChange,
  rollout: Rollout,
): Promise<Failure | undefined> =>
  traffic ? traffic.apply(change, rollout) : { message: `the host has no traffic port for router ${change.router}` }

async function rolloutAnswer(
  ask: RolloutAsk,
  rollout: Rollout,
  traffic: TrafficPort | undefined,
  stepPlugins: StepPluginPort | undefined,
): Promise<RolloutAnswer> {
  switch (ask.kind) {
    case 'verifyWeight':
      return (await traffic?.verifyWeight?.(ask, rollout)) ?? {}
    case 'registeredTargets':
      return (
        (await traffic?.registeredTargets?.(ask, rollout)) ?? { error: 'the host cannot ask for registered targets' }
      )
    case 'stepPlugin':
      return (await stepPlugins?.call(ask, rollout)) ?? { error: `the host has no step plugin ${ask.plugin}` }
  }
}

type AnalysisAnswers = Answers<SecretAnswer | MeasureAnswer>

const both = (one: AnalysisAnswers, other: AnalysisAnswers): AnalysisAnswers => ({
  replies: { ...one.replies, ...other.replies },
  failures: { ...one.failures, ...other.failures },
})

const analysisAnswer = (
  ask: AnalysisRunAsk,
  run: AnalysisRun,
  metrics: MetricsPort | undefined,
  secrets: SecretsPort | undefined,
): Promise<AnalysisAnswers> => (ask.kind === 'secret' ? secretAnswer(ask, secrets) : measureAnswer(ask, run, metrics))

async function secretAnswer(
  { key, namespace, name }: SecretAsk,
  secrets: SecretsPort | undefined,
): Promise<AnalysisAnswers> {
  const data = await secrets?.read(namespace, name)
  return { replies: { [key]: data ? { data } : { error: `secrets "${name}" not found` } } }
}

async function measureAnswer(
  ask: MeasureAsk,
  run: AnalysisRun,
  metrics: MetricsPort | undefined,
): Promise<AnalysisAnswers> {
  const answer: MeasureAnswer = metrics
    ? await metrics.measure(ask, run)
    : { providerError: 'the host has no metrics port' }
  const { providerError } = answer
  return ask.operation === 'garbageCollect' && providerError !== undefined
    ? { failures: { [ask.key]: { message: providerError } } }
    : { replies: { [ask.key]: answer } }
}
