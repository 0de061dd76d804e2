import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../../src/model/meta'
import { describeMetrics, renderMetrics } from '../../src/monitoring/index'

const linesOf = (objects: readonly unknown[], family: string): readonly string[] =>
  renderMetrics(describeMetrics(objects as readonly KubeObject[]))
    .split('\n')
    .filter((line) => line.startsWith(family))

const rollout = (strategy: unknown, conditions: unknown = []) => ({
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { replicas: 4, strategy },
  status: { replicas: 5, availableReplicas: 3, updatedReplicas: 1, conditions },
})

const infoOf = (strategy: unknown, conditions?: unknown): string | undefined =>
  linesOf([rollout(strategy, conditions)], 'rollout_info{')[0]

describe('metrics of a Rollout', () => {
  test('say how many pods are missing', () => {
    expect(linesOf([rollout({ canary: {} })], 'rollout_info_replicas_')).toEqual([
      'rollout_info_replicas_available{name="web",namespace="shop"} 3',
      'rollout_info_replicas_desired{name="web",namespace="shop"} 4',
      'rollout_info_replicas_unavailable{name="web",namespace="shop"} 2',
      'rollout_info_replicas_updated{name="web",namespace="shop"} 1',
    ])
  })

  test('name the last of several routers that they know', () => {
    expect(infoOf({ canary: { trafficRouting: { istio: {}, alb: {}, traefik: {} } } })).toContain(
      'traffic_router="Istio"',
    )
    expect(infoOf({ canary: { trafficRouting: { traefik: {} } } })).toContain('traffic_router=""')
    expect(infoOf({ blueGreen: {}, canary: { trafficRouting: { alb: {} } } })).toContain(
      'strategy="blueGreen",traffic_router=""',
    )
  })

  test('take the phase from the Progressing condition, unless the spec is invalid', () => {
    const aborted = { type: 'Progressing', reason: 'RolloutAborted' }
    expect(infoOf({ canary: {} }, [aborted])).toContain('phase="Abort"')
    expect(infoOf({ canary: {} }, [{ type: 'InvalidSpec' }, aborted])).toContain('phase="InvalidSpec"')
    expect(infoOf({ canary: {} }, [{ type: 'Progressing', reason: 'constructor' }])).toContain('phase="Progressing"')
    const phases = linesOf([rollout({ canary: {} }, [{ type: 'InvalidSpec' }])], 'rollout_phase{')
    expect(phases.filter((line) => line.endsWith(' 1'))).toEqual([])
  })
})

describe('metrics of analyses', () => {
  test('tell which metrics run dry', () => {
    const metrics = [
      { name: 'latency', provider: { prometheus: {} } },
      { name: 'errors', provider: { newRelic: {} } },
    ]
    const run = {
      kind: 'AnalysisRun',
      metadata: { name: 'check', namespace: 'shop' },
      spec: { metrics, dryRun: [{ metricName: 'lat.*' }] },
      status: { phase: 'Running', metricResults: [{ name: 'latency', phase: 'Failed' }] },
    }
    expect(linesOf([run], 'analysis_run_metric_phase').filter((line) => line.endsWith(' 1'))).toEqual([
      'analysis_run_metric_phase{dry_run="false",metric="errors",name="check",namespace="shop",phase="Pending",type="NewRelic"} 1',
      'analysis_run_metric_phase{dry_run="true",metric="latency",name="check",namespace="shop",phase="Failed",type="Prometheus"} 1',
    ])
  })

  test('have no phase Failed for an Experiment, as upstream', () => {
    const experiment = { kind: 'Experiment', metadata: { name: 'trial' }, status: { phase: 'Failed' } }
    expect(linesOf([experiment], 'experiment_').filter((line) => line.endsWith(' 1'))).toEqual([
      'experiment_info{name="trial",namespace="",phase="Failed"} 1',
    ])
  })

  test('are told once where a template has two metrics of one name', () => {
    const metric = { name: 'latency', provider: { web: {} } }
    const template = { kind: 'AnalysisTemplate', metadata: { name: 't' }, spec: { metrics: [metric, metric] } }
    expect(linesOf([template], 'analysis_template_metric_info')).toHaveLength(1)
  })
})

test('a label may say anything', () => {
  const template = { kind: 'AnalysisTemplate', metadata: { name: 'a"b\\c\nd' }, spec: {} }
  expect(linesOf([template], 'analysis_template_info')).toEqual([
    'analysis_template_info{name="a\\"b\\\\c\\nd",namespace=""} 1',
  ])
})

test('what is no object of these kinds says nothing, what is malformed counts as missing', () => {
  const odd = [null, 1, 'Rollout', [], {}, { kind: 'Pod' }, { kind: '__proto__' }, { kind: 'constructor' }]
  expect(describeMetrics(odd as never)).toEqual([])
  const broken = { kind: 'Rollout', metadata: 7, spec: 'x', status: { replicas: 'many', conditions: 5 } }
  expect(linesOf([broken], 'rollout_info_replicas_desired')).toEqual([
    'rollout_info_replicas_desired{name="",namespace=""} 1',
  ])
})
