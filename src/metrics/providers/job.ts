import { goQuote } from '../../go/goQuote'
import type { Measurement } from '../../model/analysis'
import { isJsonObject } from '../../model/json'
import type { KubeObject } from '../../model/meta'
import { formatTime, parseTime } from '../../model/time'
import type { JobCluster, KubeconfigAsk, KubernetesAsk } from '../exchange/ask'
import { failedMeasurement, failMeasurement } from '../exchange/measurement'
import type { Provider } from '../exchange/provider'
import { askEnvironment, type Failed, failure, type Setting, type Steps } from '../exchange/steps'
import { newJob, runUidLabel } from './jobObject'
import { blockedPod, selectPods } from './jobPods'

const type = 'Job'
const namespaceVariable = 'ARGO_ROLLOUTS_ANALYSIS_JOB_NAMESPACE'
const kubeconfigVariable = 'ARGO_ROLLOUTS_ANALYSIS_JOB_KUBECONFIG'
const inClusterVariables = ['KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT']
const nameKey = 'job-name'
const namespaceKey = 'job-namespace'

interface Place {
  readonly cluster: JobCluster
  /** '': that of the run. */
  readonly namespace: string
}

/**
 * Job: a Kubernetes Job that succeeds or fails. Run creates it, resume looks at it (with growing pauses), terminate
 * deletes it, garbage collection deletes the oldest Jobs of the run, of all its metrics. Conditions are not used
 * (behaviour 7.1).
 */
export const job: Provider = function* (setting, _config, operation) {
  const place = yield* findPlace()
  if ('error' in place) return place
  switch (operation.op) {
    case 'run':
      return { type, measurement: yield* run(setting, place) }
    case 'resume':
      return { type, measurement: yield* resume(setting, place, operation.measurement) }
    case 'terminate':
      return { type, measurement: yield* terminate(setting, place, operation.measurement) }
    case 'garbageCollect': {
      const problem = yield* collect(setting, place, operation.limit)
      return problem ? { type, error: problem.error } : { type }
    }
  }
}

function* findPlace(): Steps<Place | Failed> {
  const environment = yield* askEnvironment([namespaceVariable, kubeconfigVariable, ...inClusterVariables])
  if ('error' in environment) return environment
  const { values } = environment
  const kubeconfig = values[kubeconfigVariable] ?? ''
  if (kubeconfig === 'in-cluster' && inClusterVariables.some((name) => (values[name] ?? '') === '')) {
    const names = inClusterVariables.join(' and ')
    return { error: `unable to load in-cluster configuration, ${names} must be defined` }
  }
  const namespace = values[namespaceVariable] ?? ''
  if (kubeconfig === '') return { cluster: {}, namespace }
  return (yield* kubeconfigProblem(kubeconfig)) ?? { cluster: { kubeconfig }, namespace }
}

const serviceAccountToken = '/var/run/secrets/kubernetes.io/serviceaccount/token'

/** Upstream makes no provider without a cluster to talk to, so there is not even a measurement (behaviour 11.2). */
function* kubeconfigProblem(path: string): Steps<Failed | undefined> {
  const ask: KubeconfigAsk = { kind: 'kubeconfig', path }
  const answer = yield ask
  if (answer.kind === 'done') return undefined
  if (answer.kind !== 'refused' || answer.message !== undefined || answer.reason !== 'NotFound') {
    return failure(ask, answer)
  }
  const [verb, file] = path === 'in-cluster' ? ['open', serviceAccountToken] : ['stat', path]
  return { error: `${verb} ${file}: no such file or directory` }
}

function* run(setting: Setting, place: Place): Steps<Measurement> {
  const { run: owner } = setting.context
  const foreign = place.cluster.kubeconfig !== undefined
  const namespace = place.namespace || (owner.metadata.namespace ?? '')
  const made = newJob(setting.context, namespace, foreign)
  if ('error' in made) return failedMeasurement(setting, made.error)
  const { object } = made
  const created = yield* create(place, namespace, object)
  if ('error' in created) return failedMeasurement(setting, created.error)
  if (created.exists) {
    const separate = foreign || namespace !== owner.metadata.namespace
    const owned = yield* isOwned(setting, place, namespace, object.metadata.name, separate)
    if (typeof owned !== 'boolean') return failedMeasurement(setting, owned.error)
    if (!owned) return failedMeasurement(setting, created.exists)
  }
  const now = formatTime(setting.startSeconds)
  const metadata = { [nameKey]: object.metadata.name, [namespaceKey]: namespace }
  return { phase: 'Running', startedAt: now, metadata, resumeAt: now }
}

/** `exists`: there is one of this name already; the API server's words. */
function* create(place: Place, namespace: string, object: KubeObject): Steps<{ readonly exists?: string } | Failed> {
  const ask: KubernetesAsk = { ...jobs(place), verb: 'create', namespace, object }
  const answer = yield ask
  if (answer.kind === 'object' || answer.kind === 'done') return {}
  if (answer.kind === 'refused' && answer.reason === 'AlreadyExists') {
    return { exists: answer.message ?? `jobs.batch ${goQuote(object.metadata.name)} already exists` }
  }
  return failure(ask, answer)
}

/**
 * Whether a Job of the same name is the run's own. Without an owner reference (`separate`) upstream compares the label
 * of the *new* Job, so that it always is.
 */
function* isOwned(
  setting: Setting,
  place: Place,
  namespace: string,
  name: string,
  separate: boolean,
): Steps<boolean | Failed> {
  const ask: KubernetesAsk = { ...jobs(place), verb: 'get', namespace, name, fresh: true }
  const answer = yield ask
  if (answer.kind !== 'object') return false
  if (separate) return true
  const controller = answer.object.metadata.ownerReferences?.find((owner) => owner.controller === true)
  // Upstream panics here; an engine must not.
  if (!controller) return { error: `job "${name}" exists already and has no controller` }
  return controller.uid === setting.context.run.metadata.uid
}

const jobs = (
  place: Place,
): { readonly kind: 'kubernetes'; readonly resource: 'jobs'; readonly cluster: JobCluster } => ({
  kind: 'kubernetes',
  resource: 'jobs',
  cluster: place.cluster,
})

interface JobName {
  readonly namespace: string
  readonly name: string
}

function jobNameOf(setting: Setting, measurement: Measurement): JobName | Failed {
  const name = measurement.metadata?.[nameKey] ?? ''
  if (name === '') return { error: 'job metadata reference missing' }
  return { name, namespace: measurement.metadata?.[namespaceKey] || (setting.context.run.metadata.namespace ?? '') }
}

function* resume(setting: Setting, place: Place, measurement: Measurement): Steps<Measurement> {
  const named = jobNameOf(setting, measurement)
  if ('error' in named) return failMeasurement(setting, measurement, named.error)
  const ask: KubernetesAsk = { ...jobs(place), verb: 'get', ...named }
  const answer = yield ask
  if (answer.kind !== 'object') {
    const missing = answer.kind === 'refused' && answer.message === undefined && answer.reason === 'NotFound'
    const text = missing ? `job.batch ${goQuote(named.name)} not found` : failure(ask, answer).error
    return failMeasurement(setting, measurement, text)
  }
  const now = formatTime(setting.nowSeconds)
  const phase = finalPhase(answer.object)
  if (phase) return { ...measurement, phase, finishedAt: now }
  if (completed.includes(measurement.phase)) return measurement
  const pods = yield* podsOf(place, named.namespace, answer.object)
  if ('error' in pods) return failMeasurement(setting, measurement, pods.error)
  const blocked = blockedPod(pods.pods)
  if (blocked !== undefined) return { ...measurement, phase: 'Inconclusive', message: blocked, finishedAt: now }
  const started = parseTime(measurement.startedAt)
  if (started === undefined) return failMeasurement(setting, measurement, 'the measurement has no start time')
  return { ...measurement, resumeAt: formatTime(setting.nowSeconds + pauseSeconds(setting.nowSeconds - started)) }
}

/**
 * Grows with the time since the start. Before the start the root is NaN, which Go makes the smallest duration there is.
 */
const pauseSeconds = (elapsedSeconds: number): number =>
  elapsedSeconds < 0 ? -(2 ** 63) / 1e9 : Math.sqrt(2 * elapsedSeconds)

const completed: readonly string[] = ['Successful', 'Failed', 'Error', 'Inconclusive']

/** The last condition that is final counts; its status is not looked at. */
function finalPhase(object: KubeObject): 'Successful' | 'Failed' | undefined {
  const status = isJsonObject(object.status) ? object.status : {}
  const conditions = Array.isArray(status.conditions) ? status.conditions.filter(isJsonObject) : []
  const final = conditions.filter((one) => one.type === 'Complete' || one.type === 'Failed').pop()
  return final && (final.type === 'Complete' ? 'Successful' : 'Failed')
}

function* podsOf(
  place: Place,
  namespace: string,
  object: KubeObject,
): Steps<{ readonly pods: readonly KubeObject[] } | Failed> {
  const spec = isJsonObject(object.spec) ? object.spec : {}
  if (!isJsonObject(spec.selector)) return { pods: [] }
  const ask: KubernetesAsk = { kind: 'kubernetes', resource: 'pods', cluster: place.cluster, verb: 'list', namespace }
  const answer = yield ask
  return answer.kind === 'objects' ? selectPods(answer.objects, spec.selector) : failure(ask, answer)
}

function* remove(place: Place, name: JobName): Steps<Failed | undefined> {
  const ask: KubernetesAsk = { ...jobs(place), verb: 'delete', ...name, propagationPolicy: 'Foreground' }
  const answer = yield ask
  const gone = answer.kind === 'refused' && answer.reason === 'NotFound'
  return gone || answer.kind === 'done' || answer.kind === 'object' ? undefined : failure(ask, answer)
}

function* terminate(setting: Setting, place: Place, measurement: Measurement): Steps<Measurement> {
  const named = jobNameOf(setting, measurement)
  if ('error' in named) return failMeasurement(setting, measurement, named.error)
  const problem = yield* remove(place, named)
  if (problem) return failMeasurement(setting, measurement, problem.error)
  return { ...measurement, phase: 'Inconclusive', finishedAt: formatTime(setting.nowSeconds) }
}

function* collect(setting: Setting, place: Place, limit: number): Steps<Failed | undefined> {
  const labels = { [runUidLabel]: setting.context.run.metadata.uid ?? '' }
  const ask: KubernetesAsk = { ...jobs(place), verb: 'list', labels }
  const answer = yield ask
  if (answer.kind !== 'objects') return failure(ask, answer)
  const age = (object: KubeObject): number => parseTime(object.metadata.creationTimestamp) ?? Number.NEGATIVE_INFINITY
  const oldestFirst = [...answer.objects].sort((a, b) => age(a) - age(b) || 0)
  for (const object of oldestFirst.slice(0, Math.max(oldestFirst.length - limit, 0))) {
    const { name, namespace = '' } = object.metadata
    const problem = yield* remove(place, { name, namespace })
    if (problem) return problem
  }
  return undefined
}
