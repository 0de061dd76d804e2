import * as z from 'zod/mini'
import { controllerVersions } from '../../model/controllerVersion'
import { anything, closed, flag, int64, keptWhole, list, optional, text, texts } from './common'

// A Simulation is our own kind, of files on disk only: no cluster has it.

const seconds = z.int().check(z.minimum(0))
const whole = z.int()
const count = z.int().check(z.minimum(0))
const secondsByImage = z.record(z.string(), seconds)

/** A path relative to the file, or an object. */
const manifest = z.union([z.string(), keptWhole])

const lostPods = closed({ role: z.enum(['stable', 'canary']), count })

const otherWrite = closed({
  kind: text,
  name: optional(text),
  role: optional(z.enum(['stable', 'canary'])),
  patch: keptWhole,
})

const controllerVersion = z.enum(controllerVersions as readonly [string, ...string[]])

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

const lostNodes = closed({
  count,
  of: count,
  unreadyAfterSeconds: optional(seconds),
  goneAfterSeconds: optional(seconds),
})

const deed = {
  image: optional(text),
  container: optional(text),
  apply: optional(list(manifest)),
  replicas: optional(count),
  workloadReplicas: optional(count),
  command: optional(z.enum(commands)),
  toRevision: optional(int64),
  specPatch: optional(keptWhole),
  losePods: optional(lostPods),
  loseNodes: optional(lostNodes),
  crashAfterChanges: optional(count),
  staleSeconds: optional(count),
  lostEventSeconds: optional(count),
  repeatSeconds: optional(count),
  clockStepSeconds: optional(whole),
  otherWrite: optional(otherWrite),
  upgradeTo: optional(controllerVersion),
  autoscaleSeconds: optional(count),
}

const event = closed({
  atSeconds: optional(seconds),
  when: optional(text),
  afterSeconds: optional(seconds),
  whenPaused: optional(flag),
  whenHealthy: optional(flag),
  ...deed,
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

/** Drawn for each pod, where it is no number. */
const spread = z.union([
  z.number().check(z.minimum(0)),
  closed({
    between: optional(z.tuple([z.number(), z.number()])),
    around: optional(closed({ mean: z.number(), deviation: z.number() })),
    exponential: optional(z.number()),
  }),
])

const ruledPods = { image: optional(text), fromSeconds: optional(seconds), untilSeconds: optional(seconds) }
const startUp = closed({ ...ruledPods, readyAfterSeconds: spread, seed: optional(int64) })
const crashLoop = closed({ ...ruledPods, afterSeconds: spread, seed: optional(int64) })
const amount = z.number().check(z.minimum(0))
const leak = closed({ ...ruledPods, startMegabytes: amount, megabytesPerHour: amount, limitMegabytes: amount })
const quota = closed({ pods: count, fromSeconds: optional(seconds), untilSeconds: optional(seconds) })
const loss = closed({ atSeconds: seconds, count, replacedAfterSeconds: optional(seconds) })

const load = closed({
  requestsPerSecond: optional(amount),
  daily: optional(closed({ lowest: amount, highest: amount, peakSecond: seconds })),
  points: optional(list(closed({ atSeconds: z.number(), requestsPerSecond: amount }))),
  csv: optional(text),
  bursts: optional(list(closed({ fromSeconds: seconds, untilSeconds: seconds, requestsPerSecond: amount }))),
})

const amountsByImage = z.record(z.string(), amount)
const served = closed({
  requestsPerPod: optional(amount),
  errorRates: optional(amountsByImage),
  latencies: optional(amountsByImage),
  metrics: z.record(z.string(), z.enum(['errorRate', 'successRate', 'latency', 'requestsPerSecond'])),
  of: optional(z.enum(['canary', 'all'])),
})

const scalingRules = closed({
  stabilizationWindowSeconds: optional(seconds),
  selectPolicy: optional(z.enum(['Max', 'Min', 'Disabled'])),
  policies: optional(list(closed({ type: z.enum(['Pods', 'Percent']), value: amount, periodSeconds: seconds }))),
})
const autoscaler = closed({
  requestsPerPod: optional(amount),
  targetUtilisation: optional(amount),
  targetPerPod: optional(amount),
  minReplicas: optional(count),
  maxReplicas: optional(count),
  tolerance: optional(amount),
  behavior: optional(closed({ scaleUp: optional(scalingRules), scaleDown: optional(scalingRules) })),
  metric: optional(z.enum(['Resource', 'External'])),
  everySeconds: optional(seconds),
})

const parts = {
  seed: optional(int64),
  startUps: optional(list(startUp)),
  crashLoops: optional(list(crashLoop)),
  leaks: optional(list(leak)),
  quotas: optional(list(quota)),
  nodes: optional(closed({ count, podsPerNode: count, losses: optional(list(loss)) })),
  endpoints: optional(closed({ lagSeconds: seconds })),
  load: optional(load),
  served: optional(served),
  autoscaler: optional(autoscaler),
  onCall: optional(list(closed({ when: text, afterSeconds: seconds, ...deed }))),
  schedule: optional(
    closed({
      deeds: list(closed(deed)),
      everySeconds: seconds,
      fromSecond: optional(seconds),
      repeats: optional(flag),
    }),
  ),
  sync: optional(closed({ manifests: list(manifest), everySeconds: seconds, fromSecond: optional(seconds) })),
}

const pods = closed({
  readyAfterSeconds: optional(seconds),
  neverReadyImages: optional(texts),
  failAfterSeconds: optional(secondsByImage),
  startEverySeconds: optional(seconds),
  mostReady: optional(z.record(z.string(), count)),
  refusedImages: optional(texts),
})

const router = closed({
  lagSeconds: optional(seconds),
  verifies: optional(flag),
  lies: optional(flag),
  refuses: optional(closed({ fromSeconds: seconds, untilSeconds: seconds, calls: optional(texts) })),
  partial: optional(
    closed({ share: z.number().check(z.minimum(0), z.maximum(1)), fromSeconds: seconds, untilSeconds: seconds }),
  ),
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
    controller: optional(controllerVersion),
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
    ...parts,
    vary: optional(list(variation)),
    healedAtSeconds: optional(seconds),
    settleSeconds: optional(seconds),
    expectations: optional(list(expectation)),
  }),
})
