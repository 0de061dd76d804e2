import { applyMergePatch } from '../../../src/kube/mergePatch'
import type { KubeObject } from '../../../src/model/meta'
import {
  type AwsLoadBalancerAnswer,
  type ResourceChange,
  type ResourceFailure,
  type RouterDecision,
  type RouterObservation,
  type RouterOptions,
  routeTraffic,
  syncDestinationRule,
} from '../../../src/routers/index'
import { firstDifferences, prune } from '../compare'
import type { ConformanceCase, Difference, Unit } from '../types'

type Objects = Readonly<Record<string, KubeObject>>

interface Call {
  readonly op: string
  // biome-ignore lint/suspicious/noExplicitAny: arguments differ by operation
  readonly args: readonly any[]
  readonly failures?: Readonly<Record<string, string>>
  readonly stale?: readonly string[]
}

/** One unit a case: its calls in turn, each from the recorded state before it. */
export function judge({ id, given, expect }: ConformanceCase): readonly Unit[] {
  let objects = given.objects as Objects
  let rollout = given.rollout
  const differences: Difference[] = []
  for (const [index, call] of (given.calls as readonly Call[]).entries()) {
    const recorded = expect.results[index]
    const after = withoutNulls(applyMergePatch(objects, recorded.objects ?? {})) as Objects
    const found = judgeCall({ ...given, rollout }, objects, call, recorded, after)
    differences.push(...found.map((one) => ({ ...one, path: `calls[${index}] ${call.op} ${one.path}` })))
    objects = after
    // What verifying found out is part of the status that the next call sees.
    if (recorded.albStatus) rollout = { ...rollout, status: { ...rollout.status, ...recorded.albStatus } }
  }
  return [{ name: id, differences, inputs: given }]
}

// biome-ignore lint/suspicious/noExplicitAny: vectors are data of many shapes
function judgeCall(given: any, objects: Objects, call: Call, recorded: any, after: Objects): Difference[] {
  const decision = decide(given, objects, call)
  const failed = decision.error !== undefined
  if (recorded.panic !== undefined) return failed ? [] : [{ path: 'error', expected: recorded.panic, got: undefined }]
  const got = {
    objects: applied(objects, decision.changes, call),
    error: decision.error?.message,
    events: (decision.events ?? []).map(({ type, reason, message }) => ({ type, reason, message })),
    writes: decision.changes.map(keyOfWrite),
    verified: decision.verified,
    albStatus: prune(decision.albStatus),
    enqueued: decision.reconcile === undefined ? [] : [decision.reconcile],
  }
  const onlyThat = /json: cannot unmarshal|accessor error/.test(recorded.error ?? '')
  const expected = {
    objects: after,
    error: onlyThat && failed ? got.error : recorded.error,
    events: recorded.events ?? [],
    writes: recorded.writes ?? [],
    verified: recorded.verified ?? undefined,
    albStatus: prune(recorded.albStatus),
    enqueued: recorded.enqueued ?? [],
  }
  return firstDifferences(expected, { ...got, objects: withoutNulls(got.objects) })
}

type Decided = Partial<RouterDecision> & { readonly changes: readonly ResourceChange[]; readonly reconcile?: string }

// biome-ignore lint/suspicious/noExplicitAny: as above
function decide(given: any, objects: Objects, call: Call): Decided {
  const options = optionsOf(given.config ?? {})
  const seen = Object.entries(objects).filter(([key]) => !(call.stale ?? []).includes(key))
  const failures = failuresOf(objects, call)
  if (call.op === 'syncDestinationRule') {
    const destinationRule = objects[`destinationrules/${call.args[0]}`]
    if (!destinationRule) return { changes: [] }
    return syncDestinationRule({ destinationRule, rollouts: call.args[1], options, answers: { failures } })
  }
  return routeTraffic({
    rollout: given.rollout,
    change: changeOf(given.router, call),
    objects: seen.map(([, object]) => object),
    replicaSets: given.replicaSets,
    options,
    answers: { failures, replies: awsReplies(given) },
  })
}

const fieldOf: Readonly<Record<string, string>> = { appmesh: 'appMesh' }

function changeOf(name: string, { op, args }: Call): RouterObservation['change'] {
  const router = fieldOf[name] ?? name
  switch (op) {
    case 'updateHash':
      return { kind: op, router, canaryHash: args[0], stableHash: args[1], destinations: args[2] ?? [] }
    case 'setWeight':
    case 'verifyWeight':
      return { kind: op, router, weight: args[0], destinations: args[1] ?? [] }
    case 'setHeaderRoute':
    case 'setMirrorRoute':
      return { kind: op, router, route: args[0] }
    default:
      return { kind: 'removeManagedRoutes', router }
  }
}

function optionsOf(config: Readonly<Record<string, unknown>>): RouterOptions {
  const { ingressAPI, istioVersion, smiVersion, ambassadorVersion, traefikAPIGroup, traefikVersion } = config
  const { verifyTargetGroup, albTagKey } = config
  return {
    ingressApi: ingressAPI,
    istioVersion,
    smiVersion,
    ambassadorVersion,
    traefikApiGroup: traefikAPIGroup,
    traefikVersion,
    verifyTargetGroups: verifyTargetGroup,
    albTagKey,
  } as RouterOptions
}

/** `Conflict` and `NotFound` are spelled out as the API server does; an object that the cache lacks exists already. */
function failuresOf(objects: Objects, { failures = {}, stale = [] }: Call): Record<string, ResourceFailure> {
  const entries = Object.entries(failures).map(([key, text]) => [key, failureOf(key, text)] as const)
  const races = stale.flatMap((key) => {
    const existing = objects[key]
    const existingError = failures[`get ${key}`]
    const read = existingError === undefined ? { existing } : { existingError }
    return existing ? [[`create ${key}`, { message: 'already exists', reason: 'AlreadyExists', ...read }] as const] : []
  })
  const readOnRace = new Set(stale.map((key) => `get ${key}`))
  return Object.fromEntries([...entries.filter(([key]) => !readOnRace.has(key)), ...races])
}

const groups: Readonly<Record<string, string>> = {
  virtualservices: 'networking.istio.io',
  destinationrules: 'networking.istio.io',
  virtualrouters: 'appmesh.k8s.aws',
  virtualnodes: 'appmesh.k8s.aws',
  mappings: 'getambassador.io',
  ambassadormappings: 'x.getambassador.io',
  traefikservices: 'traefik.io',
  apisixroutes: 'apisix.apache.org',
}

function failureOf(key: string, text: string): ResourceFailure {
  if (text !== 'Conflict') return { message: text }
  const [resource = '', , name = ''] = key.split(' ')[1]!.split('/')
  const message = `Operation cannot be fulfilled on ${resource}.${groups[resource]} "${name}": the object has been modified; please apply your changes to the latest version and try again`
  return { message, reason: 'Conflict' }
}

// biome-ignore lint/suspicious/noExplicitAny: as above
function awsReplies({ aws, objects }: any): Record<string, AwsLoadBalancerAnswer> | undefined {
  if (!aws) return undefined
  const hostnames = Object.values(objects as Objects).flatMap((object) => {
    const status = object.status as { loadBalancer?: { ingress?: readonly { hostname?: string }[] } } | undefined
    return (status?.loadBalancer?.ingress ?? []).map(({ hostname }) => hostname ?? '')
  })
  return Object.fromEntries(hostnames.map((name) => [`awsLoadBalancer/${name}`, awsReply(aws, name)]))
}

// biome-ignore lint/suspicious/noExplicitAny: as above
function awsReply(aws: any, dnsName: string): AwsLoadBalancerAnswer {
  const errors = aws.errors ?? {}
  if (errors.describeLoadBalancers !== undefined) return { error: errors.describeLoadBalancers }
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const found = (aws.loadBalancers ?? []).find((one: any) => one.dnsName === dnsName)
  if (!found) return {}
  const { loadBalancerName: name, loadBalancerArn: arn } = found
  if (arn === undefined) return { loadBalancer: { name } }
  const failed = ['describeTargetGroups', 'describeTags', 'describeListeners', 'describeRules'].find(
    (call) => errors[call] !== undefined,
  )
  if (failed) return { loadBalancer: { name, arn, targetGroupsError: errors[failed] } }
  const weights: Record<string, number> = {}
  for (const listener of aws.listeners?.[arn] ?? [])
    for (const tuples of aws.rules?.[listener] ?? [])
      for (const { targetGroupArn, weight } of tuples ?? []) weights[targetGroupArn] = weight
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const targetGroups = (aws.targetGroups?.[arn] ?? []).map((group: any) => ({
    arn: group.targetGroupArn,
    name: group.targetGroupName,
    tags: aws.tags?.[group.targetGroupArn],
    ...(weights[group.targetGroupArn] !== undefined && { weight: weights[group.targetGroupArn] }),
  }))
  return { loadBalancer: { name, arn, targetGroups } }
}

const verbs = { createResource: 'create', updateResource: 'update', patchResource: 'patch', deleteResource: 'delete' }
const keyOf = ({ resource, namespace, name }: ResourceChange): string => `${resource}/${namespace}/${name}`
const keyOfWrite = (change: ResourceChange): string => `${verbs[change.kind]} ${keyOf(change)}`

/** The objects once the writes that succeed have been carried out. */
function applied(objects: Objects, changes: readonly ResourceChange[], { failures = {}, stale = [] }: Call): Objects {
  const next: Record<string, KubeObject> = { ...objects }
  for (const change of changes) {
    const key = keyOf(change)
    if (failures[keyOfWrite(change)] !== undefined) continue
    if (change.kind === 'createResource' && stale.includes(key)) continue
    if (change.kind === 'deleteResource') delete next[key]
    else if (change.kind === 'patchResource') next[key] = applyMergePatch(next[key], change.patch) as KubeObject
    else next[key] = change.object
  }
  return next
}

/** Properties that are null vanish between calls. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, one]) => one !== null && one !== undefined)
  return Object.fromEntries(entries.map(([key, one]) => [key, withoutNulls(one)]))
}
