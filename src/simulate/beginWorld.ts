import type { ClusterObjects } from '../cluster/objects'
import { newestRelease } from '../model/controllerVersion'
import type { Issue } from '../model/issue'
import { isWalkableList } from '../model/json'
import type { KubeObject } from '../model/meta'
import { formatTime } from '../model/time'
import { type Assumptions, assumeMissing, assumptionIssue } from './assume/assume'
import { readClock } from './clock'
import { newestTime, startIssues } from './dump/dumpTime'
import { missingFromDump } from './dump/missingFromDump'
import { observedPods, withoutGivenPods } from './givenPods'
import { historyFrom } from './history'
import { readMetrics } from './metrics'
import { podRulesOf } from './models/askModels'
import { startModels } from './models/stepModels'
import { withAt } from './pastObjects'
import { ownReducers, type Reducers } from './reducers'
import { quietRouter } from './router'
import { resourcesFrom } from './routerResources'
import { scalerIssues } from './scalers'
import type { SimulationInput, Timeline } from './simulation'
import { slipsOf } from './slips'
import { type StartObjects, startObjects } from './startObjects'
import type { Watch } from './tracedTurn'
import { unknownOptions } from './unknownOptions'
import { wellFormedInput } from './wellFormed'
import type { World } from './world'
import type { PlannedEvent } from './worldEvent'

export type Beginning = { readonly world: World; readonly untilSeconds: number } | { readonly refused: Timeline }

/** The cluster before its first second, with issues of the input; `refused` if the input cannot be simulated. */
export function beginWorld(
  story: SimulationInput,
  watch: Watch | undefined,
  reducers: Reducers = ownReducers,
): Beginning {
  const { input, issues: wrongTypes } = wellFormedInput(story)
  const manifests = input.manifests as readonly KubeObject[]
  const newest = newestTime(manifests)
  const clock = readClock(input.startAt ?? newest, input.untilSeconds)
  const given = startObjects(manifests, input.name, formatTime(clock.start))
  const { key } = given
  const { objects, assumed, metrics: unknownMetrics } = withMissing(given, input, formatTime(clock.start))
  const later = appliedLater(input)
  const { metrics, issues: metricIssues } = readMetrics(input.series, { ...objects, ...later }, unknownMetrics)
  const issues = [
    ...wrongTypes,
    ...unknownOptions(input),
    ...clock.issues,
    ...given.issues,
    ...dumpIssues(given, newest, input.startAt),
    ...(key === undefined ? [] : slipsOf(input, { ...later, ...objects }, key)),
    ...(key === undefined ? [] : scalerIssues(input, { ...later, ...objects }, key)),
    ...assumed.map((one) => assumptionIssue(one, objects)),
    ...metricIssues,
  ]
  const cannotTell = metricIssues.some(({ code }) => code === 'conditions-unknown')
  if (!key || cannotTell) {
    const nothing = { key: key ?? '', deeds: [], frames: [], events: [], resources: [], reconciles: 0, untilSeconds: 0 }
    const controller = input.options?.controller ?? newestRelease
    const history = { start: objects, seconds: [] }
    const startAt = formatTime(clock.start)
    return {
      refused: withAt({ controller, startAt, ...nothing, issues, assumed, outcome: 'not-simulated', objects, history }),
    }
  }
  const planned = (input.events ?? []).map((event, index) => ({ event, path: `events[${index}]` }))
  const models = startModels(input.models)
  const world = newWorld({ input, watch, reducers, objects, key, start: clock.start, issues, metrics, models })
  world.assumed.push(...assumed)
  for (const [key, manifest] of given.applied) world.applied.set(key, manifest)
  world.waiting = planned.filter(({ event }) => event.whenPaused)
  world.waitingForHealth = planned.filter(({ event }) => event.whenHealthy && !event.whenPaused)
  return { world, untilSeconds: clock.untilSeconds }
}

/** Events with a fixed time. */
export const timedEvents = ({ events }: SimulationInput): readonly PlannedEvent[] =>
  (events ?? [])
    .map((event, index) => ({ event, path: `events[${index}]` }))
    .filter(({ event }) => !event.whenPaused && !event.whenHealthy)

type WorldStart = Pick<
  World,
  'input' | 'watch' | 'reducers' | 'objects' | 'key' | 'start' | 'issues' | 'metrics' | 'models'
>

/** One literal with all fields, for the sake of speed: see docs/internals/performance.md. */
const newWorld = ({ input, watch, reducers, objects, key, start, issues, metrics, models }: WorldStart): World => ({
  input,
  key,
  namespace: objects[key]?.metadata.namespace ?? '',
  start,
  second: 0,
  objects: withoutGivenPods(objects),
  pods: podsAtStart(objects, input, start, models),
  router: quietRouter(),
  verifiedWeight: null,
  standingReplies: {},
  standingCleanUps: {},
  metrics,
  frames: [],
  trace: [],
  watch,
  reducers,
  seenByWatch: undefined,
  isStopped: false,
  history: historyFrom(objects),
  started: objects,
  noted: objects,
  events: [],
  deeds: [],
  issues,
  assumed: [],
  resources: resourcesFrom(objects),
  reconciles: 0,
  created: uidsGiven(objects),
  givenObjects: Object.keys(objects).length,
  waiting: [],
  waitingForHealth: [],
  applied: new Map(),
  crashAfterChanges: undefined,
  stale: undefined,
  queueWaits: new Map(),
  clockAheadSeconds: 0,
  losesEventsUntil: undefined,
  overwritten: new Map(),
  checked: undefined,
  lists: undefined,
  sight: undefined,
  shown: undefined,
  looks: new Map(),
  models,
})

function podsAtStart(
  objects: ClusterObjects,
  { pods: model = {} }: SimulationInput,
  startSeconds: number,
  models: World['models'],
): World['pods'] {
  const rules = podRulesOf({ models, second: 0 })
  const { groups, made } = observedPods({ objects, model, startSeconds, rules })
  return { groups, made, ownMetadata: {}, second: 0, seen: undefined, nextSecond: undefined, room: undefined }
}

/** Objects of an earlier world keep their UIDs, and new ones get others. */
function uidsGiven(objects: ClusterObjects): number {
  const numbers = Object.values(objects).map(({ metadata }) => /^simulated-(\d{1,9})$/.exec(metadata?.uid ?? '')?.[1])
  return numbers.reduce((most, number) => Math.max(most, Number(number ?? 0)), 0)
}

/** Manifests of events, so that their references are known from the start. */
function appliedLater({ events }: SimulationInput): ClusterObjects {
  const manifests = (events ?? []).flatMap(({ apply }) =>
    isWalkableList(apply) ? (apply as readonly KubeObject[]) : [],
  )
  return Object.fromEntries(
    manifests.flatMap((manifest, index) =>
      typeof manifest?.kind === 'string' && manifest.metadata ? [[`applied/later/${index}`, manifest]] : [],
    ),
  )
}

/** For a Rollout that was read from a cluster during an update. */
const dumpIssues = (
  { objects, key }: StartObjects,
  newest: string | undefined,
  startAt: string | undefined,
): Issue[] =>
  key === undefined || objects[key]?.kind === 'Experiment'
    ? []
    : [...missingFromDump(objects, key), ...startIssues(objects[key] as KubeObject, newest, startAt)]

const withMissing = ({ objects, key }: StartObjects, { missing }: SimulationInput, now: string): Assumptions =>
  key === undefined || missing === 'strict' || objects[key]?.kind === 'Experiment'
    ? { objects, assumed: [], metrics: new Set() }
    : assumeMissing(objects, key, now)
