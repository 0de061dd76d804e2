import type { ClusterObjects } from '../../cluster/objects'
import type { KubeObject } from '../../model/meta'
import { fittingLabels, servedLabels } from './pods'
import type { Reference } from './references'
import { deepField, fieldOf, itemsOf, textOf } from './walk'

/** The content that an object needs for the Rollout to use it, and the text of that assumption. */
interface Assumption {
  readonly body: (reference: Reference, rollout: KubeObject, objects: ClusterObjects) => object
  readonly says: string
}

const plain: Assumption = { body: () => ({ spec: {} }), says: 'to be as the router needs it' }

/** By kind, without the group: no two groups share one but Istio and App Mesh, see `bodyOf`. */
const assumptions: Readonly<Record<string, Assumption>> = {
  Service: {
    body: (_, rollout, objects) => ({ spec: { selector: servedLabels(rollout, objects) } }),
    says: "to select the Rollout's pods",
  },
  Ingress: { body: ingressBody, says: "to have a rule for the Rollout's Service" },
  VirtualService: { body: virtualServiceBody, says: 'to have a route to canary and stable' },
  DestinationRule: { body: destinationRuleBody, says: 'to have the subsets that are named' },
  Deployment: { body: workloadBody, says: unknownPods() },
  ReplicaSet: { body: workloadBody, says: unknownPods() },
  PodTemplate: {
    body: (_, rollout, objects) => ({ template: unknownTemplate(fittingLabels(rollout, objects)) }),
    says: unknownPods(),
  },
}

/** An assumed object with the content that the Rollout needs. */
export function assumedObject(reference: Reference, rollout: KubeObject, objects: ClusterObjects): KubeObject {
  const { kind, apiVersion, namespace, name } = reference
  return { apiVersion, kind, metadata: { name, namespace }, ...assumptionOf(kind).body(reference, rollout, objects) }
}

export const saysOf = (kind: string): string => assumptionOf(kind).says

const assumptionOf = (kind: string): Assumption => (Object.hasOwn(assumptions, kind) ? assumptions[kind]! : plain)

function unknownPods(): string {
  return 'to run one container, whose image is not known: names of ReplicaSets are not those of the cluster'
}

const unknownTemplate = (labels: Readonly<Record<string, string>>): object => ({
  metadata: { labels },
  spec: { containers: [{ name: 'app', image: 'unknown' }] },
})

function workloadBody(_: Reference, rollout: KubeObject, objects: ClusterObjects): object {
  const labels = fittingLabels(rollout, objects)
  const selector = deepField(rollout, 'spec', 'selector') ?? { matchLabels: labels }
  return { spec: { replicas: 0, selector, template: unknownTemplate(labels) } }
}

const canaryOf = (rollout: KubeObject): unknown => deepField(rollout, 'spec', 'strategy', 'canary')

const firstText = (...values: readonly unknown[]): string => values.map(textOf).find((text) => text !== '') ?? ''

/** ALB looks for its root Service, if it has one; both look for the stable Service (behaviour 2.3). */
function ingressBody({ path }: Reference, rollout: KubeObject): object {
  const canary = canaryOf(rollout)
  const root = path.includes('.alb.') ? deepField(canary, 'trafficRouting', 'alb', 'rootService') : undefined
  const service = { name: firstText(root, fieldOf(canary, 'stableService')), port: { name: 'use-annotation' } }
  return { spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service } }] } }] } }
}

function virtualServiceBody(reference: Reference, rollout: KubeObject): object {
  return reference.apiVersion.startsWith('appmesh') ? appMeshBody(reference) : istioBody(reference, rollout)
}

/** Its router is an assumed one with the same name. */
const appMeshBody = ({ name }: Reference): object => ({
  spec: { provider: { virtualRouter: { virtualRouterRef: { name } } } },
})

/** The routes that the Rollout names, or the only one, each to canary and stable. */
function istioBody({ parent }: Reference, rollout: KubeObject): object {
  const route = istioDestinations(canaryOf(rollout))
  const named = itemsOf(fieldOf(parent, 'routes')).map((name) => ({ name: textOf(name), route }))
  const tls = itemsOf(fieldOf(parent, 'tlsRoutes')).map((match) => ({ match: [match], route }))
  const tcp = itemsOf(fieldOf(parent, 'tcpRoutes')).map((match) => ({ match: [match], route }))
  const http = named.length + tls.length + tcp.length === 0 ? [{ route }] : named
  return { spec: { hosts: ['*'], ...listed({ http, tls, tcp }) } }
}

const listed = (lists: Readonly<Record<string, readonly unknown[]>>): object =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0))

function istioDestinations(canary: unknown): readonly object[] {
  const pingPong = fieldOf(canary, 'pingPong')
  const stable = firstText(fieldOf(pingPong, 'pingService'), fieldOf(canary, 'stableService'), 'stable')
  const other = firstText(fieldOf(pingPong, 'pongService'), fieldOf(canary, 'canaryService'), stable)
  const rule = deepField(canary, 'trafficRouting', 'istio', 'destinationRule')
  if (!rule) return [destination(stable, 100), destination(other, 0)]
  return [
    destination(stable, 100, textOf(fieldOf(rule, 'stableSubsetName'))),
    destination(other, 0, textOf(fieldOf(rule, 'canarySubsetName'))),
  ]
}

const destination = (host: string, weight: number, subset?: string): object => ({
  destination: { host, ...(subset && { subset }) },
  weight,
})

function destinationRuleBody({ name, parent }: Reference, rollout: KubeObject): object {
  const subsets = ['canarySubsetName', 'stableSubsetName'].map((field) => textOf(fieldOf(parent, field)))
  const more = itemsOf(fieldOf(parent, 'additionalSubsetNames')).map(textOf)
  const labels = deepField(rollout, 'spec', 'selector', 'matchLabels') ?? {}
  const host = firstText(fieldOf(canaryOf(rollout), 'stableService'), name)
  return { spec: { host, subsets: [...subsets, ...more].filter(Boolean).map((subset) => ({ name: subset, labels })) } }
}
