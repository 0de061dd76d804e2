import { type Parsed, parseFloating, parseInteger, truncate } from '../go/numbers'
import { quote } from '../go/quote'
import { fail } from './failure'
import { anyType, boolType, floatType, funcOf, type GoType, int64Type } from './types/goType'
import type { Nature } from './types/nature'
import { format } from './values/format'
import { asFloat, asInteger, isIntegral, isNumeric } from './values/numeric'
import { type Func, isNil, type Spend, typeName, typeOf, type Value } from './values/value'

/** The names that an expression may use besides the builtins. */
export interface Environment {
  readonly values: Readonly<Record<string, Value>>
  readonly natures: Readonly<Record<string, Nature>>
}

const func = (inputs: readonly GoType[], output: GoType, call: Func['call']): Func => ({
  type: funcOf({ inputs, outputs: [output] }),
  call,
})

function parsed<T>(call: string, text: string, reading: Parsed<T>): T {
  return 'value' in reading ? reading.value : fail(`strconv.${call}: parsing ${quote(text)}: ${reading.problem}`)
}

const unsupported = (name: string, value: Value, spend: Spend): never =>
  fail(`${name}() not supported on ${typeName(value)} ${format(value, spend)}`)

function asInt(value: Value, spend: Spend): Value {
  const int64 = (int: bigint): Value => ({ type: int64Type, int })
  if (typeof value === 'number') return int64(truncate(value))
  if (isIntegral(value)) return int64(asInteger(value))
  if (typeof value !== 'string') return unsupported('asInt', value, spend)
  spend(8 + value.length / 8)
  return int64(parsed('ParseInt', value, parseInteger(value)))
}

function asFloat64(value: Value, spend: Spend): Value {
  if (isNumeric(value)) return asFloat(value)
  if (typeof value !== 'string') return unsupported('asFloat', value, spend)
  spend(8 + value.length / 8)
  return parsed('ParseFloat', value, parseFloating(value))
}

const isFloatLike = {
  isNaN: func([floatType], boolType, ([value]) => Number.isNaN(value)),
  isInf: func(
    [floatType],
    boolType,
    ([value]) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY,
  ),
}

/**
 * The environment of success and failure conditions (behaviour 4.9). `isNil` and `default` ignore their first argument
 * and ask about the whole result.
 */
export function conditionEnvironment(result: Value, spend: Spend): Environment {
  return environmentOf({
    result,
    asInt: func([anyType], int64Type, ([value = null]) => asInt(value, spend)),
    asFloat: func([anyType], floatType, ([value = null]) => asFloat64(value, spend)),
    ...isFloatLike,
    isNil: func([anyType], boolType, () => isNil(result)),
    default: func([anyType, anyType], anyType, ([, fallback = null]) => (isNil(result) ? fallback : result)),
  })
}

/** The environment of times in a Prometheus range query. */
export const timeEnvironment = (): Environment => environmentOf(isFloatLike)

function environmentOf(values: Readonly<Record<string, Value>>): Environment {
  const natures = Object.entries(values).map(([name, value]): [string, Nature] => {
    const type = typeOf(value)
    return [name, type ? { type } : { isNil: true }]
  })
  return { values, natures: Object.fromEntries(natures) }
}
