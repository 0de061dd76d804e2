import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../../src/model/meta'
import { recordedFrame, type SimulationInput, simulate } from '../../src/simulate/index'

const run = (canary: object, more: Partial<SimulationInput> = {}) =>
  simulate({
    manifests: [
      {
        kind: 'Rollout',
        metadata: { name: 'fig', namespace: 'shop' },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: 'fig' } },
          strategy: { canary },
          template: { metadata: { labels: { app: 'fig' } }, spec: { containers: [{ name: 'fig', image: 'fig:1' }] } },
        },
      } as unknown as KubeObject,
    ],
    events: [{ atSeconds: 10, image: 'fig:2' }],
    untilSeconds: 900,
    ...more,
  })

const withStep = { steps: [{ setWeight: 100 }, { plugin: { name: 'team/check' } }] }
const routed = {
  canaryService: 'fig-canary',
  stableService: 'fig-stable',
  steps: [{ setWeight: 50 }, { pause: { duration: '10s' } }],
  trafficRouting: { plugins: { 'team/router': {} } },
}

describe('what plugins answer', () => {
  test('a step plugin fails when it is told to, and the update is aborted', () => {
    const { outcome, frames } = run(withStep, { plugins: { 'team/check': [{ phase: 'Failed', atSeconds: 300 }] } })
    expect(outcome).toBe('aborted')
    expect(frames.find(({ abort }) => abort)?.atSeconds).toBeGreaterThanOrEqual(300)
  })

  test('a step plugin that runs holds the step, and then succeeds', () => {
    const plugins = {
      'team/check': [{ phase: 'Running' }, { phase: 'Successful', atSeconds: 200 }],
    } as const
    const { outcome, frames } = run(withStep, { plugins })
    expect(outcome).toBe('healthy')
    expect(
      frames.find(({ stepIndex, atSeconds }) => stepIndex === 2 && atSeconds > 10)?.atSeconds,
    ).toBeGreaterThanOrEqual(200)
  })

  test('an error of a step plugin is tried again', () => {
    const plugins = { 'team/check': [{ phase: 'Error' }] } as const
    const { outcome, events } = run(withStep, { plugins, untilSeconds: 200 })
    expect(outcome).toBe('progressing')
    expect(events.some(({ reason, message }) => reason === 'StepPluginTransition' && / Error$/.test(message))).toBe(
      true,
    )
  })

  test('a router plugin that does not verify a weight holds the step until it does', () => {
    const plugins = { 'team/router': [{ phase: 'verified', atSeconds: 120 }] } as const
    const { frames, outcome } = run(routed, { plugins })
    expect(outcome).toBe('healthy')
    expect(frames.find(({ stepIndex }) => stepIndex === 1)?.atSeconds).toBeGreaterThanOrEqual(120)
  })

  test('a name that no plugin has is an error', () => {
    expect(run(withStep, { plugins: { 'team/chek': [{ phase: 'Failed' }] } }).issues).toEqual([
      {
        code: 'plugin-unused',
        path: 'plugins["team/chek"]',
        message: 'no plugin is called team/chek: did you mean team/check?',
      },
    ])
  })
})

describe('the trace', () => {
  const istio = {
    canaryService: 'fig-canary',
    stableService: 'fig-stable',
    steps: [
      { setHeaderRoute: { name: 'beta', match: [{ headerName: 'x-beta', headerValue: { exact: 'yes' } }] } },
      { pause: {} },
    ],
    trafficRouting: { managedRoutes: [{ name: 'beta' }], istio: { virtualService: { name: 'fig' } } },
  }

  test('shows header routes, and states that last no second, in order', () => {
    const { trace = [], frames } = run(istio, { trace: true })
    const calls = trace.flatMap(({ changes }) => changes).filter((change) => 'router' in change)
    expect(calls.filter(({ kind }) => kind === 'setHeaderRoute')).toMatchObject([
      { router: 'istio', route: { name: 'beta' } },
    ])
    expect(trace.map(({ atSeconds }) => atSeconds)).toEqual(
      trace.map(({ atSeconds }) => atSeconds).sort((a, b) => a - b),
    )
    expect(trace.length).toBeGreaterThan(frames.length)
    expect(new Set(trace.map(({ by }) => by))).toEqual(new Set(['Rollout fig', 'pods']))
  })

  test('shows a pod that is gone and back within a second', () => {
    const events = [{ atSeconds: 60, command: 'restart' as const }]
    const { trace = [], frames } = run({}, { trace: true, events })
    const minute = trace.filter(({ atSeconds }) => atSeconds === 60)
    expect(minute.map(({ by, frame }) => [by, recordedFrame(frame).pods[1]])).toEqual([
      ['Rollout fig', [1, 0]],
      ['pods', [1, 1]],
    ])
    // Nothing of it is left at the end of the second.
    expect(frames.filter(({ atSeconds }) => atSeconds >= 60)).toEqual([])
  })

  test('marks what the router refuses, and is not there unless asked for', () => {
    const router = { refuses: { fromSeconds: 0, untilSeconds: 60 } }
    expect(run(istio, { trace: true, router }).trace?.some(({ isRefused }) => isRefused)).toBe(true)
    expect(run(istio).trace).toBeUndefined()
  })
})
