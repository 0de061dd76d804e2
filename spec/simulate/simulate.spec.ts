import { describe, expect, test } from 'vitest'
import { type Frame, type SimulationInput, simulate } from '../../src/simulate/index'

const template = (image: string) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image }] },
})
const rolloutWith = (spec: object) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { replicas: 4, selector: { matchLabels: { app: 'web' } }, template: template('web:1'), ...spec },
})
const canaryOf = (steps: object[], more: object = {}) => rolloutWith({ strategy: { canary: { steps, ...more } } })
const story = (input: Partial<SimulationInput>, manifest = canaryOf([{ setWeight: 25 }, { pause: {} }])) =>
  simulate({ manifests: [manifest], untilSeconds: 1200, ...input })
const phases = (frames: readonly Frame[]) => frames.map(({ atSeconds, phase }) => [atSeconds, phase])

describe('a simulated rollout', () => {
  test('waits at an indefinite pause until a person promotes', () => {
    const { frames } = story({ events: [{ atSeconds: 10, image: 'web:2' }] })
    expect(frames.at(-1)).toMatchObject({ phase: 'Paused', message: 'CanaryPauseStep', stepIndex: 1 })
    const promoted = story({
      events: [
        { atSeconds: 10, image: 'web:2' },
        { whenPaused: true, command: 'promote' },
      ],
    })
    expect(promoted.frames.at(-1)).toMatchObject({ phase: 'Healthy', pods: [{ revision: 2, wanted: 4, available: 4 }] })
  })

  test('a version of the controller that is none counts as the newest release, also while it is paused', () => {
    const ends = ['v3', undefined].map((version) => {
      const options = { controller: version as undefined }
      return story({ events: [{ atSeconds: 10, image: 'web:2' }], options }).frames
    })
    expect(ends[0]).toEqual(ends[1])
  })

  test('what a reconcile does and undoes is modelled once a second, until it is over', () => {
    const routed = { canaryService: 'c', stableService: 's', trafficRouting: { nginx: { stableIngress: 'i' } } }
    const { events, frames, reconciles } = story(
      {
        events: [
          { atSeconds: 10, image: 'web:2' },
          { atSeconds: 60, command: 'abort' },
        ],
      },
      canaryOf([{ setWeight: 25 }, { pause: {} }], routed),
    )
    const switches = events.filter(({ atSeconds, message }) => atSeconds === 75 && message.includes("service 'c'"))
    expect(switches).toHaveLength(2)
    expect(reconciles).toBeLessThan(80)
    expect(frames.at(-1)).toMatchObject({ atSeconds: 90, pods: [{ revision: 1, available: 4 }] })
  })

  test('pods that never become ready exceed the progress deadline, one second after it where clocks show whole seconds', () => {
    const endOf = (wholeSeconds: boolean): Frame | undefined =>
      story({
        wholeSeconds,
        events: [{ atSeconds: 10, image: 'web:broken' }],
        pods: { neverReadyImages: ['web:broken'] },
      }).frames.at(-1)
    expect(endOf(false)).toMatchObject({ atSeconds: 610, phase: 'Degraded' })
    expect(endOf(true)).toMatchObject({ atSeconds: 611, phase: 'Degraded' })
    expect(endOf(false)?.message).toMatch(
      /^ProgressDeadlineExceeded: ReplicaSet "web-\w+" has timed out progressing\.$/,
    )
  })

  test('only some of the pods become ready: the step does not complete', () => {
    const manifest = canaryOf([{ setWeight: 50 }])
    const { frames } = story(
      { events: [{ atSeconds: 5, image: 'web:2' }], pods: { mostReady: { 'web:2': 1 } } },
      manifest,
    )
    expect(frames.at(-1)).toMatchObject({ stepIndex: 0, phase: 'Degraded' })
    expect(frames.at(-1)?.pods.find(({ revision }) => revision === 2)).toMatchObject({ wanted: 2, available: 1 })
  })

  test('pods that fail later make a healthy rollout unhealthy', () => {
    const { frames } = story({ pods: { failAfterSeconds: { 'web:1': 100 } }, untilSeconds: 200 })
    expect(phases(frames)).toEqual([
      [0, 'Healthy'],
      [100, 'Progressing'],
    ])
  })

  test('a command that makes no sense has no effect and says why', () => {
    const { issues, frames } = story({ events: [{ atSeconds: 5, command: 'undo' }], untilSeconds: 20 })
    expect(issues).toEqual([
      {
        code: 'command-refused',
        path: 'events[5s]',
        message: 'no revision found for rollout "web"',
        severity: 'warning',
      },
    ])
    expect(frames).toHaveLength(1)
  })

  test('is determined by its input, and JSON all the way', () => {
    const input = {
      events: [
        { atSeconds: 10, image: 'web:2' },
        { atSeconds: 60, command: 'abort' as const },
      ],
    }
    const first = JSON.stringify(story(input))
    expect(JSON.stringify(story(JSON.parse(JSON.stringify(input))))).toBe(first)
    expect(JSON.parse(first)).toEqual(JSON.parse(JSON.stringify(JSON.parse(first))))
  })

  test('says what is wrong where there is no telling which Rollout is meant', () => {
    expect(simulate({ manifests: [] }).issues[0]?.message).toBe('there is no Rollout among the manifests')
    const two = [canaryOf([]), { ...canaryOf([]), metadata: { name: 'other', namespace: 'shop' } }]
    expect(simulate({ manifests: two }).issues[0]?.message).toContain('say which one')
    expect(simulate({ manifests: two, name: 'other', untilSeconds: 1 }).frames.at(-1)?.phase).toBe('Healthy')
  })

  test('a month of waiting costs few reconciles', () => {
    const { reconciles, frames } = story({ events: [{ atSeconds: 10, image: 'web:2' }], untilSeconds: 30 * 86_400 })
    expect(frames.at(-1)?.phase).toBe('Paused')
    expect(reconciles).toBeLessThan(20_000)
  })
})

describe('a modelled router', () => {
  const service = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
  })
  const routed = canaryOf([{ setWeight: 50 }, { pause: { duration: 20 } }], {
    canaryService: 'web-canary',
    stableService: 'web-stable',
    trafficRouting: { smi: {} },
  })
  const routedStory = (router: SimulationInput['router']) =>
    simulate({
      manifests: [routed, service('web-canary'), service('web-stable')],
      events: [{ atSeconds: 10, image: 'web:2' }],
      untilSeconds: 300,
      router,
    })

  test('that obeys at once carries the canary to the end', () => {
    const { frames } = routedStory({})
    expect(frames.map(({ weight }) => weight)).toContain(50)
    expect(frames.at(-1)).toMatchObject({ phase: 'Healthy', weight: 0 })
  })

  test('that lags holds a step until it can verify the weight', () => {
    const { frames } = routedStory({ lagSeconds: 15, verifies: true })
    const told = frames.find(({ weight }) => weight === 50)
    const effective = frames.find(({ effectiveWeight }) => effectiveWeight === 50)
    expect(told?.stepIndex).toBe(0)
    expect(effective!.atSeconds - told!.atSeconds).toBe(15)
    const paused = frames.find(({ phase }) => phase === 'Paused')
    expect(paused!.atSeconds).toBeGreaterThanOrEqual(effective!.atSeconds)
  })

  test('that lies lets the step pass before traffic follows', () => {
    const { frames } = routedStory({ lagSeconds: 15, verifies: true, lies: true })
    const paused = frames.find(({ phase }) => phase === 'Paused')
    expect(paused).toMatchObject({ weight: 50, effectiveWeight: 0 })
  })

  test('that refuses for a while only delays', () => {
    const { frames, events } = routedStory({ refuses: { fromSeconds: 10, untilSeconds: 40 } })
    expect(events.some(({ reason }) => reason === 'TrafficRoutingError')).toBe(false)
    expect(frames.find(({ weight }) => weight === 50)!.atSeconds).toBeGreaterThanOrEqual(40)
    expect(frames.at(-1)?.phase).toBe('Healthy')
  })
})
