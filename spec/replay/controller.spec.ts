import { expect, test } from 'vitest'
import { type Rollout, validateRollout } from '../../src'
import { lintFiles } from '../../src/lint/lintFiles'
import { metricConditionsOf } from '../../src/metrics'
import { replayAnalysis } from '../../src/simulate'

// What is asked of a version is answered by that version, and says so.

const provider = { prometheus: { address: 'http://prometheus:9090', query: 'up' } }
const template = (successCondition: string) => ({
  metadata: { name: 'hosts' },
  spec: { metrics: [{ name: 'hosts', successCondition, count: 1, provider }] },
})

test('a replay reads conditions in the language of the controller, and names it', () => {
  const condition = 'len(uniq(result)) == 2'
  const newest = replayAnalysis(template(condition), { hosts: [[1, 2]] })
  expect([newest.controller, newest.verdict]).toEqual(['v1.10', 'Successful'])
  const older = replayAnalysis(template(condition), { hosts: [[1, 2]] }, { controller: 'v1.9' })
  expect(older.controller).toBe('v1.9')
  expect(older.issues.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'condition-type unknown name uniq, at column 5 of "len(uniq(result)) == 2"',
  ])
})

test('a lost "not" turns a verdict around', () => {
  const verdict = (controller: 'v1.9' | 'v1.10') =>
    replayAnalysis(template('result[0] + 1 not in [7]'), { hosts: [[1]] }, { controller }).verdict
  expect([verdict('v1.9'), verdict('v1.10')]).toEqual(['Failed', 'Successful'])
})

test('providers judge in the language of the controller', () => {
  const metric = { name: 'hosts', successCondition: 'result[3] > 1', provider: {} }
  const error = (controller: 'v1.8' | 'main') =>
    metricConditionsOf(controller).evaluate({ result: [1], resultType: '[]float64' }, metric, '2030-01-01T00:00:00Z')
      .error
  expect(error('v1.8')).toBe('reflect: slice index out of range')
  expect(error('main')).toBe(
    'could not evaluate successCondition "result[3] > 1": index out of range: 3 (array length is 1)',
  )
})

const mirrored: Rollout = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
    strategy: {
      canary: {
        canaryService: 'canary',
        stableService: 'stable',
        trafficRouting: { plugins: { 'acme/router': {} }, managedRoutes: [{ name: 'm' }] },
        steps: [{ setMirrorRoute: { name: 'm', match: [{ path: { exact: '/a' } }] } }],
      },
    },
  },
}

test('router plugins mirror from v1.10 on', () => {
  const codes = (controller: 'v1.9' | 'v1.10') =>
    validateRollout({ rollout: mirrored }, controller).map(({ message }) => message)
  expect(codes('v1.10')).toEqual([])
  expect(codes('v1.9').join()).toContain('SetMirrorRoute requires TrafficRouting, supports Istio only')
  const lint = (controller: 'v1.9' | 'v1.10') => lintFiles({ 'a.json': JSON.stringify(mirrored) }, 'a.json', controller)
  expect([lint('v1.9').exitCode, lint('v1.10').exitCode]).toEqual([1, 0])
})
