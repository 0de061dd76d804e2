import { describe, expect, it } from 'vitest'
import type { ProviderAnswer } from '../../src/metrics/exchange/ask'
import type { Measurement } from '../../src/model/analysis'
import type { JsonObject } from '../../src/model/json'
import type { KubeObject } from '../../src/model/meta'
import { contextOf, environment, missing, tell } from './support'

const uid = '11111111-2222-3333-4444-555555555555'
const spec = { backoffLimit: 1, template: { metadata: { labels: { app: 'probe' } }, spec: { restartPolicy: 'Never' } } }
const context = () => contextOf({ job: { metadata: { labels: { team: 'a' } }, spec } })
const name = `${uid}.success-rate.1`
const running: Measurement = {
  phase: 'Running',
  startedAt: '2030-01-01T11:59:11Z',
  metadata: { 'job-name': name, 'job-namespace': 'shop' },
}
const jobWith = (status: KubeObject['status'], more: Partial<KubeObject> = {}): ProviderAnswer => ({
  kind: 'object',
  object: { metadata: { name, namespace: 'shop' }, spec: { selector: { matchLabels: { job: 'x' } } }, status, ...more },
})
const resume = (...answers: ProviderAnswer[]) =>
  tell(context(), [environment(), ...answers], { op: 'resume', measurement: running })

describe('job', () => {
  it('creates a Job that the run owns and that carries its UID', () => {
    const created: ProviderAnswer = { kind: 'done' }
    const { asks, outcome } = tell(context(), [environment(), created])
    expect(asks[1]).toMatchObject({
      kind: 'kubernetes',
      verb: 'create',
      resource: 'jobs',
      namespace: 'shop',
      object: {
        metadata: {
          name,
          labels: { team: 'a', 'analysisrun.argoproj.io/uid': uid },
          annotations: { 'analysisrun.argoproj.io/name': 'run', 'analysisrun.argoproj.io/metric-name': 'success-rate' },
          ownerReferences: [{ kind: 'AnalysisRun', uid, controller: true }],
        },
        spec: {
          backoffLimit: 1,
          template: { metadata: { labels: { app: 'probe', 'analysisrun.argoproj.io/uid': uid } } },
        },
      },
    })
    expect(outcome.measurement).toEqual({
      phase: 'Running',
      startedAt: '2030-01-01T12:00:00Z',
      resumeAt: '2030-01-01T12:00:00Z',
      metadata: running.metadata,
    })
  })

  it('writes the Job as the controller does: quantities canonical, unknown fields gone', () => {
    const container = { name: 'c', image: '', resources: { limits: { cpu: 0.5, memory: '1024Mi' } }, colour: 'red' }
    const odd = contextOf({ job: { spec: { template: { spec: { containers: [container] } }, backoffLimit: 0 } } })
    const { asks } = tell(odd, [environment(), { kind: 'done' }])
    const written = { name: 'c', resources: { limits: { cpu: '500m', memory: '1Gi' } } }
    expect(asks[1]).toMatchObject({
      object: { spec: { backoffLimit: 0, template: { spec: { containers: [written] } } } },
    })
    expect(JSON.stringify(asks[1])).not.toMatch(/colour|image/)
  })

  it('counts all measurements in the name, and cuts the metric where that is too long', () => {
    const long = context()
    const story = tell(
      {
        ...long,
        metric: { ...long.metric, name: 'a-rather-long-metric-name-of-a-service' },
        run: {
          ...long.run,
          status: {
            phase: 'Running',
            metricResults: [{ name: 'a-rather-long-metric-name-of-a-service', phase: 'Running', count: 8, error: 1 }],
          },
        },
      },
      [environment(), { kind: 'done' }],
    )
    const made = story.outcome.measurement?.metadata?.['job-name'] ?? ''
    expect(made).toBe(`${uid}.a-rather-long-metric-na.10`)
    expect(made).toHaveLength(63)
  })

  it('takes a Job of the same name for its own if the run controls it', () => {
    const exists: ProviderAnswer = { kind: 'refused', reason: 'AlreadyExists' }
    const ownedBy = (owner: string): ProviderAnswer => ({
      kind: 'object',
      object: {
        metadata: {
          name,
          ownerReferences: [{ apiVersion: 'v1', kind: 'AnalysisRun', name: 'run', uid: owner, controller: true }],
        },
      },
    })
    const judgedAs = (answer: ProviderAnswer) => tell(context(), [environment(), exists, answer]).outcome.measurement
    expect(judgedAs(ownedBy(uid))?.phase).toBe('Running')
    expect(judgedAs(ownedBy('another'))).toMatchObject({
      phase: 'Error',
      message: `jobs.batch "${name}" already exists`,
    })
    // Upstream panics.
    expect(judgedAs({ kind: 'object', object: { metadata: { name } } })?.phase).toBe('Error')
  })

  it('goes to another namespace or cluster, where nobody can own it', () => {
    const elsewhere = environment({
      ARGO_ROLLOUTS_ANALYSIS_JOB_NAMESPACE: 'jobs',
      ARGO_ROLLOUTS_ANALYSIS_JOB_KUBECONFIG: 'other.yaml',
    })
    const { asks } = tell(context(), [elsewhere, { kind: 'done' }, { kind: 'done' }])
    expect(asks[1]).toEqual({ kind: 'kubeconfig', path: 'other.yaml' })
    expect(asks[2]).toMatchObject({ namespace: 'jobs', cluster: { kubeconfig: 'other.yaml' } })
    expect(asks[2]).not.toHaveProperty('object.metadata.ownerReferences')
  })

  // clientcmd looks at the file first (os.Stat), rest.InClusterConfig at two variables and then at the token of the service account.
  it('is no provider at all where the kubeconfig is missing', () => {
    const outcome = (values: Record<string, string>, ...answers: ProviderAnswer[]) =>
      tell(context(), [environment(values), ...answers]).outcome
    const elsewhere = { ARGO_ROLLOUTS_ANALYSIS_JOB_KUBECONFIG: '/etc/jobs/config' }
    expect(outcome(elsewhere, missing)).toEqual({ error: 'stat /etc/jobs/config: no such file or directory' })
    const broken =
      'error loading config file "/etc/jobs/config": yaml: line 2: mapping values are not allowed in this context'
    expect(outcome(elsewhere, { kind: 'failed', message: broken })).toEqual({ error: broken })
    const inside = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' }
    expect(outcome({ ...inside, ARGO_ROLLOUTS_ANALYSIS_JOB_KUBECONFIG: 'in-cluster' }, missing)).toEqual({
      error: 'open /var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory',
    })
  })

  it('passes on what the API server says', () => {
    const refused: ProviderAnswer = { kind: 'refused', reason: 'Forbidden', message: 'jobs.batch is forbidden' }
    expect(tell(context(), [environment(), refused]).outcome.measurement).toMatchObject({
      phase: 'Error',
      message: 'jobs.batch is forbidden',
    })
    expect(resume(missing).outcome.measurement?.message).toBe(`job.batch "${name}" not found`)
  })

  it('ends with the last final condition', () => {
    const conditions = [{ type: 'Failed' }, { type: 'Complete' }, { type: 'Suspended' }]
    expect(resume(jobWith({ conditions })).outcome.measurement).toEqual({
      ...running,
      phase: 'Successful',
      finishedAt: '2030-01-01T12:00:02Z',
    })
    expect(resume(jobWith({ conditions: conditions.slice(0, 1) })).outcome.measurement?.phase).toBe('Failed')
  })

  it('looks again after the root of twice its age', () => {
    // 12:00:03 is 52 seconds after the start: 10.2 seconds, of which Go drops the fraction when it prints.
    const { measurement } = resume(jobWith({}), { kind: 'objects', objects: [] }).outcome
    expect(measurement).toEqual({ ...running, resumeAt: '2030-01-01T12:00:13Z' })
  })

  it('gives up on a pod whose image will never come', () => {
    const pod: KubeObject = {
      metadata: { name: 'pod', labels: { job: 'x' } },
      status: {
        containerStatuses: [{ name: 'c', state: { waiting: { reason: 'ErrImagePull', message: 'no image' } } }],
      },
    }
    const other = { ...pod, metadata: { name: 'pod', labels: { job: 'y' } } }
    const judgedAs = (...objects: KubeObject[]) => resume(jobWith({}), { kind: 'objects', objects }).outcome.measurement
    expect(judgedAs(other)?.phase).toBe('Running')
    expect(judgedAs(other, pod)).toMatchObject({
      phase: 'Inconclusive',
      message: 'Pod pod, container c has terminal error (ErrImagePull): no image\n',
    })
  })

  it('refuses a selector that Kubernetes refuses', () => {
    const judgedAs = (selector: JsonObject) =>
      resume(jobWith({}, { spec: { selector } }), { kind: 'objects', objects: [] }).outcome.measurement
    expect(judgedAs({ matchLabels: { job: 'not good!' } })).toMatchObject({
      phase: 'Error',
      message: expect.stringContaining('values[0][job]: Invalid value: "not good!": a valid label must be'),
    })
    expect(judgedAs({ matchExpressions: [{ key: 'a b', operator: 'In' }] })?.message).toMatch(
      /^\[key: Invalid value: "a b": name part must .*, values: Invalid value: \[\]: for 'in', 'notin' operators/,
    )
    expect(judgedAs({ matchExpressions: [{ key: 'a', operator: 'in' }] })?.message).toBe(
      '"in" is not a valid label selector operator',
    )
    expect(judgedAs({ matchLabels: { job: 'x', 'example.com/a': '' } })?.phase).toBe('Running')
  })

  it('deletes its Job when it is terminated, also where it is gone', () => {
    for (const answer of [{ kind: 'done' }, missing] as const) {
      const story = tell(context(), [environment(), answer], { op: 'terminate', measurement: running })
      expect(story.asks[1]).toMatchObject({ verb: 'delete', name, propagationPolicy: 'Foreground' })
      expect(story.outcome.measurement).toMatchObject({ phase: 'Inconclusive', finishedAt: '2030-01-01T12:00:02Z' })
    }
  })

  it('collects the oldest Jobs of the run', () => {
    const aged = (at: number): KubeObject => ({
      metadata: { name: `job-${at}`, namespace: 'shop', creationTimestamp: `2030-01-01T0${at}:00:00Z` },
    })
    const objects = [aged(3), aged(1), aged(2)]
    const done: ProviderAnswer = { kind: 'done' }
    const story = tell(context(), [environment(), { kind: 'objects', objects }, done, done], {
      op: 'garbageCollect',
      limit: 1,
    })
    expect(story.asks[1]).toMatchObject({ verb: 'list', labels: { 'analysisrun.argoproj.io/uid': uid } })
    expect(story.asks.slice(2)).toMatchObject([{ name: 'job-1' }, { name: 'job-2' }])
    expect(story.outcome).toEqual({ type: 'Job' })
  })

  it('says that a measurement names no Job', () => {
    const story = tell(context(), [environment()], { op: 'resume', measurement: { phase: 'Running' } })
    expect(story.outcome.measurement).toMatchObject({ phase: 'Error', message: 'job metadata reference missing' })
  })
})
