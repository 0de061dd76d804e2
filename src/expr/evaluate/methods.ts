import { durationMethods } from '../time/durationMethods'
import { timeMethods } from '../time/timeMethods'
import { funcOf } from '../types/goType'
import { methodOf } from '../types/methods'
import { format } from '../values/format'
import { type Func, isDuration, isTime, listOf, typeOf, type Value } from '../values/value'

/** A method of a value as a function, or undefined if it has none of that name. */
export function boundMethod(receiver: Value, name: string): Func | undefined {
  const type = typeOf(receiver)
  const signature = type && methodOf(type, name)
  if (!signature) return undefined
  const bound = { type: funcOf(signature), call: (inputs: readonly Value[]) => callMethod(receiver, name, inputs) }
  return isTime(receiver) ? { ...bound, steps: receiver.instant.zone.summer ? 100 : 60 } : bound
}

function callMethod(receiver: Value, name: string, inputs: readonly Value[]): Value {
  if (isTime(receiver)) return timeMethods[name]!(receiver, inputs)
  if (isDuration(receiver)) return durationMethods[name]!(receiver, inputs)
  if (name === 'String') return format(receiver, () => {})
  const type = typeOf(receiver)!
  const values = ['Complete', 'InternalError', 'PartialData', 'Forbidden'].map((text) => ({ type, text }))
  return listOf(values, methodOf(type, name)!.outputs[0]!)
}
