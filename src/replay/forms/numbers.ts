import { nilNumberFound, numberFound, numbersFound, sixDecimals, twoDecimals } from '../../metrics/providers/found'
import { noValues } from '../../metrics/providers/graphite'
import { noTimeSeries } from '../../metrics/providers/wavefront'
import { isJsonObject } from '../../model/json'
import { describeGiven, type Form, type FormOf, readNumbers } from './form'
import { queryType } from './queryType'

const isList = (value: number | readonly number[]): value is readonly number[] => Array.isArray(value)

const unfit = (bringer: string, value: unknown): Form => ({ unfit: `${bringer}, never ${describeGiven(value)}` })

const oneNumber = (bringer: string): Form => ({ unfit: `${bringer}, never a list` })

/**
 * A vector or a matrix is a list, even of one number or of none; only a scalar is a number, and it is never missing.
 */
export const prometheusForm: FormOf = (value, config) => {
  const numbers = readNumbers(value)
  if (numbers === undefined) return unfit('Prometheus brings numbers', value)
  const query = typeof config.query === 'string' ? config.query : ''
  const type = isJsonObject(config.rangeQuery) ? 'vector' : queryType(query)
  if (type === 'string') return { error: 'Prometheus metric type not supported' }
  if (type === 'vector') return numbersFound(numbers === null ? [] : isList(numbers) ? numbers : [numbers])
  const list = numbers === null ? [] : isList(numbers) ? numbers : [numbers]
  return list.length > 1
    ? oneNumber(`the query ${query} brings one number, as it is a scalar`)
    : numberFound(list[0] ?? Number.NaN)
}

/** v1: the last point of the first series. v2: a list where the query has groups, which only the answer shows. */
export const datadogForm: FormOf = (value, config) => {
  const numbers = readNumbers(value)
  const isV1 = (config.apiVersion ?? 'v1') === 'v1'
  if (numbers === undefined) return unfit('Datadog brings numbers', value)
  if (numbers === null) return nilNumberFound(isV1 ? 'null' : '[]')
  if (!isList(numbers)) return numberFound(numbers)
  if (isV1) return oneNumber("Datadog's API v1 brings one number")
  return numbers.length === 0 ? nilNumberFound('[]') : numbersFound(numbers)
}

/** The points of the first target without the nulls. */
export const graphiteForm: FormOf = (value) => {
  const numbers = readNumbers(value)
  if (numbers === undefined) return unfit('Graphite brings lists of numbers', value)
  if (numbers === null || (isList(numbers) && (value as readonly unknown[]).length === 0)) return { error: noValues }
  return numbersFound(isList(numbers) ? numbers : [numbers], sixDecimals)
}

/** One series is a number, several are a list. */
export const wavefrontForm: FormOf = (value) => {
  const numbers = readNumbers(value)
  if (numbers === undefined) return unfit('Wavefront brings numbers', value)
  if (numbers === null) return { error: noTimeSeries }
  if (!isList(numbers)) return numberFound(numbers, twoDecimals)
  if (numbers.length === 0) return { error: noTimeSeries }
  if (numbers.length === 1) return oneNumber('Wavefront brings one number where one series matches')
  return numbersFound(numbers, twoDecimals)
}
