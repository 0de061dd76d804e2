import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../../src/model/meta'
import { type SimulationInput, simulate } from '../../src/simulate/index'

const containers = [{ name: 'plum', image: 'plum:1' }]
const rolloutOf = (canary: object, podSpec: object = { containers }): KubeObject =>
  ({
    kind: 'Rollout',
    metadata: { name: 'plum', namespace: 'shop' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'plum' } },
      strategy: { canary },
      template: { metadata: { labels: { app: 'plum' } }, spec: podSpec },
    },
  }) as unknown as KubeObject

const run = (canary: object, more: Partial<SimulationInput> = {}, podSpec?: object) =>
  simulate({ manifests: [rolloutOf(canary, podSpec)], untilSeconds: 1200, ...more })
const update = { atSeconds: 10, image: 'plum:2' }
const steps = [{ setWeight: 50 }, { pause: {} }]

describe('the end of a simulation', () => {
  test.each<[outcome: string, canary: object, more: Partial<SimulationInput>]>([
    ['healthy', {}, { events: [update] }],
    ['paused', { steps }, { events: [update] }],
    ['aborted', { steps }, { events: [update, { atSeconds: 60, command: 'abort' }] }],
    ['degraded', { steps }, { events: [update], pods: { neverReadyImages: ['plum:2'] } }],
    ['progressing', { steps }, { events: [update], pods: { neverReadyImages: ['plum:2'] }, untilSeconds: 60 }],
    ['invalid', { steps: [{ setWeight: 101 }] }, {}],
    ['deleted', {}, { events: [{ atSeconds: 60, command: 'delete' }] }],
    ['not-simulated', {}, { name: 'other' }],
  ])('is %s', (outcome, canary, more) => expect(run(canary, more).outcome).toBe(outcome))

  test('an invalid spec is an issue, once, with the path that the controller names', () => {
    const { issues } = run({ steps: [{ setWeight: 101 }] })
    expect(issues).toMatchObject([{ code: 'invalid-spec', path: 'spec.strategy.canary.steps[0].setWeight' }])
    expect(issues[0]?.message).toContain('SetWeight needs to be between 0 and 100')
  })
})

describe('slips in what is said about pods and updates', () => {
  const two = {
    containers: [...containers, { name: 'proxy', image: 'proxy:1' }],
    initContainers: [{ name: 'wait', image: 'wait:1' }],
  }

  test.each(['proxy:1', 'wait:1', 'plum:1'])('pods are not ready while %s never is', (image) => {
    expect(
      run({}, { pods: { neverReadyImages: [image] } }, two)
        .frames.at(-1)
        ?.pods.find(({ revision }) => revision === 1),
    ).toMatchObject({ wanted: 2, available: 0 })
  })

  test('an image that nothing has is an error, with what was probably meant, or what there is', () => {
    const issuesOf = (image: string) => run({}, { pods: { neverReadyImages: [image] }, events: [update] }).issues
    expect(issuesOf('plumb:2')).toMatchObject(
      [{ code: 'image-unused', path: 'pods.neverReadyImages[0]', message: /did you mean plum:2\?$/ }].map((issue) => ({
        ...issue,
        message: expect.stringMatching(issue.message),
      })),
    )
    expect(issuesOf('something/else')[0]?.message).toBe(
      'no container has the image something/else: there are plum:1, plum:2',
    )
    expect(issuesOf('plum:1')).toEqual([])
  })

  test('a container that does not exist is an error; several without a name are asked about', () => {
    const issuesOf = (container?: string) =>
      run({}, { events: [{ ...update, ...(container && { container }) }] }, two).issues.map(({ message }) => message)
    expect(issuesOf('prox')[0]).toBe('no container is called prox: did you mean proxy?')
    expect(issuesOf()).toEqual(['the pod has the containers plum, proxy: say whose image it is, such as plum=plum:2'])
    expect(issuesOf('wait')).toEqual([])
  })

  test.each(['abort', 'retry', 'resume', 'promote --full'] as const)('%s with nothing to do says so', (command) => {
    const { issues } = run({ steps }, { events: [{ atSeconds: 300, command }] })
    expect(issues).toMatchObject([{ code: 'command-without-effect', path: 'events[300s]', severity: 'warning' }])
    expect(issues[0]?.message).toMatch(
      /^(abort|retry|resume|promote --full): .* nothing to (abort|retry|resume|promote)$/,
    )
  })

  test('abort while something is updated says nothing', () => {
    expect(run({ steps }, { events: [update, { atSeconds: 60, command: 'abort' }] }).issues).toEqual([])
  })
})

test('a weight that is on its way arrives in its time, whatever comes after it', () => {
  const canary = {
    canaryService: 'plum-canary',
    stableService: 'plum-stable',
    trafficRouting: { nginx: { stableIngress: 'plum' } },
    steps: [{ setWeight: 10 }, { pause: { duration: '10s' } }, { setWeight: 40 }, { pause: {} }],
  }
  const { frames } = run(canary, { events: [update], router: { lagSeconds: 30 } })
  const weights = new Map(
    frames.map(({ atSeconds, effectiveWeight }) => [effectiveWeight, atSeconds] as const).reverse(),
  )
  const told = new Map(frames.map(({ atSeconds, weight }) => [weight, atSeconds] as const).reverse())
  expect(told.get(40)).toBe(20)
  expect(weights.get(10)).toBe(40)
  expect(weights.get(40)).toBe(50)
})
