import * as z from 'zod/mini'
import { controllerVersions } from '../../model/controllerVersion'
import { anything, closed, flag, int64, keptWhole, list, optional, text, texts } from './common'

// A Simulation is our own kind, of files on disk only: no cluster has it.

const seconds = z.int().check(z.minimum(0))
const count = z.int().check(z.minimum(0))
const secondsByImage = z.record(z.string(), seconds)

/** A path relative to the file, or an object. */
const manifest = z.union([z.string(), keptWhole])

const lostPods = closed({ role: z.enum(['stable', 'canary']), count })

const commands = [
  'promote',
  'promote --full',
  'abort',
  'retry',
  'undo',
  'pause',
  'resume',
  'restart',
  'delete',
] as const

const event = closed({
  atSeconds: optional(seconds),
  when: optional(text),
  afterSeconds: optional(seconds),
  whenPaused: optional(flag),
  whenHealthy: optional(flag),
  image: optional(text),
  container: optional(text),
  apply: optional(list(manifest)),
  replicas: optional(count),
  workloadReplicas: optional(count),
  command: optional(z.enum(commands)),
  toRevision: optional(int64),
  specPatch: optional(keptWhole),
  losePods: optional(lostPods),
  crashAfterChanges: optional(count),
  staleSeconds: optional(count),
})

const expectation = closed({
  name: optional(text),
  never: optional(text),
  always: optional(text),
  eventually: optional(text),
  expect: optional(text),
  finally: optional(text),
  invariant: optional(text),
})

const pods = closed({
  readyAfterSeconds: optional(seconds),
  neverReadyImages: optional(texts),
  failAfterSeconds: optional(secondsByImage),
  startEverySeconds: optional(seconds),
  mostReady: optional(z.record(z.string(), count)),
})

const router = closed({
  lagSeconds: optional(seconds),
  verifies: optional(flag),
  lies: optional(flag),
  refuses: optional(closed({ fromSeconds: seconds, untilSeconds: seconds })),
})

const pluginPoint = closed({
  phase: z.enum(['Successful', 'Failed', 'Error', 'Running', 'verified', 'unverified']),
  atSeconds: optional(seconds),
  message: optional(text),
})

const variation = closed({
  field: text,
  between: optional(z.tuple([z.number(), z.number()])),
  around: optional(closed({ mean: z.number(), deviation: z.number() })),
  exponential: optional(z.number()),
  pick: optional(list(anything)),
  chance: optional(z.number().check(z.minimum(0), z.maximum(1))),
  value: optional(anything),
  decimals: optional(count),
})

export const simulation = closed({
  apiVersion: z.enum(['rollout-engine/v1']),
  kind: z.enum(['Simulation']),
  metadata: closed({ name: text, annotations: optional(z.record(z.string(), z.string())) }),
  spec: closed({
    manifests: list(manifest),
    rollout: optional(text),
    controller: optional(z.enum(controllerVersions as readonly [string, ...string[]])),
    missing: optional(z.enum(['assume', 'strict'])),
    firstInstall: optional(flag),
    startAt: optional(text),
    untilSeconds: optional(seconds),
    wholeSeconds: optional(flag),
    maxReconciles: optional(count),
    pods: optional(pods),
    router: optional(router),
    plugins: optional(z.record(z.string(), list(pluginPoint))),
    series: optional(z.record(z.string(), list(anything))),
    events: optional(list(event)),
    vary: optional(list(variation)),
    healedAtSeconds: optional(seconds),
    settleSeconds: optional(seconds),
    expectations: optional(list(expectation)),
  }),
})
