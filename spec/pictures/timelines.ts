import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseManifests } from '../../src/input/index'
import { type SimulationInput, simulate, type Timeline } from '../../src/simulate/index'

// Stories that the pictures of the tests show.

export const root = fileURLToPath(new URL('../..', import.meta.url))

const manifestsOf = (example: string): SimulationInput['manifests'] =>
  parseManifests(readFileSync(join(root, 'examples', example, 'rollout.yaml'), 'utf8')).objects

/** The same timeline for every test: simulated when the first one asks. */
function once(make: () => Timeline): () => Timeline {
  let made: Timeline | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** A routed canary that somebody aborts: the picture of the README. */
export const aborted = once(() =>
  simulate({
    manifests: manifestsOf('04-routed-abort'),
    pods: { readyAfterSeconds: 5 },
    router: { lagSeconds: 3, verifies: true },
    untilSeconds: 600,
    events: [
      { atSeconds: 30, image: 'registry.example/shop:2' },
      { atSeconds: 120, command: 'abort' },
    ],
  }),
)

const blueGreen = once(() =>
  simulate({
    manifests: manifestsOf('02-blue-green'),
    pods: { readyAfterSeconds: 20 },
    untilSeconds: 900,
    events: [
      { atSeconds: 60, image: 'quay.example/web:2' },
      { whenPaused: true, command: 'promote' },
    ],
  }),
)

/** With an Experiment whose analysis fails in the end. */
const experiment = once(() =>
  simulate({
    manifests: manifestsOf('07-experiment'),
    pods: { readyAfterSeconds: 5 },
    untilSeconds: 900,
    events: [{ atSeconds: 30, image: 'registry.example/shop:2' }],
  }),
)

/** Twelve updates of a Rollout with a long name: more revisions than have a row or a colour. */
const revisions = once(() => {
  const [given] = manifestsOf('01-what-will-happen').filter(({ kind }) => kind === 'Rollout')
  const name = 'a-name-of-a-rollout-that-is-as-long-as-kubernetes-takes-it-to-be'
  const rollout = { ...given, metadata: { ...given?.metadata, name } } as SimulationInput['manifests'][number]
  return simulate({
    manifests: [rollout],
    pods: { readyAfterSeconds: 20 },
    untilSeconds: 7200,
    events: Array.from({ length: 12 }, (_, index) => ({ atSeconds: 60 + index * 300, image: `web:${index + 2}` })),
  })
})

/** Texts that would be markup, formulas or commands if they were not escaped. */
export const hostileText = '<script>alert(1)</script>|`=cmd()`@team;#1:x"\'&\u0000\u202e\ud800\n\n```'

const hostile = (): Timeline =>
  ({
    key: 'rollouts/x/y',
    controller: hostileText,
    outcome: hostileText,
    objects: { 'rollouts/x/y': { kind: 'Rollout', metadata: { name: hostileText, namespace: hostileText } } },
    untilSeconds: 100,
    deeds: [{ atSeconds: 5, event: { image: hostileText }, isRefused: true }],
    events: [{ atSeconds: 5, reason: hostileText, message: hostileText }],
    issues: [{ code: hostileText, path: hostileText, message: hostileText }],
    assumed: [{ kind: hostileText, name: hostileText }],
    frames: [
      {
        atSeconds: 5,
        phase: hostileText,
        message: hostileText,
        roles: { 1: [hostileText], [hostileText]: [hostileText] },
        pods: [{ revision: 1, role: hostileText, wanted: Number.NaN, available: 1e300 }],
        runs: [{ name: hostileText, revision: Number.NaN, step: null, kind: hostileText, phase: hostileText }],
        waitsFor: hostileText,
      },
      { atSeconds: Number.NaN },
    ],
  }) as unknown as Timeline

export const timelines: Readonly<Record<string, () => Timeline>> = {
  aborted,
  blueGreen,
  experiment,
  revisions,
  hostile,
}
