import { type ControllerVersion, readControllerVersion } from '../../src/model/controllerVersion'
import type { ConformanceCase } from './types'

/** Which controller a case was recorded from. Throws for one that the engine does not know: no case is judged by another. */
export function controllerOf({ id, controller }: ConformanceCase): ControllerVersion {
  if (controller === undefined) return 'main'
  const version = readControllerVersion(controller)
  if (version === undefined) throw new Error(`${id} was recorded from ${controller}, which the engine does not know`)
  return version
}
