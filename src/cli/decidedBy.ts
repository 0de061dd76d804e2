import type { ControllerVersion } from '../model/controllerVersion'

/** The line with which every answer says whose decisions it shows: `as Argo Rollouts v1.10 decides`. */
export function decidedBy(controllers: readonly ControllerVersion[]): string {
  const versions = [...new Set(controllers)]
  const last = versions.at(-1) ?? ''
  return versions.length > 1
    ? `as Argo Rollouts ${versions.slice(0, -1).join(', ')} and ${last} decide`
    : `as Argo Rollouts ${last} decides`
}
