import type { Rollout } from '../model/rollout'
import type { WorldEvent } from '../simulate/worldEvent'

/** A story that is simulated twice, once under each controller. */
export interface Scenario {
  readonly name: string
  readonly events: readonly WorldEvent[]
  /** Pods of the update never become ready. */
  readonly neverReady?: boolean
}

export const updatedImage = 'rollout-engine.invalid/next:1'
const brokenImage = 'rollout-engine.invalid/broken:1'

const update: WorldEvent = { atSeconds: 60, image: updatedImage }
const later = (atSeconds: number, event: WorldEvent): WorldEvent => ({ atSeconds, ...event })

/** Typical events in the life of a Rollout. */
export const standardScenarios = ({ spec }: Rollout): readonly Scenario[] => [
  { name: 'an update that people promote', events: [update, ...promotions] },
  { name: 'an update that is aborted', events: [update, later(75, { command: 'abort' })] },
  { name: 'an update that is undone', events: [update, later(75, { command: 'undo' })] },
  { name: 'an update that is fully promoted', events: [update, later(75, { command: 'promote --full' })] },
  {
    name: 'another update during the update',
    events: [update, later(75, { image: `${updatedImage}.1` }), ...promotions],
  },
  {
    name: 'a scale-up during the update',
    events: [update, later(75, { replicas: (spec.replicas ?? 1) + 2 }), ...promotions],
  },
  {
    name: 'a scale-down during the update',
    events: [update, later(75, { replicas: Math.max(1, (spec.replicas ?? 1) - 2) }), ...promotions],
  },
  { name: 'an update whose pods never become ready', events: [later(60, { image: brokenImage })], neverReady: true },
]

const promotions: readonly WorldEvent[] = Array.from({ length: 10 }, () => ({ whenPaused: true, command: 'promote' }))

export const neverReadyImages = [brokenImage]
