import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../../src/model/meta'
import { type SimulationInput, simulate } from '../../src/simulate/index'

const rollout = (steps: object[]): KubeObject =>
  ({
    kind: 'Rollout',
    metadata: { name: 'pear', namespace: 'shop', uid: 'u-1' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'pear' } },
      strategy: { canary: { steps } },
      template: { metadata: { labels: { app: 'pear' } }, spec: { containers: [{ name: 'pear', image: 'pear:1' }] } },
    },
  }) as unknown as KubeObject

const start = '2026-05-04T10:00:00Z'
const steps = [{ setWeight: 50 }, { pause: { duration: '1h' } }]

/** A cluster 100 s after the first apply: the pause began 30 s after it. */
const dumped = (): KubeObject[] => {
  const { objects } = simulate({
    manifests: [rollout(steps)],
    startAt: start,
    events: [{ atSeconds: 30, image: 'pear:2' }],
    untilSeconds: 100,
  })
  return Object.values(objects)
}

const goOn = (manifests: KubeObject[], more: Partial<SimulationInput> = {}) =>
  simulate({ manifests, untilSeconds: 7200, ...more })
const endOfPause = ({ frames }: ReturnType<typeof simulate>) =>
  frames.find(({ stepIndex, phase }) => stepIndex === 2 && phase !== 'Paused')?.atSeconds

describe('what was read from a cluster', () => {
  test('goes on from the newest time in it: an hour of pause remains', () => {
    const timeline = goOn(dumped())
    expect(timeline.frames[0]).toMatchObject({ atSeconds: 0, phase: 'Paused', stepIndex: 1 })
    expect(endOfPause(timeline)).toBe(3600)
    expect(timeline.issues).toMatchObject([{ code: 'start-time', path: 'startAt', severity: 'warning' }])
    expect(timeline.issues[0]?.message).toContain('2026-05-04T10:00:30Z')
    expect(timeline.issues[0]?.message).toContain('at most 59m59.5s of its pause left')
  })

  test('goes on from startAt, however old what is in it', () => {
    const timeline = goOn(dumped(), { startAt: '2026-05-04T10:45:30Z' })
    expect(endOfPause(timeline)).toBe(900)
    expect(timeline.issues).toEqual([])
  })

  test('says that a start before its newest time makes timers longer', () => {
    const timeline = goOn(dumped(), { startAt: start })
    expect(endOfPause(timeline)).toBe(3630)
    expect(timeline.issues).toMatchObject([{ code: 'start-time', severity: 'warning' }])
  })

  test('is not dated by what lies ahead: deadlines in annotations, resumeAt, the end of a grace period', () => {
    const later = '2026-05-05T00:00:00Z'
    const manifests = dumped().map((object) => ({
      ...object,
      metadata: {
        ...object.metadata,
        deletionTimestamp: null,
        annotations: { ...object.metadata.annotations, deadline: later },
      },
    }))
    const run = { kind: 'AnalysisRun', metadata: { name: 'r', deletionTimestamp: later }, status: { resumeAt: later } }
    expect(endOfPause(goOn([...manifests, run as unknown as KubeObject]))).toBe(3600)
  })

  test('is told which ReplicaSets, runs and Experiments its status names and that are not given', () => {
    const alone = dumped().filter(({ kind }) => kind === 'Rollout')
    const { issues } = goOn(alone)
    expect(issues[0]).toMatchObject({ code: 'dump-incomplete', path: 'status.stableRS', severity: 'warning' })
    expect(issues[0]?.message).toMatch(
      /names ReplicaSet pear-\w+, ReplicaSet pear-\w+, not among .*kubectl get rollout,rs,/,
    )
    const named = dumped().map((one) => {
      const status = one.status as object
      const canary = { currentExperiment: 'pear-2-0', currentStepAnalysisRunStatus: { name: 'pear-run' } }
      return one.kind === 'Rollout' ? { ...one, status: { ...status, canary } } : one
    })
    expect(goOn(named).issues[0]?.message).toContain('names AnalysisRun pear-run, Experiment pear-2-0, not among')
  })

  test('misses nothing where a paused spec has no ReplicaSet of its template yet', () => {
    const objects = simulate({
      manifests: [rollout([])],
      startAt: start,
      events: [
        { atSeconds: 20, command: 'pause' },
        { atSeconds: 40, image: 'pear:2' },
      ],
      untilSeconds: 60,
    }).objects
    expect(goOn(Object.values(objects)).issues.map(({ code }) => code)).not.toContain('dump-incomplete')
  })
})

describe('pods that were read from a cluster', () => {
  const restarted = (untilSeconds: number, more: Partial<SimulationInput> = {}) =>
    simulate({
      manifests: [rollout([])],
      startAt: start,
      events: [{ atSeconds: 60, command: 'restart' }],
      pods: { readyAfterSeconds: 15 },
      untilSeconds,
      ...more,
    })
  const available = ({ frames }: ReturnType<typeof simulate>, after: number, by: number) =>
    frames
      .filter(({ atSeconds }) => atSeconds > after)
      .map(({ atSeconds, phase, pods }) => [
        atSeconds + by,
        phase,
        pods.find(({ revision }) => revision === 1)?.available,
      ])

  test.each([61, 74, 80, 89, 97, 104, 120])(
    'a restart that was under way for some of 60 s goes on at %i s',
    (second) => {
      const dump = Object.values(restarted(second).objects)
      expect(dump.filter(({ kind }) => kind === 'Pod')).toHaveLength(2)
      const startAt = new Date(Date.parse(start) + second * 1000).toISOString().replace('.000Z', 'Z')
      const rest = restarted(600, { manifests: dump, startAt, events: [] })
      expect(rest.issues).toEqual([])
      expect(available(rest, 0, second)).toEqual(available(restarted(600), second, 0))
    },
  )

  const setOf = (dump: readonly KubeObject[]) => dump.find(({ kind }) => kind === 'ReplicaSet') as KubeObject
  const podOf = (name: string, set: KubeObject, more: object = {}): KubeObject =>
    ({
      kind: 'Pod',
      metadata: {
        name,
        namespace: 'shop',
        creationTimestamp: start,
        labels: { app: 'pear', worn: 'yes' },
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: set.metadata.name, uid: set.metadata.uid },
        ],
      },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: start }] },
      ...more,
    }) as unknown as KubeObject
  const cluster = () => Object.values(simulate({ manifests: [rollout([])], startAt: start, untilSeconds: 10 }).objects)

  test('keep names and labels; what the ReplicaSet has beyond them is counted; those that are going are none', () => {
    const dump = cluster()
    const set = setOf(dump)
    const going = podOf('pear-going', set)
    const metadata = { ...going.metadata, deletionTimestamp: start }
    const pods = [
      podOf('pear-x7k2p', set),
      { ...going, metadata },
      podOf('pear-over', set, { status: { phase: 'Failed' } }),
    ]
    const { objects, frames } = goOn([...dump, ...pods], { untilSeconds: 60 })
    const left = Object.values(objects).filter(({ kind }) => kind === 'Pod')
    expect(left.map(({ metadata: { name, labels } }) => [name, labels?.worn])).toEqual([
      [expect.stringMatching(/^pear-\w+-00002$/), undefined],
      ['pear-x7k2p', 'yes'],
    ])
    expect(frames.at(-1)?.pods.find(({ revision }) => revision === 1)).toMatchObject({ wanted: 2, available: 2 })
  })

  test('that are not ready keep a Rollout from being healthy until they are', () => {
    const dump = cluster()
    const set = setOf(dump)
    const unready = { status: { phase: 'Pending', conditions: [{ type: 'Ready', status: 'False' }] } }
    const reported = dump.map((one) =>
      one === set
        ? ({ ...one, status: { ...(one.status as object), readyReplicas: 1, availableReplicas: 1 } } as KubeObject)
        : one,
    )
    const pods = [podOf('pear-aaaaa', set), podOf('pear-bbbbb', set, unready)]
    const { frames } = goOn([...reported, ...pods], {
      pods: { readyAfterSeconds: 30 },
      untilSeconds: 60,
      startAt: start,
    })
    expect(
      frames.map(({ atSeconds, pods }) => [atSeconds, pods.find(({ revision }) => revision === 1)?.available]),
    ).toEqual([
      [0, 1],
      [30, 2],
    ])
  })
})

test('manifests without a status begin anew, and say nothing of it', () => {
  const dated = { ...rollout(steps), metadata: { name: 'pear', creationTimestamp: start } } as KubeObject
  expect(goOn([dated]).issues).toEqual([])
})

test('what a ReplicaSet reports as available is available, however short the pods say that they are ready', () => {
  const patient = { ...rollout(steps), spec: { ...(rollout(steps).spec as object), minReadySeconds: 60 } }
  const { objects } = simulate({ manifests: [patient as KubeObject], startAt: start, untilSeconds: 100 })
  const set = Object.values(objects).find(({ kind }) => kind === 'ReplicaSet') as KubeObject
  const readySince = '2026-05-04T10:01:35Z'
  const pods = [1, 2].map((number) => ({
    kind: 'Pod',
    metadata: {
      name: `pear-${number}`,
      namespace: 'shop',
      ownerReferences: [{ kind: 'ReplicaSet', name: set.metadata.name }],
    },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: readySince }] },
  }))
  const available = (reported: number) => {
    const judged = { ...set, status: { ...(set.status as object), availableReplicas: reported } }
    const others = Object.values(objects).filter(({ kind }) => kind !== 'ReplicaSet' && kind !== 'Pod')
    const manifests = [...others, judged, ...pods] as KubeObject[]
    const { frames } = simulate({ manifests, startAt: '2026-05-04T10:01:40Z', untilSeconds: 200 })
    const all = frames.find((frame) => frame.pods[0]?.available === 2)?.atSeconds
    return [frames[0]?.pods[0]?.available, all]
  }
  expect([2, 1, 0].map(available)).toEqual([
    [2, 0],
    [1, 55],
    [0, 55],
  ])
})
