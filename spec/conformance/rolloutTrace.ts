import { applied, applyStatus } from '../../src/cluster/applied'
import { objectKey } from '../../src/cluster/objects'
import type { RolloutAsk } from '../../src/model/ask'
import type { Change } from '../../src/model/change'
import { changeKey } from '../../src/model/changeKey'
import type { EngineEvent, Failure } from '../../src/model/decision'
import type { KubeObject } from '../../src/model/meta'
import { reconcileRollout } from '../../src/reconcile'
import type { RolloutDecision, RolloutObservation } from '../../src/rollout/observation'
import { observeRollout } from '../../src/simulate/observe'
import { controllerOf } from './controller'
import { judgeTrace, type Outcome, type Situation } from './trace'
import type { ConformanceCase, Unit } from './types'

type Replies = Record<string, Record<string, unknown>>
type Failures = Record<string, Failure>

/** Judges a trace of a Rollout: answers what the recorded host answered, applies the decision, compares. */
export const judgeRolloutTrace = (testCase: ConformanceCase): Unit[] => judgeTrace(testCase, reconcileAsRecorded)

const maxRounds = 60

export function reconcileAsRecorded(situation: Situation): Outcome {
  const { decision, asked } = decide(situation)
  let objects = situation.objects
  let created = 0
  const context = { now: situation.now, uidOf: situation.uidOf ?? (() => `created-${++created}`) }
  const failures = failuresOf(situation, decision)
  for (const change of decision.changes) {
    if (change.kind === 'evictPod' && failures[`evictPod/${change.namespace}/${change.name}`]) continue
    objects = applied(objects, change, context)
  }
  objects = applyStatus(objects, situation.key, decision.status)
  return {
    objects,
    events: decision.events.map(describeEvent),
    requeueAfterSeconds: decision.requeueAfterSeconds,
    requeueSoon: decision.requeueSoon,
    error: decision.error?.message,
    router: describeRouters(decision, asked, situation),
    plugins: asked.flatMap(describePlugin),
  }
}

interface Decided {
  readonly decision: RolloutDecision
  readonly asked: RolloutAsk[]
  /** With all answers and failures that the decision was made with. */
  readonly observation: RolloutObservation
}

/** Rounds of asking and answering with the same clock until nothing is open. */
export function decide(situation: Situation): Decided {
  let replies: Replies = {}
  let failures: Failures = {}
  let asked: RolloutAsk[] = []
  for (let round = 0; round < maxRounds; round++) {
    const options = optionsOf(situation)
    const observed = observeRollout(situation.objects, situation.key, situation.now, options, { replies, failures })
    const observation = withRecordedWorkloads(observed)
    const decision = reconcileRollout(observation)
    const known = Object.keys(failures).length
    failures = { ...failures, ...failuresOf(situation, decision) }
    if (Object.keys(failures).length > known) {
      // What failed may change what is asked: begin again, knowing it.
      replies = {}
      asked = []
      continue
    }
    if (decision.asks.length === 0) return { decision, asked, observation }
    for (const ask of decision.asks) {
      asked.push(ask)
      replies = { ...replies, [ask.key]: answer(ask, situation) }
    }
  }
  throw new Error('the decision did not come to an end')
}

/**
 * The recordings' informer gave workloads without `metadata.generation`: every recorded workload-generation annotation is
 * "0", whatever generation the object in the state has. The engine itself notes the real one.
 */
export function withRecordedWorkloads(observation: RolloutObservation): RolloutObservation {
  const ref = observation.rollout.spec.workloadRef
  if (!ref) return observation
  const withoutGeneration = <T extends { metadata: object }>(object: T): T => ({
    ...object,
    metadata: { ...object.metadata, generation: undefined },
  })
  return {
    ...observation,
    workloads: observation.workloads?.map(withoutGeneration),
    replicaSets: observation.replicaSets.map((set) =>
      ref.kind === 'ReplicaSet' && set.metadata.name === ref.name ? withoutGeneration(set) : set,
    ),
  }
}

export const optionsOf = ({ given, testCase }: Situation) => ({
  controller: controllerOf(testCase),
  disabledPlugins: given.pluginDisabled,
  verifyTargetGroups: given.verifyTargetGroups,
  // The recordings' cache handed out the templates themselves.
  sharesTemplates: true,
})

export function answer(ask: RolloutAsk, situation: Situation): Record<string, unknown> {
  const { given } = situation
  switch (ask.kind) {
    case 'verifyWeight':
      return verifyAnswer(ask.router, situation)
    case 'stepPlugin':
      return given.stepPlugins?.[ask.operation] ?? { phase: 'Successful' }
    case 'registeredTargets': {
      const targets = given.targets?.[ask.targetGroupArn]
      return typeof targets === 'string' ? { error: targets } : { targets: targets ?? [] }
    }
  }
}

function verifyAnswer(router: string, situation: Situation): Record<string, unknown> {
  const { given } = situation
  const type = routerType(router)
  const error = routerError(situation, type, 'VerifyWeight')
  const verified =
    given.weightVerifiedBy && type in given.weightVerifiedBy ? given.weightVerifiedBy[type] : given.weightVerified
  return { ...(verified === undefined || verified === null ? undefined : { verified }), ...(error && { error }) }
}

/** Among several routers `routerErrorsOf` names the only one whose calls fail. */
const routerError = ({ given, objects, key }: Situation, type: string, operation: string): string | undefined =>
  countRouters(routingOf(objects[key])) < 2 || given.routerErrorsOf === undefined || given.routerErrorsOf === type
    ? given.routerErrors?.[operation]
    : undefined

const routingOf = (rollout: KubeObject | undefined): object | undefined =>
  (rollout as { spec?: { strategy?: { canary?: { trafficRouting?: object } } } } | undefined)?.spec?.strategy?.canary
    ?.trafficRouting

const routerType = (router: string): string => (router.startsWith('plugins/') ? 'plugins' : router)

const operations: Partial<Record<Change['kind'], string>> = {
  updateHash: 'UpdateHash',
  setWeight: 'SetWeight',
  setHeaderRoute: 'SetHeaderRoute',
  setMirrorRoute: 'SetMirrorRoute',
  removeManagedRoutes: 'RemoveManagedRoutes',
}

function failuresOf(situation: Situation, decision: RolloutDecision): Failures {
  const failures: Failures = {}
  for (const change of decision.changes) {
    const failure = recordedFailure(situation, change)
    if (failure) failures[changeKey(change)] = failure
  }
  return failures
}

/** Why the recorded host refused a change. */
export function recordedFailure(situation: Situation, change: Change): Failure | undefined {
  if (change.kind === 'evictPod' && situation.given.evictionsBlocked) {
    return { message: 'blocked', reason: 'tooManyRequests' }
  }
  const operation = operations[change.kind]
  if (operation === undefined || !('router' in change)) return undefined
  const message = routerError(situation, routerType(change.router), operation)
  return message === undefined ? undefined : { message }
}

export const describeEvent = ({ object, type, reason, message }: EngineEvent) => ({
  object: objectKey(object.kind, object.namespace, object.name),
  type,
  reason,
  message,
})

/** Calls of routers in their order; a verification follows the weight that it verifies. */
function describeRouters(decision: RolloutDecision, asked: readonly RolloutAsk[], situation: Situation): unknown[] {
  const named = countRouters(routingOf(situation.objects[situation.key])) > 1
  const calls: unknown[] = []
  const routers = decision.changes.filter((change) => 'router' in change)
  routers.forEach((change, index) => {
    const operation = operations[change.kind]
    if (operation === undefined || !('router' in change)) return
    calls.push({ op: operation, args: argumentsOf(change), ...(named && { router: routerType(change.router) }) })
    const next = routers[index + 1]
    const lastOfRouter = !next || !('router' in next) || next.router !== change.router
    const verify = lastOfRouter && asked.find((ask) => ask.kind === 'verifyWeight' && ask.router === change.router)
    if (verify && verify.kind === 'verifyWeight') {
      calls.push({
        op: 'VerifyWeight',
        args: [verify.weight, verify.destinations],
        ...(named && { router: routerType(verify.router) }),
      })
    }
  })
  return calls
}

const countRouters = (routing: object | undefined): number =>
  Object.keys(routing ?? {}).filter((name) => name !== 'managedRoutes' && name !== 'maxTrafficWeight').length

function argumentsOf(change: Change): unknown[] {
  switch (change.kind) {
    case 'updateHash':
      return [change.canaryHash, change.stableHash, change.destinations]
    case 'setWeight':
      return [change.weight, change.destinations]
    case 'setHeaderRoute':
    case 'setMirrorRoute':
      return [change.route]
    default:
      return []
  }
}

function describePlugin(ask: RolloutAsk): unknown[] {
  if (ask.kind !== 'stepPlugin') return []
  return [{ op: ask.operation, plugin: ask.plugin, index: ask.stepIndex, config: ask.config, status: ask.status }]
}
