import type { ControllerVersion } from '../../model/controllerVersion'
import { isWalkableList } from '../../model/json'
import { printShape } from '../types/printShape'
import { typeTablesOf } from '../types/typeTables'
import { fnv32a } from './fnv32a'
import { safeEncode } from './safeEncode'

/** The text that is hashed: the canary steps after a way through the controller's types; without steps `null`. */
export function stepJson(steps: unknown, controller?: ControllerVersion): string {
  if (!isWalkableList(steps) || steps.length === 0) return 'null'
  const { canaryStep } = typeTablesOf(controller)
  let text = ''
  for (let i = 0; i < steps.length; i++) text += `${i === 0 ? '' : ','}${printShape(canaryStep, steps[i])}`
  return `[${text}]`
}

/**
 * `status.currentStepHash` of a canary's steps (behaviour 3.3 "Hash"). Takes any value and never throws for data. A
 * blue-green Rollout has the step hash `''`; that is the caller's to know. `controller` says whose hash it is: v1.7 and
 * v1.8 print analysis and experiment steps otherwise than later ones.
 *
 * `stepHash([]) === '5ffbfbbd64'`
 *
 * @example
 * import { stepHash } from 'rollout-engine'
 * stepHash([]) // => '5ffbfbbd64'
 * stepHash([{ setWeight: 20 }]) === stepHash([{ setWeight: 30 }]) // => false
 */
export function stepHash(steps: unknown, controller?: ControllerVersion): string {
  return safeEncode(String(fnv32a(stepJson(steps, controller))))
}
