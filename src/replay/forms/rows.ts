import { type GoJsonObject, isGoList, isGoObject } from '../../go/json/jsonPrint'
import { rowsFound } from '../../metrics/providers/found'
import { asJson } from './asJson'
import { describeGiven, type FormOf } from './form'

type Row = GoJsonObject | null

/**
 * New Relic brings rows with named columns: one row as an object, several as a list. A bare value is in the column that
 * the query names with AS, if it names one.
 */
export const newRelicForm: FormOf = (value, config) => {
  const json = asJson(value ?? null)
  if (json === null) return rowsFound([])
  if (isGoObject(json)) return rowsFound([json])
  if (isGoList(json) && json.every((row) => row === null || isGoObject(row))) return rowsFound(json as readonly Row[])
  const column = onlyAlias(typeof config.query === 'string' ? config.query : '')
  if (column !== undefined && json !== undefined && !isGoList(json)) return rowsFound([{ [column]: json }])
  return { unfit: `New Relic brings rows such as {"average.duration": 0.2}, never ${describeGiven(value)}` }
}

/** `SELECT percentage(...) AS 'rate' FROM ...` names its column, and no other. */
function onlyAlias(query: string): string | undefined {
  const aliases = [...query.matchAll(/\sas\s+(?:'([^']*)'|"([^"]*)"|`([^`]*)`|(\w+))/gi)]
  const [, ...names] = aliases.length === 1 ? (aliases[0] ?? []) : []
  return names.find((name) => name !== undefined)
}
