import type { ControllerVersion } from '../../model/controllerVersion'
import { isWalkableList } from '../../model/json'
import { writerOf } from '../types/printShape'
import { comma, constant, joined, nothing, type Sink } from '../types/sink'
import { typeTablesOf } from '../types/typeTables'
import { fnv32aOf } from './fnv32a'
import { encodedHash } from './safeEncode'

/** The text that is hashed: the canary steps after a way through the controller's types; without steps `null`. */
export function stepJson(steps: unknown, controller?: ControllerVersion): string {
  return joined((sink) => writeSteps(steps, controller, sink))
}

const none = constant('null')
const open = constant('[')
const close = constant(']')

function writeSteps(steps: unknown, controller: ControllerVersion | undefined, sink: Sink): void {
  if (!isWalkableList(steps) || steps.length === 0) {
    sink.constant(none)
    return
  }
  const print = writerOf(typeTablesOf(controller).canaryStep)
  sink.constant(open)
  for (let i = 0; i < steps.length; i++) print(steps[i], i === 0 ? nothing : comma, sink)
  sink.constant(close)
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
  return encodedHash(fnv32aOf((sink) => writeSteps(steps, controller, sink)))
}
