import { zeroNanoseconds } from '../../go/time/instant'
import { utc } from '../../go/time/zone'
import { type GoType, isIntegerKind, timeType } from '../types/goType'
import { nilList, time, type Value } from '../values/value'

/** A type's zero value. */
export function zeroOf(type: GoType): Value {
  if (type.name === timeType.name) return time({ nanoseconds: zeroNanoseconds, zone: utc })
  if (type.kind === 'float64') return 0
  if (type.kind === 'string') return ''
  if (type.kind === 'bool') return false
  if (type.kind === 'slice') return nilList(type)
  if (type.name === 'int') return 0n
  return isIntegerKind(type.kind) ? { type, int: 0n } : type.kind === 'ptr' ? { type, target: null } : null
}
