import { givenObject } from '../../model/given'
import type { Frame } from '../frame'
import type { WorldDeed } from '../worldEvent'
import type { Model } from './model'

/** A person who is called. */
export interface OnCallOptions {
  /** What calls: `({ phase }) => phase === 'Degraded'`. */
  readonly calledWhen: (frame: Frame) => boolean
  /** How long it takes until somebody acts. */
  readonly afterSeconds: number
  readonly deed: WorldDeed
}

/** Since when it calls, and whether somebody acted already. */
export interface OnCallState {
  readonly sinceSecond: number | undefined
  readonly hasActed: boolean
}

/**
 * Somebody who acts so long after something happened, once each time; if it is over before, nobody comes.
 *
 * @example
 * import { onCall, simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const strategy = { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy, template }
 * const person = onCall({ calledWhen: ({ waitsFor }) => waitsFor === 'promote', afterSeconds: 300, deed: { command: 'promote' } })
 * const manifests = [{ kind: 'Rollout', metadata: { name: 'web' }, spec }]
 * const { frames } = simulate({ manifests, models: [person], events: [{ atSeconds: 10, image: 'web:2' }] })
 * frames.at(-1)?.atSeconds // => 310
 */
export function onCall(options: OnCallOptions): Model<OnCallState> {
  const { calledWhen, afterSeconds, deed } = givenObject<OnCallOptions>(options)
  return {
    name: 'on call',
    start: { sinceSecond: undefined, hasActed: false },
    step: ({ sinceSecond, hasActed }, { atSeconds, frame }) => {
      if (!calledWhen(frame)) return { state: { sinceSecond: undefined, hasActed: false } }
      const since = sinceSecond ?? atSeconds
      // A deed is done a second after it was decided.
      const isDue = !hasActed && atSeconds >= since + afterSeconds - 1
      return { state: { sinceSecond: since, hasActed: hasActed || isDue }, ...(isDue && { deeds: [deed] }) }
    },
    next: ({ sinceSecond, hasActed }) =>
      sinceSecond === undefined || hasActed ? undefined : sinceSecond + afterSeconds - 1,
  }
}
