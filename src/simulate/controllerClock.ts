import { clockText, mostSeconds } from './clock'
import type { World } from './world'

/** The second at which the simulation began, by the controller's clock. */
export const controllerStart = ({ start, clockAheadSeconds }: World): number => Math.max(0, start + clockAheadSeconds)

/** What the controller's clock shows in the current second. */
export const controllerNow = (world: World): string =>
  clockText(controllerStart(world) + world.second, world.input.wholeSeconds === true)

/** The controller's clock jumps; timers that it has set run on, and it reconciles everything at its new time. */
export function stepClock(world: World, seconds: number): void {
  const ahead = world.clockAheadSeconds + (Math.trunc(seconds) || 0)
  world.clockAheadSeconds = Math.max(-mostSeconds, Math.min(mostSeconds, ahead))
  world.looks.clear()
}
