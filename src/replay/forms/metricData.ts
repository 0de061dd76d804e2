import { metricDataFound } from '../../metrics/providers/found'
import { isJsonObject, type JsonObject } from '../../model/json'
import { describeGiven, type Form, type FormOf, readNumbers } from './form'

/**
 * CloudWatch brings a result for each query that returns data, each with a list of values, newest first. A number or a
 * list of numbers represents the values of the only query, a list of lists for those of each; objects are results as
 * the API names them.
 */
export const cloudWatchForm: FormOf = (value, config) => {
  const queries = returnedQueries(config)
  if (value === null || value === undefined) return metricDataFound(queries.map((query) => resultOf(query, [])))
  if (Array.isArray(value) && value.length > 0 && value.every(isResult)) return metricDataFound(value)
  if (Array.isArray(value) && value.length > 0 && value.every((list) => Array.isArray(list))) {
    return listsForm(value, queries)
  }
  const numbers = readNumbers(value)
  if (numbers === undefined || numbers === null) {
    return { unfit: `CloudWatch brings lists of numbers, never ${describeGiven(value)}` }
  }
  if (queries.length > 1) {
    const example = `[${queries.map(() => '[0.5]').join(',')}]`
    return { unfit: `CloudWatch brings a list for each of the ${queries.length} queries: write ${example}` }
  }
  return metricDataFound([resultOf(queries[0], typeof numbers === 'number' ? [numbers] : numbers)])
}

function listsForm(lists: readonly unknown[], queries: readonly JsonObject[]): Form {
  const numbers = lists.map(readNumbers)
  const results = numbers.map((list, index) => Array.isArray(list) && resultOf(queries[index], list))
  if (results.every((result) => result !== false)) return metricDataFound(results)
  return { unfit: 'CloudWatch brings lists of numbers, never a list of other things' }
}

/** Names of the API's members; one of them makes an object a result. */
const isResult = (value: unknown): value is JsonObject =>
  isJsonObject(value) &&
  ['Id', 'Label', 'Values', 'StatusCode', 'Timestamps'].some((name) => Object.hasOwn(value, name))

/** An expression's inputs are usually not returned themselves. */
export const returnedQueries = ({ metricDataQueries }: JsonObject): readonly JsonObject[] =>
  (Array.isArray(metricDataQueries) ? metricDataQueries : []).filter(
    (query): query is JsonObject => isJsonObject(query) && query.returnData !== false,
  )

/** One query's result with what is known of it. */
export function resultOf(
  query: JsonObject | undefined,
  values: readonly number[],
): { readonly Values: readonly number[] } {
  const { id, label } = query ?? {}
  return {
    ...(typeof id === 'string' ? { Id: id } : {}),
    ...(typeof label === 'string' ? { Label: label } : {}),
    StatusCode: 'Complete',
    Values: values,
  } as { readonly Values: readonly number[] }
}
