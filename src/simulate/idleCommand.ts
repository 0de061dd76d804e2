import { ownValue } from '../model/json'
import { asKind } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { SimulatedCommand, WorldEvent } from './worldEvent'

/** When a command has no effect, and the text for that; the command line of Argo Rollouts would accept it silently. */
const idleWhen: Readonly<
  Partial<Record<SimulatedCommand, readonly [isIdle: (rollout: Rollout) => boolean, message: string]>>
> = {
  abort: [isAtRest, 'nothing is being updated at that time, so there is nothing to abort'],
  'promote --full': [isAtRest, 'nothing is being updated at that time, so there is nothing to promote'],
  retry: [({ status }) => status?.abort !== true, 'nothing is aborted at that time, so there is nothing to retry'],
  resume: [({ spec }) => spec.paused !== true, 'spec.paused is not set at that time, so there is nothing to resume'],
}

function isAtRest({ spec, status = {} }: Rollout): boolean {
  return spec.paused !== true && status.currentPodHash === status.stableRS
}

/** Why a command does nothing; undefined if it does something. */
export function idleCommand(object: KubeObject | undefined, { command }: WorldEvent): string | undefined {
  const idle = command && ownValue(idleWhen, command)
  if (!object || !idle) return undefined
  const [isIdle, message] = idle
  return isIdle(asKind('Rollout', object)) ? `${command}: ${message}` : undefined
}
