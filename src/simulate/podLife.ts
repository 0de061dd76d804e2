import type { ReplicaSet } from '../model/workload'
import { imagesOf } from './images'
import type { PodGroup, PodModel } from './podGroup'

/** How pods live: seconds since they started, or since something happened to them. Infinite where it never happens. */
export interface Life {
  readonly readyAfter: number
  /** `minReadySeconds`. */
  readonly minReady: number
  readonly availableAfter: number
  readonly unreadyAfter: number
  readonly mostReady: number
  /** The container ends so long after it became ready, and is started again. */
  readonly crashAfter: number
}

/** The life of the pods of a ReplicaSet, as the options say it. */
export function lifeOf(set: ReplicaSet, model: PodModel): Life {
  const images = imagesOf(set.spec?.template?.spec)
  const never = images.some((image) => model.neverReadyImages?.includes(image))
  const readyAfter = never ? Number.POSITIVE_INFINITY : (model.readyAfterSeconds ?? 0)
  const minReady = set.spec?.minReadySeconds ?? 0
  return {
    readyAfter,
    minReady,
    availableAfter: readyAfter + minReady,
    unreadyAfter: readyAfter + leastOf(model.failAfterSeconds, images),
    mostReady: leastOf(model.mostReady, images),
    crashAfter: Number.POSITIVE_INFINITY,
  }
}

/** The least of the numbers of some images: infinite if there is none. */
function leastOf(numbers: Readonly<Record<string, number>> | undefined, images: readonly string[]): number {
  let least = Number.POSITIVE_INFINITY
  if (!numbers) return least
  for (const image of images) if (Object.hasOwn(numbers, image)) least = Math.min(least, numbers[image] ?? 0)
  return least
}

/** The life of a group: what models said when it was made goes before the options, but what is never ready stays so. */
export function lifeOfGroup({ life: own }: Pick<PodGroup, 'life'>, life: Life): Life {
  if (!own) return life
  const isNeverReady = life.readyAfter === Number.POSITIVE_INFINITY
  const readyAfter = isNeverReady ? life.readyAfter : (own.readyAfterSeconds ?? life.readyAfter)
  return {
    ...life,
    readyAfter,
    availableAfter: readyAfter + life.minReady,
    unreadyAfter: isNeverReady ? life.unreadyAfter : life.unreadyAfter - life.readyAfter + readyAfter,
    crashAfter: own.crashAfterSeconds ?? life.crashAfter,
  }
}

/**
 * Waits of the kubelet before it starts a container again: at once after the first end, then 10 s, doubled each time.
 * Whoever ran longer than ten minutes begins anew.
 *
 * Source: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy
 */
const backOffSeconds = [0, 10, 20, 40, 80, 160]
const longestBackOffSeconds = 300
const forgivenAfterSeconds = 600

/** The run of its container that a pod of this age is in, or waits for the end of; and when the next one starts. */
function containerRun(
  age: number,
  { readyAfter, crashAfter }: Life,
): { readonly start: number; readonly next: number } {
  const runSeconds = readyAfter + crashAfter
  if (runSeconds === Number.POSITIVE_INFINITY) return { start: 0, next: runSeconds }
  if (runSeconds > forgivenAfterSeconds) return periodOf(age, 0, runSeconds)
  let start = 0
  for (const wait of backOffSeconds) {
    const next = start + runSeconds + wait
    if (age < next) return { start, next }
    start = next
  }
  return periodOf(age, start, runSeconds + longestBackOffSeconds)
}

function periodOf(age: number, from: number, seconds: number): { readonly start: number; readonly next: number } {
  const start = from + Math.floor((age - from) / seconds) * seconds
  return { start, next: start + seconds }
}

/** The age since which pods of this group are ready; undefined if they are not. */
export function readySince(group: PodGroup, second: number, life: Life): number | undefined {
  const age = second - group.startedAtSeconds
  if (group.isUnscheduled || second >= (group.lost?.unreadyAtSeconds ?? Number.POSITIVE_INFINITY)) return undefined
  if (age >= life.unreadyAfter) return undefined
  const since = (life.crashAfter === Number.POSITIVE_INFINITY ? 0 : containerRun(age, life).start) + life.readyAfter
  return age >= since && age < since + life.crashAfter ? since : undefined
}

/** The next second at which a pod of the group becomes ready, available, unready or is gone, by itself. */
export function nextTurnOf(group: PodGroup, second: number, life: Life): number {
  const { startedAtSeconds, lost } = group
  let next = Number.POSITIVE_INFINITY
  const consider = (atSeconds: number): void => {
    const at = Math.ceil(atSeconds)
    if (at > second && at < next) next = at
  }
  if (lost) {
    consider(lost.unreadyAtSeconds)
    consider(lost.goneAtSeconds)
  }
  if (group.isUnscheduled) return next
  consider(startedAtSeconds + life.unreadyAfter)
  if (life.crashAfter === Number.POSITIVE_INFINITY) {
    consider(startedAtSeconds + life.readyAfter)
    consider(startedAtSeconds + life.availableAfter)
    return next
  }
  const run = containerRun(second - startedAtSeconds, life)
  for (const start of [run.start, run.next]) {
    consider(startedAtSeconds + start + life.readyAfter)
    consider(startedAtSeconds + start + life.availableAfter)
    consider(startedAtSeconds + start + life.readyAfter + life.crashAfter)
  }
  return next
}

/** How many of each group may become ready at all: the oldest of the ReplicaSet. */
export function luckyOf(groups: readonly PodGroup[], life: Life): readonly number[] {
  let left = life.mostReady
  return groups.map(({ count }) => {
    const lucky = Math.max(0, Math.min(count, left))
    left -= count
    return lucky
  })
}
