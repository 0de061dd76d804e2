import type { FieldPath } from '../../input/places'
import { dns1035Label, dnsLabel, dnsSubdomain } from '../../kube/names'
import type { Format } from '../../kube/rule'
import type { Complaint, LintObject, Rule } from '../rule'

/** Kinds whose names are subdomains. Others (a Role, what nobody here knows) may have names of another form. */
const subdomains = [
  'AnalysisRun',
  'AnalysisTemplate',
  'ClusterAnalysisTemplate',
  'ConfigMap',
  'DaemonSet',
  'Deployment',
  'DestinationRule',
  'Experiment',
  'GRPCRoute',
  'Gateway',
  'HTTPRoute',
  'HorizontalPodAutoscaler',
  'Ingress',
  'Job',
  'Pod',
  'PodDisruptionBudget',
  'PodTemplate',
  'ReplicaSet',
  'Rollout',
  'Secret',
  'ServiceAccount',
  'StatefulSet',
  'TCPRoute',
  'TLSRoute',
  'TargetGroupBinding',
  'TraefikService',
  'VirtualService',
] as const

const formats: ReadonlyMap<string, Format> = new Map<string, Format>([
  ...subdomains.map((kind) => [kind, dnsSubdomain] as const),
  ['Namespace', dnsLabel],
  ['Service', dns1035Label],
])

export const invalidName: Rule = {
  id: 'invalid-name',
  severity: 'error',
  summary: 'a name that the API server refuses',
  why: 'Kubernetes takes small letters, digits and dashes in names (dots too, but not in those of Services and namespaces), 253 characters at most, 63 for Services and namespaces. An object of another name is not created; often it is a placeholder that nobody filled in.',
  thread: 'https://github.com/meshery/meshery/pull/5272',
  *check(target) {
    for (const at of target) for (const complaint of complaintsOf(at)) yield { ...complaint, at }
  },
}

function* complaintsOf({ object }: LintObject): Iterable<Complaint> {
  const { kind = '', apiVersion = '', metadata } = object
  // Somebody else's Service or Ingress has the rules of custom resources.
  const format = kind === 'Service' && apiVersion !== 'v1' ? dnsSubdomain : formats.get(kind)
  if (!format) return
  yield* ofField('namespace', metadata.namespace, dnsLabel)
  const { generateName } = metadata
  // Without a name the reader has made one, as the API server does.
  if (typeof generateName === 'string' && metadata.name.startsWith(generateName))
    yield* ofField('generateName', generateName, prefixOf(format))
  else yield* ofField('name', metadata.name, format)
}

/** Something is appended to it: it may end with a dash. */
const prefixOf =
  (format: Format): Format =>
  (text) =>
    format(text.endsWith('-') ? `${text.slice(0, -1)}a` : text)

function* ofField(field: string, text: string | undefined, format: Format): Iterable<Complaint> {
  if (text === undefined || text === '') return
  const details = format(text)
  const path: FieldPath = ['metadata', field]
  if (details.length > 0) yield { path, message: `${JSON.stringify(text)}: ${details.join('; ')}` }
}
