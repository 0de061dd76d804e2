import { type ControllerVersion, controllerVersions, readControllerVersion } from '../model/controllerVersion'

/**
 * Reads `--controller v1.8,v1.10` into the draft: one version, or two to compare. What is wrong with it, if anything.
 */
export function setControllers(
  draft: { controllers: readonly ControllerVersion[] },
  value: string,
): string | undefined {
  const versions = value.split(',').map(readControllerVersion)
  const known = versions.filter((version) => version !== undefined)
  if (known.length < versions.length || known.length > 2)
    return `--controller wants one or two of ${controllerVersions.join(', ')}, not "${value}"`
  draft.controllers = known
  return undefined
}
