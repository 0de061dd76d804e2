import type { TrafficRouting } from '../../model/trafficRouting'

/** The Rollout names traffic routers that are plugins. */
export const hasPlugins = (routing: TrafficRouting | undefined): boolean =>
  Object.keys(routing?.plugins ?? {}).length > 0
