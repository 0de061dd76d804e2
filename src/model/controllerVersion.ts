import { givenText } from './given'

/**
 * A version of Argo Rollouts' controller: a released minor version (its last patch release, e.g. v1.9.3), or `main`,
 * the commit from which 1.11 will come.
 */
export type ControllerVersion = 'v1.7' | 'v1.8' | 'v1.9' | 'v1.10' | 'main'

/**
 * Every version that the engine knows, oldest first.
 *
 * @example
 * import { controllerVersions } from 'rollout-engine'
 * controllerVersions // => ['v1.7', 'v1.8', 'v1.9', 'v1.10', 'main']
 */
export const controllerVersions: readonly ControllerVersion[] = ['v1.7', 'v1.8', 'v1.9', 'v1.10', 'main']

/**
 * The default version.
 *
 * @example
 * import { newestRelease } from 'rollout-engine'
 * newestRelease // => 'v1.10'
 */
export const newestRelease: ControllerVersion = 'v1.10'

/**
 * Parses a version, with or without a patch release: `v1.9`, `1.9` and `v1.9.3` are the same. Undefined for versions
 * that the engine does not support.
 *
 * @example
 * import { readControllerVersion } from 'rollout-engine'
 * readControllerVersion('1.9.3') // => 'v1.9'
 * readControllerVersion('v1.6') // => undefined
 */
export function readControllerVersion(text: string): ControllerVersion | undefined {
  const [, minor] = /^v?(\d+\.\d+)(?:\.\d+)?$/.exec(givenText(text)) ?? []
  return controllerVersions.find((version) => version === text || version === `v${minor}`)
}

/** The entry of a table for a version. Anything that is not a version gets the entry of the newest release. */
export const ofVersion = <T>(
  table: Readonly<Record<ControllerVersion, T>>,
  version: ControllerVersion | undefined,
): T => (typeof version === 'string' && Object.hasOwn(table, version) ? table[version] : table[newestRelease])
