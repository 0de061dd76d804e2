import { givenList, givenNumbers } from '../../model/given'
import type { WorldDeed } from '../worldEvent'
import type { Model } from './model'

/** Deeds at regular times. */
export interface ScheduleOptions {
  /** One after the other. */
  readonly deeds: readonly WorldDeed[]
  readonly everySeconds: number
  /** When the first is done. Default 1. */
  readonly fromSecond?: number
  /** After the last the first again. */
  readonly repeats?: boolean
}

/** How many were done. */
export interface ScheduleState {
  readonly done: number
}

/**
 * Deeds on a schedule: a release every afternoon, a restart every night.
 *
 * @example
 * import { schedule, simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const models = [schedule({ deeds: [{ image: 'web:2' }, { image: 'web:3' }], everySeconds: 3600, fromSecond: 600 })]
 * const { deeds } = simulate({ manifests: [{ kind: 'Rollout', metadata: { name: 'web' }, spec }], models, untilSeconds: 9000 })
 * deeds.map(({ atSeconds, event }) => `${atSeconds}: ${event.image}`) // => ['600: web:2', '4200: web:3']
 */
export function schedule(options: ScheduleOptions): Model<ScheduleState> {
  const read = givenNumbers<ScheduleOptions>(options, ['everySeconds', 'fromSecond'])
  const { deeds: given, everySeconds, fromSecond = 1, repeats = false } = read
  const deeds = givenList<WorldDeed>(given)
  const every = Math.max(1, Math.trunc(everySeconds) || 1)
  const isOver = (done: number): boolean => deeds.length === 0 || (!repeats && done >= deeds.length)
  // A deed is done a second after it was decided.
  const dueAt = (done: number): number => fromSecond + done * every - 1
  return {
    name: 'schedule',
    start: { done: 0 },
    step: ({ done }, { atSeconds }) => {
      const deed = deeds[done % Math.max(1, deeds.length)]
      if (isOver(done) || atSeconds < dueAt(done) || deed === undefined) return { state: { done } }
      return { state: { done: done + 1 }, deeds: [deed] }
    },
    next: ({ done }) => (isOver(done) ? undefined : dueAt(done)),
  }
}
