import type { KubeObject } from '../../src/model/meta'
import type { Rollout } from '../../src/model/rollout'
import { sameJson } from '../../src/model/sameJson'
import type { ReplicaSet } from '../../src/model/workload'
import type { Reducers } from '../../src/simulate/reducers'
import { ownReducers } from '../../src/simulate/reducers'
import { analysisTemplate, nginx, rolloutOf } from './strategies'

// Engines with one defect each, and the invariant that has to notice it.

type Reduce = Reducers['rollout']
type Observation = Parameters<Reduce>[0]
type Decision = ReturnType<Reduce>
type Status = NonNullable<Rollout['status']>
type Spec = Rollout['spec']

export interface Mutant {
  readonly what: string
  readonly invariant: string
  readonly manifests: readonly KubeObject[]
  readonly reducers: Reducers
}

const reduce = ownReducers.rollout

const mutant = (rollout: Reduce): Reducers => ({ rollout, analysisRun: ownReducers.analysisRun })

/** Decides about another observation than the real one. */
const seeing = (see: (observation: Observation) => Observation): Reducers =>
  mutant((observation) => reduce(see(observation)))

/** Decides something else in the end. */
const deciding = (decide: (decision: Decision, observation: Observation) => Decision): Reducers =>
  mutant((observation) => decide(reduce(observation), observation))

const withStatus = (decision: Decision, status: Partial<Status>): Decision => ({
  ...decision,
  status: { ...decision.status, ...status },
})

const without = (decision: Decision, kind: Decision['changes'][number]['kind']): Decision => ({
  ...decision,
  changes: decision.changes.filter((change) => change.kind !== kind),
})

/** Decides about another spec than the real one. It writes the real fields, because judges read the spec of the cluster. */
const seeingSpec = (see: (spec: Spec) => Partial<Spec>): Reducers =>
  mutant((observation) => {
    const { rollout } = observation
    const seen = see(rollout.spec)
    const decision = reduce({ ...observation, rollout: { ...rollout, spec: { ...rollout.spec, ...seen } } })
    const real = (written: Spec): Spec => {
      const others = Object.entries(written).filter(([name]) => !(name in seen))
      const own = Object.entries(rollout.spec).filter(([name]) => name in seen)
      return Object.fromEntries([...others, ...own]) as unknown as Spec
    }
    return { ...decision, changes: decision.changes.map((change) => withRealSpec(change, real)) }
  })

function withRealSpec(change: Decision['changes'][number], real: (written: Spec) => Spec): typeof change {
  if (change.kind !== 'annotateRollout' && change.kind !== 'setRolloutReplicas') return change
  return change.spec === undefined ? change : { ...change, spec: real(change.spec) }
}

const full = ({ spec, status, ...set }: ReplicaSet): ReplicaSet => ({
  ...set,
  spec,
  status: {
    ...status,
    replicas: spec.replicas ?? 0,
    readyReplicas: spec.replicas ?? 0,
    availableReplicas: spec.replicas ?? 0,
  },
})

const setOf = ({ replicaSets = [] }: Observation, hash: string | undefined): ReplicaSet | undefined =>
  replicaSets.find(({ metadata }) => metadata.labels?.['rollouts-pod-template-hash'] === hash)

const scaled = (decision: Decision, set: ReplicaSet | undefined, replicas: number): Decision =>
  set === undefined || set.spec.replicas === replicas
    ? decision
    : {
        ...decision,
        changes: [
          ...decision.changes,
          {
            kind: 'scaleReplicaSet',
            name: set.metadata.name,
            namespace: 'shop',
            replicas,
            fromReplicas: set.spec.replicas ?? 0,
          },
        ] as Decision['changes'],
      }

const isUpdating = ({ rollout: { status = {} } }: Observation): boolean =>
  status.stableRS !== undefined && status.stableRS !== '' && status.stableRS !== status.currentPodHash

/** Nothing that could be waited for is left in the status. */
const frozen = (status: Status): Status => {
  if (status.pauseConditions === undefined) return status
  const { pauseConditions: _, ...left } = status
  return left
}

const lostStatus = deciding((decision, observation) =>
  isUpdating(observation) ? { ...decision, status: observation.rollout.status ?? {} } : decision,
)

const canarySteps = [{ setWeight: 40 }, { pause: {} }, { setWeight: 60 }, { pause: { duration: 20 } }]
const basic = [rolloutOf({ canary: { steps: canarySteps } })]
const routed = [rolloutOf({ canary: { ...nginx, steps: canarySteps } })]
const analysed = [
  rolloutOf({
    canary: { steps: [{ setWeight: 40 }, { analysis: { templates: [{ templateName: 'rate' }] } }, { setWeight: 60 }] },
  }),
  analysisTemplate,
]
const blueGreen = [rolloutOf({ blueGreen: { activeService: 'active', previewService: 'preview' } })]

export const mutants: readonly Mutant[] = [
  {
    what: 'an abort does nothing',
    invariant: 'L1',
    manifests: routed,
    reducers: mutant((observation) => {
      const { rollout } = observation
      const { abort, abortedAt, ...status } = rollout.status ?? {}
      if (!abort) return reduce(observation)
      const decision = reduce({ ...observation, rollout: { ...rollout, status } })
      const next = withStatus(decision, { abort, ...(abortedAt !== undefined && { abortedAt }) })
      return sameJson(next.status, rollout.status) ? { ...next, status: rollout.status ?? {} } : next
    }),
  },
  {
    what: 'weight comes before the pods',
    invariant: 'S1',
    manifests: routed,
    reducers: seeing((observation) => ({ ...observation, replicaSets: (observation.replicaSets ?? []).map(full) })),
  },
  {
    what: 'the deadline never fires',
    invariant: 'L2',
    manifests: basic,
    reducers: seeingSpec(() => ({ progressDeadlineSeconds: 1_000_000 })),
  },
  {
    what: 'a pause that waits for a person is skipped',
    invariant: 'V3',
    manifests: basic,
    reducers: deciding((decision) =>
      decision.status.currentStepIndex === 1 ? withStatus(decision, { currentStepIndex: 2 }) : decision,
    ),
  },
  {
    what: 'the status of an update is lost',
    invariant: 'L7',
    manifests: basic,
    reducers: lostStatus,
  },
  {
    what: 'stable loses its pods while it has the traffic',
    invariant: 'S2',
    manifests: routed,
    reducers: deciding((decision, observation) =>
      isUpdating(observation)
        ? scaled(decision, setOf(observation, observation.rollout.status?.stableRS), 0)
        : decision,
    ),
  },
  {
    what: 'the weights are out of another maximum',
    invariant: 'S3',
    manifests: routed,
    reducers: deciding((decision) => ({
      ...decision,
      changes: decision.changes.map((change) =>
        change.kind === 'setWeight' && change.weight === 60 ? { ...change, weight: 600 } : change,
      ),
    })),
  },
  {
    what: 'maxSurge is not kept',
    invariant: 'S4',
    manifests: basic,
    reducers: seeingSpec(({ strategy }) => ({ strategy: { canary: { ...strategy?.canary, maxSurge: '300%' } } })),
  },
  {
    what: 'an abort without an update takes the pods away',
    invariant: 'S5',
    manifests: basic,
    reducers: deciding((decision, observation) =>
      observation.rollout.status?.abort === true && !isUpdating(observation)
        ? scaled(decision, setOf(observation, observation.rollout.status.stableRS), 1)
        : decision,
    ),
  },
  {
    what: 'the only revision that serves is scaled to zero',
    invariant: 'S6',
    manifests: basic,
    reducers: deciding((decision, observation) =>
      isUpdating(observation)
        ? scaled(decision, setOf(observation, observation.rollout.status?.stableRS), 0)
        : decision,
    ),
  },
  {
    what: 'the active Service is turned to a revision without pods',
    invariant: 'S7',
    manifests: blueGreen,
    reducers: seeing((observation) => ({ ...observation, replicaSets: (observation.replicaSets ?? []).map(full) })),
  },
  {
    what: 'Services are switched to and fro',
    invariant: 'L3',
    manifests: routed,
    reducers: deciding((decision, observation) =>
      isUpdating(observation)
        ? scaled(
            decision,
            setOf(observation, observation.rollout.status?.currentPodHash),
            setOf(observation, observation.rollout.status?.currentPodHash)?.spec.replicas === 1 ? 2 : 1,
          )
        : decision,
    ),
  },
  {
    what: 'an aborted update keeps its weight for ever',
    invariant: 'L4',
    manifests: routed,
    reducers: deciding((decision, observation) =>
      observation.rollout.status?.abort === true
        ? { ...without(without(decision, 'setWeight'), 'scaleReplicaSet'), status: frozen(observation.rollout.status) }
        : decision,
    ),
  },
  {
    what: 'revisions between keep their pods',
    invariant: 'L5',
    manifests: routed,
    reducers: deciding((decision) => ({
      ...decision,
      changes: decision.changes.filter((change) => change.kind !== 'scaleReplicaSet' || change.replicas > 0),
    })),
  },
  {
    what: 'the status of an update is lost, after pods were seen late too',
    invariant: 'L6',
    manifests: basic,
    reducers: lostStatus,
  },
  {
    what: 'the same template gets a second ReplicaSet',
    invariant: 'S8',
    manifests: basic,
    reducers: deciding((decision, observation) => {
      const stable = setOf(observation, observation.rollout.status?.stableRS)
      if (!isUpdating(observation) || !stable) return decision
      const labels = { ...stable.metadata.labels, 'rollouts-pod-template-hash': 'twin' }
      const replicaSet = { ...stable, metadata: { ...stable.metadata, name: 'web-twin', labels } }
      return { ...decision, changes: [...decision.changes, { kind: 'createReplicaSet', replicaSet }] }
    }),
  },
  {
    what: 'the pods do not follow the weight',
    invariant: 'S10',
    manifests: basic,
    reducers: seeingSpec(({ strategy: { canary } = {} }) => {
      const steps = canary?.steps?.map((step) => (step.setWeight === undefined ? step : { ...step, setWeight: 100 }))
      return { strategy: { canary: { ...canary, steps } } }
    }),
  },
  {
    what: 'an autoscaler is told one pod too many',
    invariant: 'L8',
    manifests: [rolloutOf({ canary: { ...nginx, steps: canarySteps } }, { replicas: 20 })],
    reducers: deciding((decision, { rollout }) => {
      const next = withStatus(decision, { HPAReplicas: (rollout.spec.replicas ?? 1) + 1 })
      return sameJson(next.status, rollout.status) ? { ...next, status: rollout.status ?? {} } : next
    }),
  },
  {
    what: 'Services are never turned',
    invariant: 'S9',
    manifests: routed,
    reducers: deciding((decision) => without(decision, 'selectPods')),
  },
  {
    what: 'the deadline runs out in a pause',
    invariant: 'T1',
    manifests: basic,
    reducers: deciding((decision, observation) => {
      const isPaused = observation.rollout.status?.phase === 'Paused' && decision.status.phase === 'Paused'
      const conditions = decision.status.conditions?.map((condition) =>
        condition.type === 'Progressing'
          ? { ...condition, status: 'False' as const, reason: 'ProgressDeadlineExceeded' }
          : condition,
      )
      return isPaused && conditions ? withStatus(decision, { conditions }) : decision
    }),
  },
  {
    what: 'an analysis is cut short, and its step is done',
    invariant: 'V1',
    manifests: analysed,
    reducers: deciding((decision, observation) => {
      const run = observation.analysisRuns?.find(({ status }) => status?.phase === 'Running')
      if (!run || decision.status.currentStepIndex !== 1) return decision
      const { name, namespace = '' } = run.metadata
      const changes = [...decision.changes, { kind: 'terminateAnalysisRun', name, namespace } as const]
      return withStatus({ ...decision, changes }, { currentStepIndex: 2 })
    }),
  },
  {
    what: 'a step of the plan that is not there',
    invariant: 'P1',
    manifests: basic,
    reducers: deciding((decision) =>
      decision.status.currentStepIndex === 3 ? withStatus(decision, { currentStepIndex: 99 }) : decision,
    ),
  },
  {
    what: 'an analysis without one success is Successful',
    invariant: 'V2',
    manifests: analysed,
    reducers: {
      rollout: reduce,
      analysisRun: (observation) => {
        const decision = ownReducers.analysisRun(observation)
        return decision.status.phase === 'Failed' || decision.status.phase === 'Error'
          ? { ...decision, status: { ...decision.status, phase: 'Successful' } }
          : decision
      },
    },
  },
  {
    what: 'a retry is judged by the analysis of the try before',
    invariant: 'V4',
    manifests: analysed,
    reducers: deciding((decision, { analysisRuns = [] }) => {
      const failed = analysisRuns.find(({ status }) => status?.phase === 'Failed')
      if (!failed || decision.status.abort) return decision
      const message = `RolloutAborted: analysis ${failed.metadata.name} is Failed`
      return withStatus(without(decision, 'createAnalysisRun'), { abort: true, phase: 'Degraded', message })
    }),
  },
]
