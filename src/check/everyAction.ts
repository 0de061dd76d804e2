import type { SimulatedWorld } from '../simulate/createWorld'
import type { WorldDeed } from '../simulate/worldEvent'
import { retagged, type StrategyFacts } from './facts'
import { eventText } from './report'

/** Something that can be done in every state of an exhaustive check. */
export interface Action {
  readonly text: string
  readonly take: (world: SimulatedWorld) => void
}

/** The longest time without a change: longer than a deadline. */
const mostWaitSeconds = 1200

/** What is tried in every state, and the image whose pods never become ready. */
export function actionsOf({ image }: StrategyFacts): {
  readonly actions: readonly Action[]
  readonly brokenImage: string
} {
  const [good, broken] = [retagged(image, 'good'), retagged(image, 'broken')]
  const deeds: readonly WorldDeed[] = [
    { image: good },
    { image: broken },
    { image },
    { command: 'promote' },
    { command: 'promote --full' },
    { command: 'abort' },
    { command: 'retry' },
    { losePods: { role: 'stable', count: 1 } },
    { losePods: { role: 'canary', count: 1 } },
    { crashAfterChanges: 1 },
  ]
  const acting = deeds.map((deed): Action => ({ text: eventText(deed), take: (world) => world.act(deed) }))
  return {
    actions: [{ text: 'time passes until something changes', take: waitForChange }, ...acting],
    brokenImage: broken,
  }
}

function waitForChange(world: SimulatedWorld): void {
  const before = JSON.stringify({ ...world.state, atSeconds: 0, wakeUps: [] })
  const isOver = (frame: SimulatedWorld['state']): boolean =>
    JSON.stringify({ ...frame, atSeconds: 0, wakeUps: [] }) !== before
  world.advance({ isOver, withinSeconds: mostWaitSeconds })
}
