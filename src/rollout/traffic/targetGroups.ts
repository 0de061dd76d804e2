import type { RegisteredTargetsAnswer } from '../../model/ask'
import { isJsonObject, type JsonObject } from '../../model/json'
import type { KubeObject } from '../../model/meta'
import type { ReplicaSet, Service, ServicePort } from '../../model/workload'
import type { Facts } from '../facts/facts'
import { deadlineTextOf, podHash, wantedPods } from '../facts/replicaSets'
import { roleServicesOf } from '../services/pingPong'
import { selectedHash, serviceNamed } from '../services/serviceSwitch'
import { emit } from '../turn/events'
import type { Flow } from '../turn/flow'
import { requeueAfter } from '../turn/requeue'
import type { Turn } from '../turn/turn'

// A Service that was switched reaches AWS target groups a little later. Old pods wait until every new pod is registered
// there (behaviour 3.12; AR PR#3627). The host is asked which pods are registered.

const retrySeconds = 10

/**
 * Checks a Service that was just switched. There is nothing to check without the option, without a TargetGroupBinding,
 * or for another Service.
 */
export function verifyTargetGroups(turn: Turn, service: Service | undefined): Flow | 'unverified' {
  if (!service || !isWorthVerifying(turn.facts, service)) return 'continue'
  const bindings = bindingsOf(turn.facts, service)
  if (bindings.length === 0) return 'continue'
  const { name } = service.metadata
  const endpoints = turn.facts.observed.endpoints?.find((one) => one.metadata.name === name)
  const path = fieldOf(turn.facts, name)
  if (!endpoints) return { error: `endpoints "${name}" not found`, code: 'not-found', path, forgotten: true }
  for (const binding of bindings) {
    const flow = verifyBinding(turn, service, binding, endpoints)
    if (flow !== 'continue') return flow
  }
  return 'continue'
}

/** The field that names the Service. */
function fieldOf({ rollout }: Facts, service: string): string {
  const { blueGreen, canary } = rollout.spec.strategy ?? {}
  if (blueGreen) return 'spec.strategy.blueGreen.activeService'
  return `spec.strategy.canary.${canary?.canaryService === service ? 'canaryService' : 'stableService'}`
}

/** Blue-green verifies before the promotion, a canary after it. */
function isWorthVerifying(facts: Facts, service: Service): boolean {
  if (!facts.observed.options?.verifyTargetGroups) return false
  const { canary, blueGreen } = facts.rollout.spec.strategy ?? {}
  const wanted = podHash(facts.newSet)
  const isStable = (facts.before.stableRS ?? '') === wanted
  if (blueGreen) {
    const analysisBegan = facts.before.blueGreen?.postPromotionAnalysisRunStatus !== undefined
    return !isStable && selectedHash(service) === wanted && !analysisBegan
  }
  return canary?.trafficRouting?.alb !== undefined && isStable
}

interface Binding {
  readonly arn: string
  readonly targetType: unknown
  readonly port: unknown
}

function bindingsOf(facts: Facts, service: Service): Binding[] {
  const bindings: Binding[] = []
  for (const object of facts.observed.targetGroupBindings ?? []) {
    const spec = isJsonObject(object.spec) ? object.spec : {}
    const reference = isJsonObject(spec.serviceRef) ? spec.serviceRef : {}
    if (reference.name !== service.metadata.name) continue
    if (!service.spec?.ports?.some((port) => matchesPort(port, reference.port))) continue
    bindings.push({ arn: String(spec.targetGroupARN ?? ''), targetType: spec.targetType, port: reference.port })
  }
  return bindings
}

const matchesPort = (port: ServicePort, wanted: unknown): boolean =>
  typeof wanted === 'number' ? port.port === wanted : wanted !== '' && wanted !== undefined && port.name === wanted

/** The pods' port behind a Service port; a named one is looked up in the Endpoints. Undefined: nothing to compare. */
function targetPortOf(service: Service, wanted: unknown, endpoints: KubeObject): number | undefined {
  for (const port of service.spec?.ports ?? []) {
    if (!matchesPort(port, wanted)) continue
    if (typeof port.targetPort === 'number' && port.targetPort > 0) return port.targetPort
    for (const subset of subsetsOf(endpoints)) {
      const named = objectsIn(subset.ports).find((one) => one.name === String(port.targetPort ?? 0))
      if (named) return Number(named.port)
    }
  }
  return undefined
}

const objectsIn = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : [])
const subsetsOf = (endpoints: KubeObject): readonly JsonObject[] => objectsIn(endpoints.subsets)

function verifyBinding(turn: Turn, service: Service, binding: Binding, endpoints: KubeObject): Flow | 'unverified' {
  const port = binding.targetType === 'ip' ? targetPortOf(service, binding.port, endpoints) : undefined
  if (port === undefined) return 'continue'
  const { name } = service.metadata
  const answer = askTargets(turn, binding.arn)
  if (!answer) return 'done'
  const about = `Service ${name} (TargetGroup ${binding.arn})`
  if (answer.error !== undefined) {
    emit(turn, 'TargetGroupVerifyError', `Failed to verify ${about}: ${answer.error}`, 'Warning')
    return { error: answer.error, code: 'target-group', path: fieldOf(turn.facts, name) }
  }
  const addresses = subsetsOf(endpoints).flatMap((subset) => objectsIn(subset.addresses))
  const expected: ReadonlySet<string> = new Set(addresses.map((address) => `${address.ip}:${port}`))
  const registered = (answer.targets ?? []).filter((target) => expected.has(target))
  if (new Set(registered).size < expected.size) {
    const text = `${about} not verified: ${registered.length}/${expected.size} endpoints registered`
    emit(turn, 'TargetGroupUnverified', text, 'Warning')
    requeueAfter(turn, retrySeconds, 'targetsUnverified', { service: name })
    return 'unverified'
  }
  emit(turn, 'TargetGroupVerified', `${about} verified: ${registered.length} endpoints registered`)
  return 'continue'
}

function askTargets(turn: Turn, targetGroupArn: string): RegisteredTargetsAnswer | undefined {
  const key = `registeredTargets/${targetGroupArn}`
  const answer = turn.facts.observed.answers?.replies?.[key] as RegisteredTargetsAnswer | undefined
  if (!answer) turn.ledger.asks.push({ kind: 'registeredTargets', key, targetGroupArn })
  return answer
}

/**
 * Whether old ReplicaSets of an ALB canary may be scaled down: not before the stable Service's target groups are
 * complete. If all of them already have a deadline, this was verified before. An error means no, and is ignored.
 */
export function oldPodsMayLeave(turn: Turn, others: readonly ReplicaSet[]): boolean {
  if (!turn.facts.rollout.spec.strategy?.canary?.trafficRouting?.alb) return true
  if (!others.some((set) => wantedPods(set) > 0 && deadlineTextOf(set) === undefined)) return true
  const service = serviceNamed(turn.facts, roleServicesOf(turn.facts, true).stable)
  return service !== undefined && verifyTargetGroups(turn, service) === 'continue'
}
