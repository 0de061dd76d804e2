import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../../src/model/meta'
import type { Series } from '../../src/model/series'
import { recordedFrame } from '../../src/simulate/recordedFrame'
import { simulate } from '../../src/simulate/simulate'
import type { SimulationInput } from '../../src/simulate/simulation'

const experiment = (spec: object): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Experiment',
  metadata: { name: 'compare', namespace: 'shop' },
  spec: {
    progressDeadlineSeconds: 60,
    templates: [
      {
        name: 'a',
        selector: { matchLabels: { app: 'a' } },
        template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'c', image: 'a:1' }] } },
      },
    ],
    ...spec,
  },
})
const provider = { prometheus: { address: 'http://p', query: 'q' } }
const metric = { name: 'rate', interval: '10s', count: 3, successCondition: 'result[0] > 0.5', provider }
const template: KubeObject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: { name: 'rate', namespace: 'shop' },
  spec: { metrics: [metric] },
}
const analyses = (more: object = {}) => ({ analyses: [{ name: 'rate', templateName: 'rate', ...more }] })
const story = (spec: object, series: Series = { rate: [0.9] }, more: Partial<SimulationInput> = {}) =>
  simulate({ manifests: [experiment(spec), template], series, untilSeconds: 300, ...more })

// Source: behaviour 5.
describe('an Experiment without a Rollout', () => {
  test.for([
    ['ends with its duration', { duration: '2m', ...analyses() }, 'ended Successful: 2m have passed'],
    [
      'ends with the analyses that it needs',
      analyses({ requiredForCompletion: true }),
      'ended Successful: the required analyses succeeded (rate)',
    ],
    ['hangs without either', analyses(), 'not over: it waits for a person to terminate it'],
  ] as const)('%s', ([, spec, end]) => {
    const { experimentEnd, outcome } = story(spec)
    expect(experimentEnd).toContain(end)
    expect(outcome).toBe(end.startsWith('ended') ? 'healthy' : 'progressing')
  })

  test('fails with its analysis, and loses its pods', () => {
    const { frames, experimentEnd, issues, outcome } = story({ duration: '2m', ...analyses() }, { rate: [0.9, 0.1] })
    expect([issues, outcome]).toEqual([[], 'degraded'])
    expect(experimentEnd).toMatch(/^ended Failed: analysis 'rate' \(Metric "rate" assessed Failed due to failed \(1\)/)
    expect(frames.map(({ atSeconds, phase }) => `${atSeconds} ${phase}`)).toEqual([
      '0 Running',
      '10 Failed',
      '40 Failed',
    ])
    expect(frames.map((frame) => recordedFrame(frame).experimentPods['compare-a'])).toEqual([[1, 1], [1, 1], undefined])
  })

  test('fails where a template does not get ready in time', () => {
    const { experimentEnd } = story({ duration: '2m' }, {}, { pods: { neverReadyImages: ['a:1'] } })
    expect(experimentEnd).toContain("ended Failed: template 'a'")
  })

  test('takes no commands of a Rollout, and is chosen by its name', () => {
    const events = [{ atSeconds: 10, command: 'promote' as const }]
    const { issues } = story({ duration: '2m' }, {}, { events })
    expect(issues[0]?.message).toBe('there is no Rollout, only an Experiment')
    const two = { manifests: [experiment({}), { ...experiment({}), metadata: { name: 'other' } }] }
    expect(simulate(two).issues[0]?.message).toContain('there are several Experiments')
    expect(simulate({ ...two, name: 'other', untilSeconds: 5 }).experimentEnd).toContain('not over')
  })
})
