import { describe, expect, test } from 'vitest'
import { formatTime, parseTime } from '../../src/model/time'
import { describeRollout, renderRollout } from '../../src/view/index'

// What a person saw in the terminal while a blue-green update of a Quarkus service went through (seed 003): the same bytes, as
// far as a web page keeps the spaces at the ends of lines.

const now = '2024-05-01T12:00:00Z'
const before = (seconds: number): string => formatTime((parseTime(now) ?? 0) - seconds)
const minutes = (count: number, seconds = 0): number => count * 60 + seconds

const name = 'quarkus-rollout-bluegreen'
const blue = '55878c98f8'
const green = '8489bcffd9'
const image = (colour: string): string => `registry.hub.docker.com/cch0124/argorollout:${colour}`

interface PodFacts {
  readonly suffix: string
  readonly leaving?: boolean
  readonly ready?: boolean
}

interface SetFacts {
  readonly hash: string
  readonly revision: number
  readonly colour: string
  readonly replicas: number
  readonly ageSeconds: number
  readonly pods: readonly PodFacts[]
}

const owner = (kind: string, uid: string) => [{ kind, name, uid }]

const replicaSet = ({ hash, revision, colour, replicas, ageSeconds }: SetFacts) => ({
  metadata: {
    name: `${name}-${hash}`,
    namespace: 'default',
    uid: hash,
    labels: { 'rollouts-pod-template-hash': hash },
    annotations: { 'rollout.argoproj.io/revision': String(revision) },
    creationTimestamp: before(ageSeconds),
    ownerReferences: owner('Rollout', 'rollout'),
  },
  spec: {
    replicas,
    template: { spec: { containers: [{ name: 'rollouts-demo', image: image(colour) }] } },
  },
  status: { replicas, readyReplicas: replicas, availableReplicas: replicas },
})

const podsOf = ({ hash, ageSeconds, pods }: SetFacts) =>
  pods.map(({ suffix, leaving = false, ready = true }) => ({
    metadata: {
      name: `${name}-${hash}-${suffix}`,
      namespace: 'default',
      creationTimestamp: before(ageSeconds),
      ...(leaving ? { deletionTimestamp: before(1) } : {}),
      ownerReferences: owner('ReplicaSet', hash),
    },
    spec: { containers: [{ name: 'rollouts-demo', image: 'any' }] },
    status: {
      phase: 'Running',
      containerStatuses: [
        { name: 'rollouts-demo', ready, restartCount: 0, state: { running: { startedAt: before(ageSeconds) } } },
      ],
    },
  }))

interface Moment {
  readonly ageSeconds: number
  readonly phase: 'Healthy' | 'Paused'
  readonly message?: string
  readonly stable: string
  readonly preview: string
  readonly replicas: number
  readonly sets: readonly SetFacts[]
}

function seen({ ageSeconds, phase, message, stable, preview, replicas, sets }: Moment): string {
  const rollout = {
    metadata: { name, namespace: 'default', uid: 'rollout', creationTimestamp: before(ageSeconds) },
    spec: {
      replicas: 2,
      strategy: {
        blueGreen: { activeService: `${name}-active`, previewService: `${name}-preview`, autoPromotionEnabled: false },
      },
    },
    status: {
      phase,
      ...(message ? { message } : {}),
      replicas,
      updatedReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      stableRS: stable,
      currentPodHash: preview,
      blueGreen: { activeSelector: stable, previewSelector: preview },
    },
  }
  const view = describeRollout({ rollout, replicaSets: sets.map(replicaSet), pods: sets.flatMap(podsOf) })
  expect(view.issues).toEqual([])
  return renderRollout(view, { now })
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

const bluePods = [{ suffix: 'cbrgn' }, { suffix: 's24lh' }]
const greenPods = [{ suffix: 'swzjb' }, { suffix: 'whmzd' }]
const blueSet = { hash: blue, revision: 1, colour: 'blue', replicas: 2, pods: bluePods }
const greenSet = { hash: green, revision: 2, colour: 'green', replicas: 2, pods: greenPods }

describe('get rollout, as the seed shows it', () => {
  test('a first version that serves', () => {
    const sets = [{ ...blueSet, ageSeconds: minutes(23) }]
    const moment = { phase: 'Healthy', stable: blue, preview: blue, replicas: 2, sets } as const
    expect(seen({ ...moment, ageSeconds: minutes(27) })).toBe(`\
Name:            quarkus-rollout-bluegreen
Namespace:       default
Status:          ✔ Healthy
Strategy:        BlueGreen
Images:          registry.hub.docker.com/cch0124/argorollout:blue (stable, active)
Replicas:
  Desired:       2
  Current:       2
  Updated:       2
  Ready:         2
  Available:     2

NAME                                                   KIND        STATUS     AGE  INFO
⟳ quarkus-rollout-bluegreen                            Rollout     ✔ Healthy  27m
└──# revision:1
   └──⧉ quarkus-rollout-bluegreen-55878c98f8           ReplicaSet  ✔ Healthy  23m  stable,active
      ├──□ quarkus-rollout-bluegreen-55878c98f8-cbrgn  Pod         ✔ Running  23m  ready:1/1
      └──□ quarkus-rollout-bluegreen-55878c98f8-s24lh  Pod         ✔ Running  23m  ready:1/1
`)
  })

  test('a new version that waits to be promoted', () => {
    const sets = [
      { ...greenSet, ageSeconds: 51 },
      { ...blueSet, ageSeconds: minutes(41) },
    ]
    const moment = { phase: 'Paused', message: 'BlueGreenPause', stable: blue, preview: green, replicas: 4 } as const
    expect(seen({ ...moment, ageSeconds: minutes(44), sets })).toBe(`\
Name:            quarkus-rollout-bluegreen
Namespace:       default
Status:          ॥ Paused
Message:         BlueGreenPause
Strategy:        BlueGreen
Images:          registry.hub.docker.com/cch0124/argorollout:blue (stable, active)
                 registry.hub.docker.com/cch0124/argorollout:green (preview)
Replicas:
  Desired:       2
  Current:       4
  Updated:       2
  Ready:         2
  Available:     2

NAME                                                   KIND        STATUS     AGE  INFO
⟳ quarkus-rollout-bluegreen                            Rollout     ॥ Paused   44m
├──# revision:2
│  └──⧉ quarkus-rollout-bluegreen-8489bcffd9           ReplicaSet  ✔ Healthy  51s  preview
│     ├──□ quarkus-rollout-bluegreen-8489bcffd9-swzjb  Pod         ✔ Running  51s  ready:1/1
│     └──□ quarkus-rollout-bluegreen-8489bcffd9-whmzd  Pod         ✔ Running  51s  ready:1/1
└──# revision:1
   └──⧉ quarkus-rollout-bluegreen-55878c98f8           ReplicaSet  ✔ Healthy  41m  stable,active
      ├──□ quarkus-rollout-bluegreen-55878c98f8-cbrgn  Pod         ✔ Running  41m  ready:1/1
      └──□ quarkus-rollout-bluegreen-55878c98f8-s24lh  Pod         ✔ Running  41m  ready:1/1
`)
  })

  const promoted = { phase: 'Healthy', stable: green, preview: green, replicas: 2 } as const

  test('the new version serves, pods of the old one are leaving', () => {
    const leaving = [
      { suffix: 'cbrgn', leaving: true, ready: false },
      { suffix: 's24lh', leaving: true },
    ]
    const sets = [
      { ...greenSet, ageSeconds: minutes(5, 54) },
      { ...blueSet, replicas: 0, pods: leaving, ageSeconds: minutes(46) },
    ]
    expect(seen({ ...promoted, ageSeconds: minutes(50), sets })).toBe(`\
Name:            quarkus-rollout-bluegreen
Namespace:       default
Status:          ✔ Healthy
Strategy:        BlueGreen
Images:          registry.hub.docker.com/cch0124/argorollout:green (stable, active)
Replicas:
  Desired:       2
  Current:       2
  Updated:       2
  Ready:         2
  Available:     2

NAME                                                   KIND        STATUS         AGE    INFO
⟳ quarkus-rollout-bluegreen                            Rollout     ✔ Healthy      50m
├──# revision:2
│  └──⧉ quarkus-rollout-bluegreen-8489bcffd9           ReplicaSet  ✔ Healthy      5m54s  stable,active
│     ├──□ quarkus-rollout-bluegreen-8489bcffd9-swzjb  Pod         ✔ Running      5m54s  ready:1/1
│     └──□ quarkus-rollout-bluegreen-8489bcffd9-whmzd  Pod         ✔ Running      5m54s  ready:1/1
└──# revision:1
   └──⧉ quarkus-rollout-bluegreen-55878c98f8           ReplicaSet  • ScaledDown   46m
      ├──□ quarkus-rollout-bluegreen-55878c98f8-cbrgn  Pod         ◌ Terminating  46m    ready:0/1
      └──□ quarkus-rollout-bluegreen-55878c98f8-s24lh  Pod         ◌ Terminating  46m    ready:1/1
`)
  })

  test('the old version is scaled down and kept', () => {
    const sets = [
      { ...greenSet, ageSeconds: minutes(7, 3) },
      { ...blueSet, replicas: 0, pods: [], ageSeconds: minutes(47) },
    ]
    expect(seen({ ...promoted, ageSeconds: minutes(51), sets })).toBe(`\
Name:            quarkus-rollout-bluegreen
Namespace:       default
Status:          ✔ Healthy
Strategy:        BlueGreen
Images:          registry.hub.docker.com/cch0124/argorollout:green (stable, active)
Replicas:
  Desired:       2
  Current:       2
  Updated:       2
  Ready:         2
  Available:     2

NAME                                                   KIND        STATUS        AGE   INFO
⟳ quarkus-rollout-bluegreen                            Rollout     ✔ Healthy     51m
├──# revision:2
│  └──⧉ quarkus-rollout-bluegreen-8489bcffd9           ReplicaSet  ✔ Healthy     7m3s  stable,active
│     ├──□ quarkus-rollout-bluegreen-8489bcffd9-swzjb  Pod         ✔ Running     7m3s  ready:1/1
│     └──□ quarkus-rollout-bluegreen-8489bcffd9-whmzd  Pod         ✔ Running     7m3s  ready:1/1
└──# revision:1
   └──⧉ quarkus-rollout-bluegreen-55878c98f8           ReplicaSet  • ScaledDown  47m
`)
  })
})
