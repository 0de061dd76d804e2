import { formatGeneral } from '../../go/printNumber'
import type { FluxValue } from '../../metrics/providers/fluxTables'
import { recordsFound } from '../../metrics/providers/found'
import { isJsonObject } from '../../model/json'
import { describeGiven, type FormOf } from './form'

/** InfluxDB brings the values of all records as a list; none is an error. A bare value is the only one. */
export const influxdbForm: FormOf = (value) => {
  const list: readonly unknown[] = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]
  const values = list.map(fluxValue)
  const strange = list.find((_, index) => !values[index])
  if (strange !== undefined)
    return { unfit: `InfluxDB brings numbers, texts and booleans, never ${describeGiven(strange)}` }
  return recordsFound(values.filter((one) => one !== undefined))
}

/** Integers are written `{"$int64": "5"}`, as conditions know them; a number is a float, as means and rates are. */
export function fluxValue(value: unknown): FluxValue | undefined {
  if (value === null) return { shown: '<nil>', tagged: null }
  if (typeof value === 'number') {
    const shown = formatGeneral(value)
    return { shown, tagged: { $float: shown } }
  }
  if (typeof value === 'string' || typeof value === 'boolean') return { shown: String(value), tagged: value }
  if (!isJsonObject(value)) return undefined
  const [[tag, text] = ['', ''], ...others] = Object.entries(value)
  const isTagged = others.length === 0 && typeof text === 'string' && /^\$(?:u?int64|float|time|duration)$/.test(tag)
  return isTagged ? { shown: text, tagged: value } : undefined
}
