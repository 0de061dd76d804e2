export { type ManualClock, manualClock } from './manualClock'
export { type Manifest, type MemoryCluster, type MemoryClusterOptions, memoryCluster } from './memoryCluster'
export { type MemoryHost, type MemoryHostOptions, memoryHost } from './memoryHost'
export type { PodCounts, Scale } from './pods'
