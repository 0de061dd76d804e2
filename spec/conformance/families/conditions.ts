import { type ConditionOptions, evalTime, evaluateRaw, evaluateResult, notBool } from '../../../src/expr/condition'
import {
  type Dict,
  isDict,
  isDuration,
  isFunc,
  isList,
  isNamed,
  isPointer,
  isSized,
  isStruct,
  isTime,
  itemsOf,
  typeName,
  type Value,
} from '../../../src/expr/values/value'
import { fromBytes } from '../../../src/go/bytes'
import { formatDuration } from '../../../src/go/duration'
import { formatGeneral } from '../../../src/go/printNumber'
import { formatInstant, rfc3339Nano } from '../../../src/go/time/format'
import type { ControllerVersion } from '../../../src/model/controllerVersion'
import { firstDifferences, prune } from '../compare'
import { controllerOf } from '../controller'
import type { ConformanceCase, Unit } from '../types'

/** Compares what the README says of the family: everything but `errorFull`. */
export function judge(testCase: ConformanceCase): readonly Unit[] {
  const { given, expect } = testCase
  const { errorFull: _, ...expected } = expect
  const differences = firstDifferences(
    prune(comparable(expected)),
    prune(comparable(answer(given, controllerOf(testCase)))),
  )
  return [{ name: given.fn, differences, inputs: given }]
}

type Given = ConformanceCase['given']

/** What `now()` was in the recordings. */
const recordedNow = '2030-01-01T00:00:00Z'

export function answer(given: Given, controller: ControllerVersion = 'main'): unknown {
  if (given.fn === 'evaluateResult') return evaluateResult({ ...given, controller, now: recordedNow })
  if (given.fn === 'evalTime') {
    const outcome = evalTime(given.expression, recordedNow, controller)
    return 'issue' in outcome ? { error: outcome.issue.message } : outcome
  }
  const options: ConditionOptions = { resultType: given.resultType, controller, now: recordedNow }
  const outcome = evaluateRaw(given.expression, given.result, options)
  if ('problem' in outcome) return { error: outcome.problem.message }
  const { value } = outcome
  const condition = typeof value === 'boolean' ? { condition: value } : { conditionError: notBool(value).message }
  return { type: typeName(value), value: tagged(value), ...condition }
}

/** A value in the vectors' notation. */
function tagged(value: Value): unknown {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return fromBytes(value)
  if (typeof value === 'number') return { $float: formatGeneral(value) }
  if (typeof value === 'bigint') return integer(value)
  if (isDuration(value)) return { $duration: fromBytes(formatDuration(value.int)) }
  if (isSized(value)) return integer(value.int)
  if (isNamed(value)) return fromBytes(value.text)
  if (isTime(value)) return { $time: formatInstant(value.instant, rfc3339Nano) }
  if (isFunc(value)) return { $func: true }
  if (isList(value)) return itemsOf(value, () => {}).map(tagged)
  if (isDict(value)) return taggedMap(value)
  if (isPointer(value)) {
    const { target } = value
    return isStruct(target) && target.zone ? { $timezone: target.zone.name } : { $pointer: tagged(target) }
  }
  return { $struct: Object.fromEntries(Object.entries(value.fields).map(([name, field]) => [name, tagged(field)])) }
}

const integer = (value: bigint): unknown =>
  value > 2n ** 53n || value < -(2n ** 53n) ? { $bigint: String(value) } : Number(value)

function taggedMap({ type, entries }: Dict): unknown {
  const pairs = [...entries.values()]
  if (type.key?.kind !== 'string') return { $map: pairs.map(({ key, value }) => [tagged(key), tagged(value)]) }
  return Object.fromEntries(pairs.map(({ key, value }) => [tagged(key) as string, tagged(value)]))
}

/**
 * Floats in one notation, and no addresses: where a message shows a function, it shows where it lay in the recorded program.
 */
function comparable(json: unknown): unknown {
  if (typeof json === 'string') return json.replace(/(\bfunc\([^"]*?) 0x[0-9a-f]+/g, '$1 0xADDR')
  if (Array.isArray(json)) return json.map(comparable)
  if (typeof json !== 'object' || json === null) return json
  if ('$float' in json) return { $float: formatGeneral(Number(String(json.$float).replace('Inf', 'Infinity'))) }
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, comparable(value)]))
}
