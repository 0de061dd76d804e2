import type { KubeObject } from '../../model/meta'
import type { AlbResourceRef, AlbStatus, WeightDestination } from '../../model/rolloutStatus'
import { asList } from '../../trafficResources/ingress'
import { ingress } from '../resources'
import type { Verified } from '../router'
import { emit, findObject, type RouterCall } from '../routerCall'
import type { AwsTargetGroup } from '../routerObservation'
import { albServices } from '../trafficServices'

const nobody: AlbResourceRef = { name: '', arn: '', fullName: '' }
const emptyStatus: AlbStatus = { loadBalancer: nobody, canaryTargetGroup: nobody, stableTargetGroup: nobody }

/** The result over all Ingresses and load balancers. */
interface Check {
  readonly call: RouterCall
  readonly weight: number
  readonly destinations: readonly WeightDestination[]
  readonly albs: AlbStatus[]
  alb: AlbStatus
  verifiedCount: number
}

/**
 * Whether the listener rules have the commanded weights (behaviour 6.3)? Quirks kept for fidelity: the stable weight is
 * not checked, and several Ingresses together with experiments never add up.
 */
export function verifyWeight(call: RouterCall, weight: number, destinations: readonly WeightDestination[]): Verified {
  if (call.observed.options?.verifyTargetGroups !== true) return { albStatus: {} }
  const { alb, albs } = call.observed.rollout.status ?? {}
  const isKnown = (alb ?? albs ?? undefined) !== undefined
  if (isKnown && !isWorthAsking(call, weight)) return { albStatus: { ...(alb && { alb }), ...(albs && { albs }) } }
  const { ingress: single = '', ingresses } = call.routing.alb ?? {}
  const names = ingresses && ingresses.length > 0 ? ingresses : [single]
  const known = albs ?? []
  const check: Check = {
    call,
    weight,
    destinations,
    albs: names.map((_, index) => (known.length === names.length ? full(known[index]) : emptyStatus)),
    alb: full(alb),
    verifiedCount: 0,
  }
  const ended = checkIngresses(check, names)
  if (call.asks.length > 0) return {}
  const albStatus = { alb: check.alb, albs: check.albs }
  return ended
    ? { ...ended, verified: false, albStatus }
    : { verified: check.verifiedCount === names.length + destinations.length, albStatus }
}

const full = (status: object | undefined): AlbStatus => ({ ...emptyStatus, ...status })

/** AWS limits the rate of requests, so this is checked only at a `setWeight` step and at the end of an update. */
function isWorthAsking({ observed, canary, routing }: RouterCall, weight: number): boolean {
  const { status } = observed.rollout
  const stable = status?.stableRS ?? ''
  if (stable === '' || stable === (status?.currentPodHash ?? '')) return false
  const steps = canary.steps ?? []
  const index = status?.currentStepIndex ?? 0
  const step = steps[index]
  return step ? step.setWeight !== undefined : weight === (routing.maxTrafficWeight ?? 100)
}

type Ended = { readonly failed?: string }

function checkIngresses(check: Check, names: readonly string[]): Ended | undefined {
  const { call } = check
  for (const [index, name] of names.entries()) {
    const read = findObject(call, ingress(call.observed.options ?? {}), call.namespace, name)
    if ('failed' in read) return { failed: read.failed }
    for (const hostname of hostnamesOf(read.object)) {
      const ended = checkLoadBalancer(check, index, name, hostname)
      if (ended) return ended
    }
  }
  return undefined
}

function hostnamesOf(object: KubeObject): readonly string[] {
  const status = object.status as { readonly loadBalancer?: { readonly ingress?: unknown } } | undefined
  return asList(status?.loadBalancer?.ingress)
    .map((one) => (one as { readonly hostname?: unknown } | null)?.hostname)
    .filter((hostname) => typeof hostname === 'string' && hostname !== '') as string[]
}

function checkLoadBalancer(check: Check, index: number, name: string, dnsName: string): Ended | undefined {
  const { call } = check
  const key = `awsLoadBalancer/${dnsName}`
  const answer = call.observed.answers?.replies?.[key]
  if (!answer) {
    if (!call.asks.some((ask) => ask.key === key)) call.asks.push({ kind: 'awsLoadBalancer', key, dnsName })
    return undefined
  }
  if (answer.error !== undefined) return verifyError(check, answer.error)
  const { loadBalancer } = answer
  if (loadBalancer?.arn === undefined) {
    emit(call, 'LoadBalancerNotFound', `Failed to find load balancer: ${dnsName}`, 'Warning')
    return {}
  }
  const seen = { ingress: name, loadBalancer: loadBalancerReference(loadBalancer.name, loadBalancer.arn) }
  remember(check, index, seen)
  if (loadBalancer.targetGroupsError !== undefined) return verifyError(check, loadBalancer.targetGroupsError)
  for (const group of loadBalancer.targetGroups ?? []) checkTargetGroup(check, index, name, group)
  return undefined
}

function verifyError({ call }: Check, error: string): Ended {
  const { canary } = albServices(call)
  const message = `Failed to verify Service ${canary} (TargetGroup unknown): ${error}`
  emit(call, 'TargetGroupVerifyError', message, 'Warning')
  return { failed: error }
}

function remember(check: Check, index: number, seen: Partial<AlbStatus>): void {
  check.alb = { ...check.alb, ...seen }
  check.albs[index] = { ...check.albs[index]!, ...seen }
}

const loadBalancerReference = (name: string, arn: string): AlbResourceRef => ({
  name,
  arn,
  fullName: arn.split('/').slice(2).join('/'),
})

const targetGroupReference = ({ name, arn }: AwsTargetGroup): AlbResourceRef => ({
  name,
  arn,
  fullName: arn.split('/').slice(1).join('/'),
})

function checkTargetGroup(check: Check, index: number, ingressName: string, group: AwsTargetGroup): void {
  const { call, weight, destinations } = check
  const { canary, stable } = albServices(call)
  const port = call.routing.alb?.servicePort ?? 0
  const idOf = (service: string): string => `${call.namespace}/${ingressName}-${service}:${port}`
  const id = group.tags?.[call.observed.options?.albTagKey ?? 'ingress.k8s.aws/resource'] ?? ''
  if (id === idOf(canary)) remember(check, index, { canaryTargetGroup: targetGroupReference(group) })
  else if (id === idOf(stable)) remember(check, index, { stableTargetGroup: targetGroupReference(group) })
  if (group.weight === undefined) return
  const destination = destinations.filter((one) => idOf(one.serviceName ?? '') === id).at(-1)
  if (id === idOf(canary)) compare(check, canary, group.arn, weight, group.weight)
  else if (destination) compare(check, destination.serviceName ?? '', group.arn, destination.weight, group.weight)
}

function compare(check: Check, service: string, arn: string, wanted: number, current: number): void {
  const subject = `Service ${service} (TargetGroup ${arn})`
  if (current === wanted) {
    check.verifiedCount++
    emit(check.call, 'TargetGroupVerified', `${subject} verified: canary weight ${wanted} set`)
    return
  }
  const message = `${subject} not verified: canary weight ${wanted} not yet set (current: ${current})`
  emit(check.call, 'TargetGroupUnverified', message, 'Warning')
}
