import type { ControllerVersion } from '../model/controllerVersion'

/** When it is measured, and by which controller. */
export interface Moment {
  /** RFC 3339. */
  readonly now: string
  /** Absent: the newest release. */
  readonly controller?: ControllerVersion
}
