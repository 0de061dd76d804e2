import { givenNumbers } from '../../model/given'
import type { Model } from './model'
import { isAbout, type PodRule } from './ruledPods'

/** Memory that a version does not give back. */
export interface SlowLeakOptions extends PodRule {
  /** Of a fresh container. */
  readonly startMegabytes: number
  readonly megabytesPerHour: number
  /** The limit of the container: where it is reached, the container is killed and started again. */
  readonly limitMegabytes: number
}

/**
 * Pods whose memory grows until they are killed, and from the beginning again: a version that looks well for as long as
 * the analysis takes.
 *
 * @example
 * import { slowLeak } from 'rollout-engine/simulate'
 * const leak = slowLeak({ image: 'web:2', startMegabytes: 100, megabytesPerHour: 200, limitMegabytes: 400 })
 * leak.pod?.(null, { atSeconds: 60, images: ['web:2'], number: 1 }) // => { crashAfterSeconds: 5400 }
 */
export function slowLeak(options: SlowLeakOptions): Model<null> {
  const rule = givenNumbers<SlowLeakOptions>(options, ['startMegabytes', 'megabytesPerHour', 'limitMegabytes'])
  const { startMegabytes, megabytesPerHour, limitMegabytes } = rule
  const crashAfterSeconds = Math.ceil(((limitMegabytes - startMegabytes) / megabytesPerHour) * 3600)
  return {
    name: 'slow leak',
    start: null,
    step: () => ({ state: null }),
    pod: (_, pod) => (isAbout(rule, pod) && crashAfterSeconds >= 0 ? { crashAfterSeconds } : undefined),
  }
}
