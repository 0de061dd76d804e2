import { applied, appliedSound, applyStatus } from '../cluster/applied'
import { collectGarbage } from '../cluster/garbage'
import { type ClusterObjects, keysOf } from '../cluster/objects'
import type { Change } from '../model/change'
import type { Decision } from '../model/decision'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import { sameJson } from '../model/sameJson'
import { formatTime } from '../model/time'
import { noteCarriedOut, noteReported } from './checkedObjects'
import { controllerNow } from './controllerClock'
import { analysisRunController, type Controller, experimentController, rolloutController } from './controllers'
import type { PlannedLook } from './eventQueue'
import { changesBeforeCrash } from './faults'
import { isSameRoom, podRulesOf } from './models/askModels'
import { looksAtPods, tellPods } from './podObjects'
import { runPods } from './pods'
import { restarted } from './queueWaits'
import { settleRouter, tellRouter } from './router'
import { isCallOfKnownRouter } from './routerResources'
import { noteTurn } from './trace'
import { wakeUpsOf, worldWakeUps } from './wakeUps'
import type { World } from './world'
import { noteWrites } from './writeBack'

export const mostRoundsPerSecond = 30

/**
 * Processes a second: the Rollout, Experiments by name, AnalysisRuns by name, then pods, until nothing changes. An
 * object that saw the same state before and had nothing to do is skipped, unless it is `due`. Returns when to reconcile
 * again.
 */
export function settle(world: World, due: ReadonlySet<string>): readonly PlannedLook[] {
  world.router = settleRouter(world.router, world.input.router ?? {}, world.second)
  const now = controllerNow(world)
  const looked = new Set<string>()
  let isOver = false
  for (let round = 0; round < mostRoundsPerSecond && !isOver && !world.isStopped; round++) {
    const { objects: before, router } = world
    const { groups, ownMetadata } = world.pods
    lookAtAll(world, due, now, looked)
    passPods(world)
    const hasOtherPods = world.pods.groups !== groups || world.pods.ownMetadata !== ownMetadata
    isOver = world.objects === before && !hasOtherPods
    // Every other round of this second would do and undo the same.
    if (!hasOtherPods && world.router === router && isSame(world.objects, before)) break
  }
  const wakeUps = worldWakeUps(world)
  for (const key of looked) wakeUps.push(...(world.looks.get(key)?.wakeUps ?? []))
  if (!isOver) wakeUps.push({ second: world.second + 1 })
  return wakeUps
}

/** The same objects but for their generations: what one change did, another undid. */
function isSame(objects: ClusterObjects, before: ClusterObjects): boolean {
  const keys = Object.keys(objects)
  return keys.length === Object.keys(before).length && keys.every((key) => isSameObject(objects[key], before[key]))
}

const isSameObject = (object: KubeObject | undefined, before: KubeObject | undefined): boolean =>
  object === before || (sameJson(object?.status, before?.status) && sameJson(plain(object), plain(before)))

const plain = (object: KubeObject | undefined) =>
  object && { ...object, metadata: { ...object.metadata, generation: undefined } }

/** Each object in its turn; objects that one of them creates follow in the same round. */
function lookAtAll(world: World, due: ReadonlySet<string>, now: string, looked: Set<string>): void {
  const lookAt = (controller: Controller, key: string): void => {
    if (isLookedAt(world, controller, key, due) && look(world, controller, key, now)) looked.add(key)
  }
  // An Experiment without a Rollout is among the others below.
  if (world.objects[world.key]?.kind !== 'Experiment') lookAt(rolloutController, world.key)
  for (const key of keysOf(world.objects, 'Experiment', world.namespace)) lookAt(experimentController, key)
  for (const key of keysOf(world.objects, 'AnalysisRun', world.namespace)) lookAt(analysisRunController, key)
}

/** Skips an object that saw the same state before and had nothing to do, unless it is due. */
function isLookedAt(world: World, controller: Controller, key: string, due: ReadonlySet<string>): boolean {
  const last = world.looks.get(key)
  if (!last?.isQuiet || world.input.everySecond) return true
  if (judgesPods(world, key)) return true
  const isSame = last.seen === controller.sees(world, key) && last.router === world.router && !seesOtherPods(world, key)
  return !isSame || (due.has(key) && last.second < world.second)
}

/** Single pods were deleted, created or changed since the Rollout's last reconcile, and it observes them. */
const seesOtherPods = (world: World, key: string): boolean =>
  key === world.key && world.looks.get(key)?.pods !== world.pods.groups && looksAtPods(world)

/**
 * Pods change in this second, and the Rollout judges them by its own clock, as a restart does: it may be first. Whoever
 * looks every second sees it so.
 */
const judgesPods = (world: World, key: string): boolean =>
  key === world.key && world.second >= (world.pods.nextSecond ?? Number.POSITIVE_INFINITY) && looksAtPods(world)

/** One reconcile: decides, and carries the decision out. False if the object is gone. */
function look(world: World, controller: Controller, key: string, now: string): boolean {
  const { objects: before, pods: podsBefore } = world
  if (!before[key]) return false
  const collects = world.input.keepsOrphans !== true
  const { decision, isRefused, isTimeless } = controller.decide(world, key, now)
  const context = { now: formatTime(world.start + world.second), uidOf: () => `simulated-${++world.created}` }
  const cut = changesBeforeCrash(world, key, decision.changes)
  const changes = cut ?? decision.changes
  noteWrites(world, key, changes, before)
  const carryOut = world.checked === before ? appliedSound : applied
  let objects = before
  for (const change of changes) objects = carryOut(objects, change, context)
  if (!cut) objects = applyStatus(objects, key, decision.status)
  world.objects = collects && changes.some(isDeletion) ? collectGarbage(objects, before) : objects
  noteCarriedOut(world, before, decision)
  for (const { object, type, reason, message } of decision.events)
    world.events.push({ object, type, reason, message, atSeconds: world.second })
  const carriedOut = isRefused ? changes.filter((change) => !('router' in change)) : changes
  world.router = tellRouter(world.router, world.input.router ?? {}, carriedOut, world.second)
  noteCalls(world, asKind('Rollout', before[key] as KubeObject), carriedOut)
  tellPods(world, changes)
  const failedSeconds = failuresInARow(world, key, decision)
  const isUntouched = world.objects === before && world.pods === podsBefore
  const isQuiet =
    !cut && isUntouched && decision.events.length === 0 && !isRefused && (!decision.requeueSoon || failedSeconds > 0)
  world.looks.set(key, {
    second: world.second,
    seen: controller.sees(world, key),
    router: world.router,
    pods: world.pods.groups,
    failedSeconds,
    isQuiet,
    isAtRest: isQuiet && isTimeless && decision.wakeUps.length === 0 && decision.error === undefined,
    error: isRefused ? undefined : decision.error,
    blockers: decision.blockers,
    asked: cut ? [] : decision.wakeUps,
    wakeUps: cut ? restarted(world) : wakeUpsOf(decision, key, world, failedSeconds),
  })
  // Whoever looked at pods only because they change now has done nothing to tell.
  if (!isUntouched || changes.length > 0 || !judgesPods(world, key))
    noteTurn(world, `${before[key].kind} ${before[key].metadata.name}`, changes, isRefused)
  return true
}

/** The number of failed tries. A second counts once, even with several tries. */
function failuresInARow({ looks, second }: World, key: string, { error, requeueSoon }: Decided): number {
  if (!error || !requeueSoon || !errorsOfObjects.has(error.code)) return 0
  const last = looks.get(key)
  return last === undefined ? 1 : last.failedSeconds + (last.second === second && last.failedSeconds > 0 ? 0 : 1)
}

/** Errors that last until an object changes, which is noticed at once. Others may be over in the next second. */
const errorsOfObjects: ReadonlySet<string> = new Set(['invalid-spec', 'invalid-reference'])

type Decided = Pick<Decision<unknown, unknown, unknown>, 'error' | 'requeueSoon'>

/** Notes calls of the router, which change its objects. They use the Rollout of the reconcile. */
function noteCalls(world: World, rollout: Rollout, changes: readonly Change[]): void {
  const { objects, second } = world
  if (changes.some(isCallOfKnownRouter)) world.resources.note({ rollout, objects, changes, second })
}

const isDeletion = ({ kind }: Change): boolean => kind.startsWith('delete')

/** The ReplicaSets, by which pods are made, are the same objects. */
function hasSameSets(objects: ClusterObjects, before: ClusterObjects): boolean {
  let sets = 0
  for (const key of Object.keys(objects)) {
    if (!key.startsWith('replicasets/')) continue
    if (objects[key] !== before[key]) return false
    sets++
  }
  for (const key of Object.keys(before)) if (key.startsWith('replicasets/')) sets--
  return sets === 0
}

function passPods(world: World): void {
  const { groups, made, ownMetadata, seen, nextSecond, room } = world.pods
  const rules = podRulesOf(world)
  const isDue = nextSecond !== undefined && world.second >= nextSecond
  const isSameRoomAsThen = isSameRoom(room, rules.room)
  if (seen === world.objects && !isDue && isSameRoomAsThen) return
  if (seen && !isDue && isSameRoomAsThen && hasSameSets(world.objects, seen)) {
    world.pods = { groups, made, ownMetadata, second: world.second, seen: world.objects, nextSecond, room }
    noteTurn(world, 'pods')
    return
  }
  const { objects: before } = world
  const pods = runPods(before, groups, world.input.pods ?? {}, world.second, made, rules)
  world.objects = pods.objects
  noteReported(world, before)
  world.pods = {
    groups: pods.groups,
    made: pods.made,
    ownMetadata,
    second: world.second,
    seen: pods.objects,
    nextSecond: pods.nextSecond,
    room: rules.room,
  }
  noteTurn(world, 'pods')
}
