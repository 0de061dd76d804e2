import type { Issue } from '../model/issue'
import { mendedPaths } from '../model/malformed'
import type { Rollout } from '../model/rollout'
import { formatTime, parseTime } from '../model/time'
import type { Workload } from '../model/workload'
import { replicasOf } from '../rollout/defaults'
import { stepsOf } from '../rollout/facts/steps'
import { rolloutIcon } from './icons'
import type { ExperimentViewObservation, RolloutViewObservation } from './observation'
import type { ExperimentView, ReplicaSetView, RolloutView } from './rolloutView'
import { seenPhaseOf } from './seenPhase'
import { analysisRunViewsOf } from './tree/analysisRuns'
import { type Below, experimentView, experimentViewsOf } from './tree/experiments'
import { viewMetaOf } from './tree/meta'
import { containersOf, replicaSetViewsOf } from './tree/replicaSets'
import { actualWeightOf, setWeightOf, stepText } from './weights'
import { wellFormedExperiment, wellFormedRollout } from './wellFormed'

/**
 * What `kubectl argo rollouts get rollout` shows, as data, in the shape that upstream's dashboard reads: phase,
 * strategy, weights, counts, and the tree of revisions, ReplicaSets, pods, Experiments and AnalysisRuns. An object
 * belongs to the tree that names its owner by UID. Ages are not in it: `renderRollout` counts them from the clock that
 * it is given.
 *
 * Errors: what is malformed counts as missing and is in `issues`, as is a missing Deployment of `workloadRef`.
 *
 * Source: behaviour 8.2.
 *
 * @example
 * ```ts
 * import { describeRollout } from 'rollout-engine/view'
 *
 * const rollout = {
 *   metadata: { name: 'web', namespace: 'shop', uid: 'u1', generation: 2 },
 *   spec: { replicas: 4, strategy: { canary: { steps: [{ setWeight: 25 }, { pause: {} }] } } },
 *   status: { observedGeneration: '2', phase: 'Paused', message: 'CanaryPauseStep', currentStepIndex: 1 },
 * } as const
 * const { status, step, setWeight } = describeRollout({ rollout, replicaSets: [] })
 * status // 'Paused'
 * step // '1/2'
 * setWeight // '25'
 * ```
 */
export function describeRollout(observation: RolloutViewObservation): RolloutView {
  const observed = wellFormedRollout(observation)
  const { rollout, replicaSets, pods = [], experiments = [], analysisRuns = [], workloads = [] } = observed
  const below: Below = { replicaSets, pods, analysisRuns }
  const { metadata, spec, status = {} } = rollout
  const sets = replicaSetViewsOf({ uid: metadata.uid, rollout }, replicaSets, pods)
  const { phase, message } = seenPhaseOf(rollout)
  const workload = workloadOf(rollout, workloads)
  const template = spec.workloadRef && workload !== 'missing' ? workload?.spec?.template : spec.template
  return {
    objectMeta: { ...viewMetaOf(metadata), ...otherMetaOf(rollout) },
    status: phase,
    message,
    icon: rolloutIcon(phase),
    ...strategyOf(rollout, sets),
    ready: status.readyReplicas ?? 0,
    current: status.replicas ?? 0,
    desired: replicasOf(rollout),
    updated: status.updatedReplicas ?? 0,
    available: status.availableReplicas ?? 0,
    restartedAt: restartedText(status.restartedAt),
    generation: status.observedGeneration ?? '',
    replicaSets: sets,
    experiments: experimentViewsOf(metadata.uid, experiments, below),
    analysisRuns: analysisRunViewsOf(metadata.uid, analysisRuns),
    ...containersOf(template),
    issues: [...malformed(observation, observed), ...(workload === 'missing' ? [missingWorkload(rollout)] : [])],
  }
}

/**
 * What `kubectl argo rollouts get experiment` shows, as data; the counterpart of `describeRollout`.
 *
 * Source: behaviour 8.2.
 *
 * @example
 * ```ts
 * import { describeExperiment } from 'rollout-engine/view'
 *
 * const experiment = { metadata: { name: 'bake-off' }, spec: { templates: [] }, status: { phase: 'Running' } } as const
 * const { status, icon } = describeExperiment({ experiment, replicaSets: [] })
 * status // 'Running'
 * icon // '◌'
 * ```
 */
export function describeExperiment(observation: ExperimentViewObservation): ExperimentView {
  const observed = wellFormedExperiment(observation)
  const { experiment, replicaSets, pods = [], analysisRuns = [] } = observed
  return experimentView(experiment, { replicaSets, pods, analysisRuns }, malformed(observation, observed))
}

type Strategy = Pick<RolloutView, 'strategy' | 'step' | 'setWeight' | 'actualWeight' | 'steps'>

function strategyOf(rollout: Rollout, sets: readonly ReplicaSetView[]): Strategy {
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  if (!canary) return { strategy: blueGreen ? 'BlueGreen' : '', step: '', setWeight: '', actualWeight: '', steps: [] }
  const step = stepText(rollout)
  return {
    strategy: 'Canary',
    step: step ?? '',
    setWeight: String(setWeightOf(rollout)),
    actualWeight: String(actualWeightOf(rollout, sets)),
    steps: step === undefined ? [] : stepsOf(rollout),
  }
}

function otherMetaOf({ metadata }: Rollout): Partial<RolloutView['objectMeta']> {
  const { labels, annotations, generation, resourceVersion } = metadata
  return {
    ...(labels && { labels }),
    ...(annotations && { annotations }),
    ...(generation !== undefined && { generation }),
    ...(resourceVersion !== undefined && { resourceVersion }),
  }
}

/** As Go prints a time. */
function restartedText(restartedAt: string | undefined): string {
  const seconds = parseTime(restartedAt)
  return seconds === undefined ? 'Never' : formatTime(seconds).replace('T', ' ').replace('Z', ' +0000 UTC')
}

/** Upstream looks for a Deployment of that name, whatever kind `workloadRef` says. */
function workloadOf({ spec, metadata }: Rollout, workloads: readonly Workload[]): Workload | 'missing' | undefined {
  if (!spec.workloadRef) return undefined
  const { name = '' } = spec.workloadRef
  const found = workloads.find(
    ({ kind = 'Deployment', metadata: meta }) =>
      kind === 'Deployment' && meta.name === name && (meta.namespace ?? '') === (metadata.namespace ?? ''),
  )
  return found ?? 'missing'
}

const missingWorkload = ({ spec }: Rollout): Issue => ({
  code: 'workload-not-found',
  path: 'spec.workloadRef.name',
  message: `deployment.apps "${spec.workloadRef?.name ?? ''}" not found`,
})

const malformed = (given: unknown, mended: unknown): readonly Issue[] =>
  given === mended
    ? []
    : mendedPaths(given, mended).map((path) => ({
        code: 'malformed',
        path,
        message: `${path} is no such field and counts as missing: give the object as the API server has it`,
        severity: 'warning' as const,
      }))
