import { isOwn } from '../../model/json'
import { fieldsOfStruct, type Mender, type Struct } from './menders'

// Nearly every observation is well-formed. Seeing that takes one walk that builds nothing; only what is not is
// repaired.

/** Longer lists count as missing: no cluster has them, and a sparse array of any length takes no memory at all. */
export const mostListItems = 100_000

export type Values = Readonly<Record<string, unknown>>

/** Whether repairing would give the value itself. False is no verdict: repairing says what is wrong, if anything is. */
export function fits(mender: Mender, value: unknown): boolean {
  const { of } = mender
  if (of === 'leaf') return mender.isFine(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== (of === 'list')) return false
  if (of === 'list') return listFits(mender.items as Mender, value as readonly unknown[])
  if (of === 'map') return mapFits(mender.items as Mender, value as Values)
  return structFits(mender.struct as Struct, value as Values)
}

function structFits(struct: Struct, record: Values): boolean {
  const { remembered } = struct
  if (remembered === undefined) return fieldsFit(struct, record)
  const before = remembered.get(record)
  if (before !== undefined) return before === record
  if (!fieldsFit(struct, record)) return false
  remembered.set(record, record)
  return true
}

/** Inherited fields count too, because reading the object finds them. */
function fieldsFit(struct: Struct, record: Values): boolean {
  const { byName, required, start } = fieldsOfStruct(struct)
  let missing = required.length
  let last = start
  for (const name in record) {
    let field = last.likelyNext
    if (field === undefined || field.name !== name) {
      field = byName.get(name)
      if (field === undefined) continue
      last.likelyNext = field
    }
    last = field
    const given = record[name]
    if (typeof given === 'string') {
      if (!field.takesText && !field.isFine(given)) return false
    } else if (typeof given === 'number' && field.takesInt32) {
      if ((given | 0) !== given && !field.isFine(given)) return false
    } else if (given === undefined || given === null) {
      if (given === null && !struct.keepsNulls) return false
      continue
    } else if (!fits(field, given)) return false
    if (field.isRequired) missing--
  }
  return missing === 0
}

function listFits(items: Mender, list: readonly unknown[]): boolean {
  if (list.length > mostListItems) return false
  for (let i = 0; i < list.length; i++) {
    const item = list[i]
    if (typeof item === 'string' && items.takesText) continue
    if (item === undefined || !fits(items, item)) return false
  }
  return true
}

function mapFits(items: Mender, map: Values): boolean {
  for (const key in map) {
    const given = map[key]
    if (typeof given === 'string' && items.takesText) continue
    if ((given === undefined || !fits(items, given)) && isOwn.call(map, key)) return false
  }
  return true
}
