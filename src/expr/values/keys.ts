import { fieldsOf } from '../../go/time/instant'
import { fail } from '../failure'
import { assignable, type GoType, stringType } from '../types/goType'
import {
  type Dict,
  type Entry,
  isDict,
  isFunc,
  isList,
  isNamed,
  isPointer,
  isSized,
  isStruct,
  isTime,
  type Pointer,
  typeName,
  typeOf,
  type Value,
} from './value'

/**
 * Two keys are one key of a map where their identities are equal: type and value. Go words the refusal of a key that
 * cannot be hashed differently where it looks into an empty map.
 */
export function identityOf(key: Value, use: 'store' | 'look into empty' = 'store'): string {
  const refuse = (name: string): never =>
    fail(use === 'store' ? `runtime error: hash of unhashable type ${name}` : `hash of unhashable type: ${name}`)
  if (typeof key === 'number') return key === 0 ? 'float64:0' : `float64:${key}`
  if (key === null || typeof key !== 'object') return `${typeName(key)}:${key}`
  if (isSized(key)) return `${key.type.name}:${key.int}`
  if (isNamed(key)) return `${key.type.name}:${key.text}`
  if (isTime(key)) return `time.Time:${key.instant.nanoseconds}:${fieldsOf(key.instant).offset.seconds}`
  if (isList(key) && key.type.kind === 'array') {
    return `${key.type.name}:${JSON.stringify([identityOf(key.at(0), use), identityOf(key.at(1), use)])}`
  }
  if (isList(key) || isDict(key) || isFunc(key)) return refuse(key.type.name)
  if (isPointer(key)) return `${key.type.name}:${addressOf(key)}`
  return refuse(key.type.name)
}

/** Pointers are the same key only where they point to the same place; all nil ones do. */
function addressOf({ target, address = '' }: Pointer): string {
  if (target === null) return 'nil'
  return isStruct(target) && target.zone ? target.zone.name : address
}

/** NaN is not a key that anybody finds again: each one is an entry of its own. */
export const freshIdentity = (key: Value, size: number): string => (Number.isNaN(key) ? `NaN:${size}` : identityOf(key))

/** What a map holds under a key, or undefined. nil represents the key type's zero value. */
export function lookUp(dict: Dict, key: Value): Entry | undefined {
  const keyType = dict.type.key!
  if (keyType.kind === 'interface') {
    return dict.entries.get(identityOf(key, dict.entries.size === 0 ? 'look into empty' : 'store'))
  }
  if (key === null) return dict.entries.get(keyType.kind === 'string' ? '' : '0')
  const type = typeOf(key)!
  if (!assignable(type, keyType)) {
    const message = `value of type ${type.name} is not assignable to type ${keyType.name}`
    return fail(`reflect.Value.MapIndex: ${message}`)
  }
  return dict.entries.get(String(key))
}

export const isStringKeyed = (type: GoType): boolean => type.key?.name === stringType.name
